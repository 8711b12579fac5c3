/** What a target is judged as, or whose side a requirement is on. */
export type ProfileId = "ath-gateway" | "ath-native" | "ath-handshake" | "ath-agent" | "aun-gateway" | "aun-client";

/** How the protocol text words it: an RFC 2119 word, a plain sentence of behaviour, or a row of a table. */
export type Level = "MUST" | "MUST NOT" | "SHOULD" | "MAY" | "stated" | "table";

/** How the kit judges it: `must` fails, `should` warns, `may` informs, `none` is only looked at. */
export type KitLevel = "must" | "should" | "may" | "none";

/** Where it is said. */
export interface Source {
  /** The document, for example `ATH 0.1 client/identity` or `RFC 7636`. */
  readonly document: string;
  readonly section?: string;
  readonly url?: string;
}

/** Two or more honest readings of the text, and the one the kit takes. */
export interface Ambiguity {
  readonly readings: readonly [string, string, ...string[]];
  readonly position: string;
}

/** One thing the protocol demands of one party. Ids are stable public API. */
export interface Requirement {
  /** `<area>-<number>`, for example `ATT-5`. */
  readonly id: string;
  readonly level: Level;
  readonly kit: KitLevel;
  /** Why the kit judges at its level; always there when the text has no RFC 2119 word, or the kit departs from it. */
  readonly why?: string;
  readonly party: "implementor" | "agent";
  /** The profiles that the requirement belongs to. */
  readonly profiles: readonly ProfileId[];
  /** Section of the protocol, as in `gateproof run ath-gateway <section>`. */
  readonly section: string;
  /** What it demands, in one sentence of our own. */
  readonly says: string;
  readonly source: Source;
  /** How a test from outside finds out, or why none can. */
  readonly tested: { readonly how: string } | { readonly untestable: string };
  readonly ambiguous?: Ambiguity;
  /** How an implementor mends a violation, in one line. */
  readonly mend: string;
}
