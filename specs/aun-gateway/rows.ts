import type { Ambiguity, KitLevel, Level, ProfileId, Requirement, Source } from "../requirement.ts";

/**
 * What a rule rests on. The AUN documents hardly use MUST and SHOULD: `stated` is what they state as a fact, a table or a
 * sequence; `must` is worded so; `implied` follows from it; `clients` is what only the public clients and their tests show;
 * `open` is left open, or answered twice.
 */
type Basis = "must" | "must-not" | "stated" | "implied" | "clients" | "open";

const weight: Readonly<Record<Basis, { readonly level: Level; readonly kit: KitLevel; readonly why?: string }>> = {
  must: { level: "MUST", kit: "must" },
  "must-not": { level: "MUST NOT", kit: "must" },
  stated: { level: "stated", kit: "must", why: "The documents state it as a fact, and clients are built on it." },
  implied: {
    level: "stated",
    kit: "should",
    why: "The documents do not say it in so many words; it follows from what they say.",
  },
  clients: {
    level: "stated",
    kit: "should",
    why: "No protocol document says it; the public clients and their tests rely on it.",
  },
  open: {
    level: "stated",
    kit: "none",
    why: "The documents leave it open or answer it twice, so that the kit only tells which way a target goes.",
  },
};

/** A row as its section's file writes it. */
export interface AunRow {
  readonly id: string;
  readonly basis: Basis;
  readonly says: string;
  /** The document, for example `03 § 3.4` of the AUN documents, or another source. */
  readonly source: string | Source;
  /** How it is tested from outside; or, beginning with "Untestable:", why not. */
  readonly how: string;
  readonly ambiguous?: Ambiguity;
  readonly mend: string;
}

/** The requirements of one section, weighed by what they rest on. */
export function aunRows(
  section: string,
  rows: readonly AunRow[],
  party: Requirement["party"] = "implementor",
): readonly Requirement[] {
  const profiles: readonly ProfileId[] = [party === "agent" ? "aun-client" : "aun-gateway"];
  return rows.map(({ id, basis, says, source, how, ambiguous, mend }) => ({
    id,
    ...weight[basis],
    party,
    profiles,
    section,
    says,
    source: typeof source === "string" ? aunDocument(source) : source,
    tested: how.startsWith("Untestable:") ? { untestable: how.slice("Untestable: ".length) } : { how },
    ...(ambiguous === undefined ? {} : { ambiguous }),
    mend,
  }));
}

/** A chapter of the AUN documents, for example `03 § 3.4`. */
function aunDocument(place: string): Source {
  const [chapter = "", section] = place.split(" § ");
  return { document: `AUN ${chapter}`, ...(section === undefined ? {} : { section }) };
}

/** A section of JSON-RPC 2.0, with its link. */
export function jsonRpc(section: string): Source {
  return { document: "JSON-RPC 2.0", section, url: "https://www.jsonrpc.org/specification" };
}
