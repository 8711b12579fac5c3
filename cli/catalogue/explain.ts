import { type CataloguedFault, faultCatalogue } from "../../mocks/catalogue.ts";
import { type Layout, newPage, type Page } from "../../reports/console/page.ts";
import { type Language, wordsIn } from "../../reports/index.ts";
import { levelWord, sourceWords } from "../../reports/wording.ts";
import type { Words } from "../../reports/words/en.ts";
import { nearest } from "../../schemas/nearest.ts";
import { type Position, positions, type Requirement, requirements } from "../../specs/index.ts";
import type { Section } from "../../suites/engine/check.ts";
import { type Outcome, outcomes } from "../../suites/engine/finding.ts";
import { type Planned, plannedChecks } from "../../suites/engine/plan.ts";
import { profileIds, profiles } from "../../suites/profiles/index.ts";
import { CliError } from "../exit.ts";
import { type ExplainWords, englishExplain } from "./explain-words.ts";

/** The language of an explanation: the words of reports, and those that only explanations need. */
interface Speech {
  readonly words: Words;
  readonly own: ExplainWords;
}

/** Everything that can be explained, loaded, and in which language. */
interface Knowledge extends Speech {
  readonly checks: readonly (Planned & { readonly profile: string })[];
  readonly sections: readonly (Section & { readonly profile: string })[];
}

/** Something that has a name, and how it is explained. */
interface Subject {
  readonly name: string;
  readonly write: (page: Page, knowledge: Knowledge) => void;
}

/** What a requirement, check, fault, outcome, section or position is. Throws CliError with what was probably meant. */
export async function explanation(name: string, layout: Layout, lang?: Language): Promise<string> {
  const loaded = await Promise.all(profileIds.map((id) => profiles[id]()));
  const knowledge: Knowledge = {
    words: await wordsIn(lang),
    own: await explainWordsIn(lang),
    checks: loaded.flatMap((profile) => plannedChecks(profile).map((planned) => ({ ...planned, profile: profile.id }))),
    sections: loaded.flatMap((profile) => profile.sections.map((section) => ({ ...section, profile: profile.id }))),
  };
  const subjects = allSubjects(knowledge);
  const found = subjects.filter((subject) => subject.name.toLowerCase() === name.toLowerCase());
  if (found.length === 0) throw unknown(name, [...new Set(subjects.map((subject) => subject.name))]);
  const page = newPage(layout);
  for (const subject of found) subject.write(page, knowledge);
  return page.text();
}

/** Another language than English is loaded when it is asked for. */
async function explainWordsIn(lang: Language | undefined): Promise<ExplainWords> {
  return lang === "zh" ? (await import("./explain-words-zh.ts")).chineseExplain : englishExplain;
}

function allSubjects({ checks, sections }: Knowledge): readonly Subject[] {
  return [
    ...requirements().map((row) => ({
      name: row.id,
      write: (page: Page, all: Knowledge) => writeRequirement(page, all.words.requirement(row), all),
    })),
    ...checks.map((planned) => ({
      name: planned.check.id,
      write: (page: Page, all: Knowledge) => writeCheck(page, planned, all),
    })),
    ...faultCatalogue.map((entry) => ({
      name: entry.fault.id,
      write: (page: Page, all: Knowledge) => writeFault(page, entry, all),
    })),
    ...outcomes.map((outcome) => ({
      name: outcome,
      write: (page: Page, all: Knowledge) => writeOutcome(page, outcome, all),
    })),
    { name: "outcomes", write: (page, all) => outcomes.map((outcome) => writeOutcome(page, outcome, all)) },
    ...sections.map((section) => ({
      name: section.id,
      write: (page: Page, all: Knowledge) => writeSection(page, section, all),
    })),
    ...positions.map((position) => ({
      name: position.id,
      write: (page: Page, all: Knowledge) => writePosition(page, all.words.position(position), all),
    })),
  ];
}

function unknown(name: string, known: readonly string[]): CliError {
  const best = nearest(
    name.toLowerCase(),
    known.map((other) => other.toLowerCase()),
  );
  const [area = ""] = name.toLowerCase().split(/[-.]/);
  const sameArea = area.length < 2 ? [] : known.filter((other) => other.toLowerCase().startsWith(area));
  const near = [...new Set([...known.filter((other) => other.toLowerCase() === best), ...sameArea])].slice(0, 5);
  return new CliError({
    code: "UNKNOWN_SUBJECT",
    message: `there is no requirement, check, fault, outcome, section or position "${name}"${
      near.length === 0 ? "" : `; did you mean ${near.join(", ")}?`
    }`,
    mend: "`gateproof list --checks --requirements --faults` lists them",
  });
}

const faultsThatProve = (checkId: string) => faultCatalogue.filter(({ fault }) => Object.hasOwn(fault.kills, checkId));

function writeRequirement(page: Page, row: Requirement, { checks, words, own }: Knowledge): void {
  const { labels } = own;
  page.line(
    `${row.id}  ${row.level}${row.level.toLowerCase() === row.kit ? "" : own.judgedAs(levelWord(row.kit, words))}`,
    "bold",
  );
  page.line(`  ${row.says}`);
  if (row.why !== undefined) page.labelled(labels.why, row.why);
  page.labelled(
    labels.source,
    [sourceWords(row.source), row.source.url].filter((part) => part !== undefined).join("  "),
  );
  page.labelled(labels.for, own.belongsTo(row.party, row.profiles.join(", "), row.section));
  if ("how" in row.tested) page.labelled(labels.tested, row.tested.how);
  else page.labelled(labels.untestable, row.tested.untestable);
  if (row.ambiguous !== undefined) writeReadings(page, row.ambiguous, own);
  const its = checks.filter((planned) => planned.check.requirement === row.id);
  if (its.length === 0 && "how" in row.tested) page.labelled(labels.check, own.noCheck, "yellow");
  // A check that several profiles share is one check.
  for (const check of new Set(its.map((planned) => planned.check))) {
    page.labelled(labels.check, `${check.id}  ${words.title(check.id, check.title)}`, "cyan");
    const proof = new Set(faultsThatProve(check.id).map(({ fault }) => fault.id));
    if (proof.size > 0) page.labelled("", own.provedBy([...proof].join(", ")));
  }
  page.labelled(labels.mend, row.mend);
  page.line();
}

function writeReadings(
  page: Page,
  { readings, position }: Pick<Position, "readings" | "position">,
  { labels }: ExplainWords,
): void {
  for (const reading of readings) page.labelled(labels.reading, reading);
  page.labelled(labels.position, position);
}

function writeCheck(page: Page, planned: Planned & { readonly profile: string }, { words, own }: Speech): void {
  const { check, level, section, profile } = planned;
  const { labels, kinds, traits } = own;
  page.line(`${check.id}  ${levelWord(level, words)}, ${profile} ${section}`, "bold");
  page.line(`  ${words.title(check.id, check.title)}`);
  page.labelled(labels.kind, kinds[check.kind]);
  if (check.needs.length > 0) page.labelled(labels.needs, check.needs.join(", "));
  if (check.traits.length > 0) page.labelled(labels.runs, check.traits.map((trait) => traits[trait]).join("; "));
  const found = requirements().find(({ id }) => id === check.requirement);
  const row = found && words.requirement(found);
  if (row !== undefined) {
    page.labelled(labels.because, `${row.id}: ${row.says} (${sourceWords(row.source)})`);
    page.labelled(labels.mend, row.mend);
  }
  for (const { fault } of faultsThatProve(check.id).filter((entry) => entry.profile === profile)) {
    page.labelled(
      labels.provedBy,
      `${fault.id}: ${words.fault(fault.id, fault.sentence)} ${own.foundAs(words.reason(fault.kills[check.id] ?? ""))}`,
    );
  }
  page.labelled(labels.run, `gateproof run ${profile} ${check.id}`);
  page.line();
}

function writeFault(page: Page, { mock, fault }: CataloguedFault, { words, own }: Speech): void {
  const { labels } = own;
  page.line(`${fault.id}  ${own.faultOf(mock)}`, "bold");
  page.line(`  ${words.fault(fault.id, fault.sentence)}`);
  page.labelled(labels.breaks, fault.requirement);
  page.labelled(labels.replaces, own.rule(String(fault.rule)));
  for (const [check, reason] of Object.entries(fault.kills))
    page.labelled(labels.foundBy, `${check} (${words.reason(reason)})`);
  page.labelled(labels.tryIt, `gateproof mock ${mock} --fault ${fault.id}`);
  page.line();
}

function writeOutcome(page: Page, outcome: Outcome, { own }: Speech): void {
  const { means, mend } = own.outcomes[outcome];
  page.line(outcome, "bold");
  page.line(`  ${means}`);
  page.labelled(own.labels.mend, mend);
  page.line();
}

function writeSection(
  page: Page,
  { id, title, checks, profile }: Knowledge["sections"][number],
  { words, own }: Speech,
): void {
  page.line(`${id}  ${own.sectionOf(words.say(title), profile)}`, "bold");
  for (const check of checks) page.line(`  ${check.id}  ${words.title(check.id, check.title)}`);
  page.labelled(own.labels.run, `gateproof run ${profile} ${id}`);
  page.line();
}

function writePosition(page: Page, position: Position, { own }: Speech): void {
  page.line(`${position.id}  ${position.question}`, "bold");
  writeReadings(page, position, own);
  page.labelled(own.labels.touches, position.touches.join(", "));
  page.line();
}
