import { ath01 } from "./ath-0.1/index.ts";
import { athHandshake } from "./ath-handshake/index.ts";
import { aunGateway } from "./aun-gateway/index.ts";
import type { ProfileId, Requirement } from "./requirement.ts";

const editions = {
  "ath-gateway": "ath-0.1/2026-11",
  "ath-native": "ath-0.1/2026-11",
  "ath-agent": "ath-0.1/2026-11",
  "ath-handshake": "ath-handshake/2026-11",
  "aun-gateway": "aun-gateway/2026-11",
  "aun-client": "aun-gateway/2026-11",
} satisfies Readonly<Record<ProfileId, string>>;

const editionOf: ReadonlyMap<string, string> = new Map(Object.entries(editions));

/**
 * Edition of the catalogue that a profile is judged by: its protocol, and the month of the last change to a row. A report
 * may name a profile that only a later kit has; there is none for it.
 */
export function catalogueVersion(profile: string): string {
  return editionOf.get(profile) ?? "unknown";
}

const catalogue: readonly Requirement[] = [...ath01, ...athHandshake, ...aunGateway];

const byId: ReadonlyMap<string, Requirement> = new Map(catalogue.map((row) => [row.id, row]));

/** A requirement id that the catalogue does not have. */
export class UnknownRequirementError extends Error {
  readonly code = "UNKNOWN_REQUIREMENT";
  /** Ids that were probably meant, most likely first; at most five. */
  readonly near: readonly string[];

  constructor(id: string, near: readonly string[]) {
    const hint = near.length > 0 ? `did you mean ${near.join(", ")}?` : "`gateproof list --requirements` shows all.";
    super(`There is no requirement ${JSON.stringify(id.slice(0, 80))}: ${hint}`);
    this.name = "UnknownRequirementError";
    this.near = near;
  }
}

/** The requirements of one profile, or all of them, in the catalogue's order. */
export function requirements(profile?: ProfileId): readonly Requirement[] {
  return profile === undefined ? catalogue : catalogue.filter((row) => row.profiles.includes(profile));
}

/** The requirement with this id; throws UnknownRequirementError. */
export function requirement(id: string): Requirement {
  const found = byId.get(id);
  if (found === undefined) throw new UnknownRequirementError(id, near(id));
  return found;
}

/** Same area first (`ATT-99`), then areas that share the beginning (`AUT-1`), letter case and separators aside. */
function near(id: string): readonly string[] {
  const wanted = id.toUpperCase();
  const area = /^[A-Z]*/.exec(wanted)?.[0] ?? "";
  const number = /\d+/.exec(wanted)?.[0];
  const likeness = (row: Requirement): number => {
    const [rowArea = "", rowNumber] = row.id.split("-");
    const shared = sharedBeginning(area, rowArea);
    if (shared < 2) return 0;
    return shared * 4 - Math.abs(rowArea.length - area.length) * 2 + (rowNumber === number ? 1 : 0);
  };
  return catalogue
    .map((row) => ({ id: row.id, likeness: likeness(row) }))
    .filter((candidate) => candidate.likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, 5)
    .map((candidate) => candidate.id);
}

function sharedBeginning(a: string, b: string): number {
  const different = [...a].findIndex((letter, index) => letter !== b[index]);
  return different === -1 ? a.length : different;
}
