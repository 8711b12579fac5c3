import type { CheckResult, Report } from "../schemas/index.ts";
import { type Requirement, requirements, type Source } from "../specs/index.ts";
import { english, type Words } from "./words/en.ts";

type Level = CheckResult["level"];

/** How a level is written in every report. */
export function levelWord(level: Level, words: Words = english): string {
  return words.levels[level];
}

/** `ATH 0.1 client/identity § Required Claims`. */
export function sourceWords({ document, section }: Source): string {
  return section === undefined ? document : `${document} § ${section}`;
}

/** The requirement of a result; undefined for one that this edition of the catalogue does not have. */
export function requirementOf(
  { requirement }: Pick<CheckResult, "requirement">,
  words: Words = english,
): Requirement | undefined {
  const row = requirements().find(({ id }) => id === requirement);
  return row && words.requirement(row);
}

/** The command line that runs one check again, against the same target and with the same seed. */
export function repeatCommand({ profile, seed, command }: Report["run"], checkId: string): string {
  const flags = / --.*$/s.exec(command)?.[0] ?? ` --seed ${seed}`;
  return `gateproof run ${profile} ${checkId}${flags}`;
}

/** What `expected` of a check without a verdict is: what would make it testable, or what the target did not do. */
export function neededWords({ cause }: Pick<CheckResult, "cause">, words: Words = english): string {
  return cause === "target" ? words.expectedOfTarget : words.toTest;
}

/** How to mend a finding: as it was recorded, which is mostly the catalogue's hint and then said in the reader's language. */
export function hintOf(check: Pick<CheckResult, "requirement" | "hint">, words: Words): string | undefined {
  const recorded = check.hint;
  const isTheCatalogues = recorded === undefined || recorded === requirementOf(check)?.mend;
  return isTheCatalogues ? requirementOf(check, words)?.mend : words.say(recorded);
}

/** Whose a finding is, where it is not the target's. */
export function otherCause({ cause }: Pick<CheckResult, "cause">, words: Words): string | undefined {
  return cause === null || cause === "target" ? undefined : words.notTheTarget(words.whose[cause] ?? cause);
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
