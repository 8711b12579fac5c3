import type { ProfileId, Requirement } from "./requirement.ts";

type Common = "section" | "party" | "profiles";

/** A requirement as its section's file writes it: what is the same for the whole section is left out. */
export type Row = Omit<Requirement, Common> & Partial<Pick<Requirement, "profiles">>;

/** Profiles in which an implementor stands between agents and users: with a provider behind it, or on its own. */
export const IMPLEMENTORS: readonly ProfileId[] = ["ath-gateway", "ath-native"];
/** Rules that need a provider behind the target, or its proxy. */
export const GATEWAY_ONLY: readonly ProfileId[] = ["ath-gateway"];

/** The rows of one section, completed with what they share; a row may name its own profiles. */
export function section(common: Pick<Requirement, Common>, rows: readonly Row[]): readonly Requirement[] {
  return rows.map((row) => ({ ...common, ...row }));
}
