import type { ProfileId, Requirement, Source } from "../requirement.ts";
import { type Row, section } from "../section.ts";
import { ath } from "../sources.ts";

const profiles: readonly ProfileId[] = ["ath-handshake"];

/** A place in the description of the nine steps. */
export function flow(place: string): Source {
  return ath("nine-step handshake", place);
}

/** A place in the description of the gateway before legacy systems. */
export function scenario(place: string): Source {
  return ath("gateway scenario", place);
}

/** The rows of one section of the nine-step gateway. */
export function handshakeSection(name: string, rows: readonly Row[]): readonly Requirement[] {
  return section({ section: name, party: "implementor", profiles }, rows);
}
