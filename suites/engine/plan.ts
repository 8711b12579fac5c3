import { requirement } from "../../specs/catalogue.ts";
import type { KitLevel } from "../../specs/requirement.ts";
import type { Check, Section } from "./check.ts";

/** A check in its place in a profile, with the level its requirement is judged at. */
export interface Planned<World = never> {
  readonly check: Check<World>;
  readonly section: string;
  readonly level: KitLevel;
}

/** What can be planned: a profile, as far as its checks go. */
export interface Sectioned<World> {
  readonly id: string;
  readonly sections: readonly Section<World>[];
}

/** An address that names no section, requirement or check of the profile. */
export class UnknownAddressError extends Error {
  readonly code = "UNKNOWN_ADDRESS";
}

/** What the kit gives no level of its own (a MAY with a shape) is run with the MAYs. */
const rank: Record<KitLevel, number> = { must: 0, should: 1, may: 2, none: 2 };

/** Every check of a profile in order. */
export function plannedChecks<World>(profile: Sectioned<World>): readonly Planned<World>[] {
  return profile.sections.flatMap((section) =>
    section.checks.map((check) => ({
      check,
      section: section.id,
      level: check.level ?? requirement(check.requirement).kit,
    })),
  );
}

/**
 * The checks that the addresses name, in the profile's order: a section (`attestation`), a requirement (`ATT-5`) or a
 * check (`ATT-5.replayed`). No address: all of them. Throws {@link UnknownAddressError}.
 */
export function plan<World>(
  profile: Sectioned<World>,
  addresses: readonly string[],
  level: "must" | "should" | "may",
): readonly Planned<World>[] {
  const all = plannedChecks(profile);
  const names = ({ check, section }: Planned<World>) =>
    [section, check.requirement, check.id].map((name) => name.toLowerCase());
  for (const address of addresses) {
    if (all.some((planned) => names(planned).includes(address.toLowerCase()))) continue;
    const sections = profile.sections.map(({ id }) => id).join(", ");
    const near = all.filter(({ check }) =>
      check.id.toLowerCase().startsWith(address.split(".")[0]?.toLowerCase() ?? ""),
    );
    const hint =
      near.length > 0
        ? `did you mean ${near
            .slice(0, 5)
            .map(({ check }) => check.id)
            .join(", ")}?`
        : `sections: ${sections}`;
    throw new UnknownAddressError(`profile ${profile.id} has no section, requirement or check "${address}"; ${hint}`);
  }
  const wanted = new Set(addresses.map((address) => address.toLowerCase()));
  return all.filter(
    (planned) =>
      rank[planned.level] <= rank[level] && (wanted.size === 0 || names(planned).some((name) => wanted.has(name))),
  );
}

/** A part of a plan: the second of three is `{ index: 2, of: 3 }`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/**
 * The checks of one part. Every check is in one of them; those that look back on the run are in each, since each part
 * has a past of its own (mergeShards takes the worst).
 */
export function shardOf<World>(planned: readonly Planned<World>[], { index, of }: Shard): readonly Planned<World>[] {
  const isCensus = ({ check }: Planned<World>) => check.traits.includes("census");
  const split = planned.filter((item) => !isCensus(item));
  return planned.filter((item) => isCensus(item) || split.indexOf(item) % of === index - 1);
}
