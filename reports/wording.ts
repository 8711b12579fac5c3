import type { CheckResult, Report } from "../schemas/index.ts";
import { type Requirement, requirements, type Source } from "../specs/index.ts";

type Level = CheckResult["level"];

const levelWords: Readonly<Record<Level, string>> = { must: "MUST", should: "SHOULD", may: "MAY", none: "observed" };

/** How a level is written in every report. */
export function levelWord(level: Level): string {
  return levelWords[level];
}

/** `ATH 0.1 client/identity § Required Claims`. */
export function sourceWords({ document, section }: Source): string {
  return section === undefined ? document : `${document} § ${section}`;
}

/** The requirement of a result; undefined for one that this edition of the catalogue does not have. */
export function requirementOf({ requirement }: Pick<CheckResult, "requirement">): Requirement | undefined {
  return requirements().find(({ id }) => id === requirement);
}

/** The command line that runs one check again, against the same target and with the same seed. */
export function repeatCommand({ profile, seed, command }: Report["run"], checkId: string): string {
  const flags = / --.*$/s.exec(command)?.[0] ?? ` --seed ${seed}`;
  return `gateproof run ${profile} ${checkId}${flags}`;
}

/** What `expected` of a check without a verdict is: what would make it testable, or what the target did not do. */
export function neededWords({ cause }: Pick<CheckResult, "cause">): string {
  return cause === "target" ? "expected" : "to test it";
}

/** `1 check`, `2 checks`. */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** Results by a key, groups and members in the order they came. */
export function grouped<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const group = groups.get(name) ?? [];
    group.push(item);
    groups.set(name, group);
  }
  return groups;
}
