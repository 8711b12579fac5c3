import { type Language, wordsIn } from "../../reports/index.ts";
import { levelWord, sourceWords } from "../../reports/wording.ts";
import { english, type Words } from "../../reports/words/en.ts";
import { type Requirement, requirements } from "../../specs/index.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { profileIds, profiles } from "../../suites/profiles/index.ts";
import { wantedOf } from "../run/wanted.ts";

/** What is asked to be listed; nothing: the profiles and their sections. */
export interface ListWish {
  readonly profile?: string | undefined;
  readonly checks?: boolean | undefined;
  readonly requirements?: boolean | undefined;
  readonly faults?: boolean | undefined;
  readonly lang?: Language | undefined;
}

interface ListedCheck {
  readonly id: string;
  readonly requirement: string;
  readonly level: Requirement["kit"];
  readonly profile: string;
  readonly section: string;
  readonly title: string;
}

interface ListedRequirement {
  readonly id: string;
  /** How the text words it. */
  readonly level: string;
  /** How the kit judges it. */
  readonly kit: Requirement["kit"];
  readonly section: string;
  readonly says: string;
  readonly source: string;
  readonly untestable?: string;
}

interface ListedFault {
  readonly id: string;
  readonly requirement: string;
  readonly mock: string;
  readonly sentence: string;
  readonly killedBy: readonly string[];
}

/** `gateproof list --json`. */
export interface Catalogue {
  readonly profiles: readonly {
    readonly id: string;
    readonly title: string;
    readonly role: string;
    readonly checks: number;
    readonly sections: readonly { readonly id: string; readonly title: string; readonly checks: number }[];
  }[];
  readonly checks?: readonly ListedCheck[];
  readonly requirements?: readonly ListedRequirement[];
  readonly faults?: readonly ListedFault[];
}

/** Collects what is asked for. Throws CliError for a profile that does not exist. */
export async function catalogueOf(wish: ListWish): Promise<Catalogue> {
  const ids = wish.profile === undefined ? profileIds : wantedOf([wish.profile], undefined).profiles;
  const chosen = await Promise.all(ids.map((id) => profiles[id]()));
  const words = await wordsIn(wish.lang);
  return {
    profiles: chosen.map((profile) => ({
      id: profile.id,
      title: words.say(profile.title),
      role: profile.role,
      checks: plannedChecks(profile).length,
      sections: profile.sections.map(({ id, title, checks }) => ({
        id,
        title: words.say(title),
        checks: checks.length,
      })),
    })),
    ...(wish.checks && { checks: chosen.flatMap((profile) => checksOf(profile, words)) }),
    ...(wish.requirements && { requirements: requirementRows(wish.profile === undefined ? undefined : chosen, words) }),
    ...(wish.faults && { faults: await faultRows(wish.profile === undefined ? undefined : ids, words) }),
  };
}

function checksOf(profile: Profile, words: Words): readonly ListedCheck[] {
  return plannedChecks(profile).map(({ check, section, level }) => ({
    id: check.id,
    requirement: check.requirement,
    level,
    profile: profile.id,
    section,
    title: words.title(check.id, check.title),
  }));
}

function requirementRows(chosen: readonly Profile[] | undefined, words: Words): readonly ListedRequirement[] {
  const rows = chosen === undefined ? requirements() : [...new Set(chosen.flatMap(({ id }) => requirements(id)))];
  return rows.map(words.requirement).map(({ id, level, kit, section, says, source, tested }) => ({
    id,
    level,
    kit,
    section,
    says,
    source: sourceWords(source),
    ...("untestable" in tested && { untestable: tested.untestable }),
  }));
}

async function faultRows(ids: readonly string[] | undefined, words: Words): Promise<readonly ListedFault[]> {
  const { faultCatalogue } = await import("../../mocks/catalogue.ts");
  return faultCatalogue
    .filter(({ profile }) => ids === undefined || (profile !== null && ids.includes(profile)))
    .map(({ mock, fault: { id, requirement, sentence, kills } }) => ({
      id,
      requirement,
      mock,
      sentence: words.fault(id, sentence),
      killedBy: Object.keys(kills),
    }));
}

/** The catalogue for a person, one line an entry, so that `grep` finds; `words`: of the language it was collected in. */
export function listed(
  { profiles: chosen, checks, requirements: rows, faults }: Catalogue,
  words: Words = english,
): string {
  const lists = [
    checks && table(checks.map(({ id, level, title }) => [id, levelWord(level, words), title])),
    rows &&
      table(
        rows.map(({ id, level, says, untestable }) => [
          id,
          level,
          says + (untestable ? ` ${words.say("[untestable]")}` : ""),
        ]),
      ),
    faults && table(faults.map(({ id, sentence, killedBy }) => [id, `${sentence}${killers(killedBy)}`])),
  ].filter((list) => list !== undefined);
  if (lists.length > 0) return `${lists.join("\n\n")}\n`;
  const overview = chosen.map(
    ({ id, title, checks: count, sections }) =>
      `${id}  ${title}${words.separator}${words.checks(count)}\n${table(sections.map((section) => [`  ${section.id}`, `${section.checks}`, section.title]))}`,
  );
  return `${overview.join("\n\n")}\n`;
}

function killers(checks: readonly string[]): string {
  return checks.length === 0 ? "" : ` → ${checks.join(", ")}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
