import { type CataloguedFault, faultCatalogue } from "../../mocks/catalogue.ts";
import { type Layout, newPage, type Page } from "../../reports/console/page.ts";
import { levelWord, sourceWords } from "../../reports/wording.ts";
import { nearest } from "../../schemas/nearest.ts";
import { type Position, positions, type Requirement, requirements } from "../../specs/index.ts";
import type { Section } from "../../suites/engine/check.ts";
import { type Outcome, outcomes } from "../../suites/engine/finding.ts";
import { outcomeDocs } from "../../suites/engine/outcome-docs.ts";
import { type Planned, plannedChecks } from "../../suites/engine/plan.ts";
import { profileIds, profiles } from "../../suites/profiles/index.ts";
import { CliError } from "../exit.ts";

/** Everything that can be explained, loaded. */
interface Knowledge {
  readonly checks: readonly (Planned & { readonly profile: string })[];
  readonly sections: readonly (Section & { readonly profile: string })[];
}

/** Something that has a name, and how it is explained. */
interface Subject {
  readonly name: string;
  readonly write: (page: Page, knowledge: Knowledge) => void;
}

/** What a requirement, check, fault, outcome, section or position is. Throws CliError with what was probably meant. */
export async function explanation(name: string, layout: Layout): Promise<string> {
  const loaded = await Promise.all(profileIds.map((id) => profiles[id]()));
  const knowledge: Knowledge = {
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

function allSubjects({ checks, sections }: Knowledge): readonly Subject[] {
  return [
    ...requirements().map((row) => ({
      name: row.id,
      write: (page: Page, all: Knowledge) => writeRequirement(page, row, all),
    })),
    ...checks.map((planned) => ({ name: planned.check.id, write: (page: Page) => writeCheck(page, planned) })),
    ...faultCatalogue.map((entry) => ({ name: entry.fault.id, write: (page: Page) => writeFault(page, entry) })),
    ...outcomes.map((outcome) => ({ name: outcome, write: (page: Page) => writeOutcome(page, outcome) })),
    { name: "outcomes", write: (page) => outcomes.map((outcome) => writeOutcome(page, outcome)) },
    ...sections.map((section) => ({ name: section.id, write: (page: Page) => writeSection(page, section) })),
    ...positions.map((position) => ({ name: position.id, write: (page: Page) => writePosition(page, position) })),
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

function writeRequirement(page: Page, row: Requirement, { checks }: Knowledge): void {
  page.line(
    `${row.id}  ${row.level}${row.level.toLowerCase() === row.kit ? "" : `, judged as ${levelWord(row.kit)}`}`,
    "bold",
  );
  page.line(`  ${row.says}`);
  if (row.why !== undefined) page.labelled("why", row.why);
  page.labelled("source", [sourceWords(row.source), row.source.url].filter((part) => part !== undefined).join("  "));
  page.labelled("for", `${row.party}; ${row.profiles.join(", ")}; section ${row.section}`);
  if ("how" in row.tested) page.labelled("tested", row.tested.how);
  else page.labelled("untestable", row.tested.untestable);
  if (row.ambiguous !== undefined) writeReadings(page, row.ambiguous);
  const its = checks.filter((planned) => planned.check.requirement === row.id);
  if (its.length === 0 && "how" in row.tested) page.labelled("check", "none in this version", "yellow");
  // A check that several profiles share is one check.
  for (const check of new Set(its.map((planned) => planned.check))) {
    page.labelled("check", `${check.id}  ${check.title}`, "cyan");
    const proof = new Set(faultsThatProve(check.id).map(({ fault }) => fault.id));
    if (proof.size > 0) page.labelled("", `proved by ${[...proof].join(", ")}`);
  }
  page.labelled("mend", row.mend);
  page.line();
}

function writeReadings(page: Page, { readings, position }: Pick<Position, "readings" | "position">): void {
  for (const reading of readings) page.labelled("reading", reading);
  page.labelled("position", position);
}

function writeCheck(page: Page, { check, level, section, profile }: Planned & { readonly profile: string }): void {
  page.line(`${check.id}  ${levelWord(level)}, ${profile} ${section}`, "bold");
  page.line(`  ${check.title}`);
  page.labelled("kind", kinds[check.kind]);
  if (check.needs.length > 0) page.labelled("needs", check.needs.join(", "));
  if (check.traits.length > 0) page.labelled("runs", check.traits.map((trait) => traits[trait]).join("; "));
  const row = requirements().find(({ id }) => id === check.requirement);
  if (row !== undefined) {
    page.labelled("because", `${row.id}: ${row.says} (${sourceWords(row.source)})`);
    page.labelled("mend", row.mend);
  }
  for (const { fault } of faultsThatProve(check.id).filter((entry) => entry.profile === profile)) {
    page.labelled("proved by", `${fault.id}: ${fault.sentence} Found as ${fault.kills[check.id]}.`);
  }
  page.labelled("run", `gateproof run ${profile} ${check.id}`);
  page.line();
}

const kinds: Readonly<Record<Planned["check"]["kind"], string>> = {
  refusal: "a refusal: the same request, valid, is granted first, and then the wrong one must be refused",
  acceptance: "an acceptance: a request that must be granted",
  conforms: "the answer has the demanded shape and relations",
  property: "a property over generated inputs; a failure is shrunk to the shortest case and can be repeated",
  model:
    "a model: generated sequences of steps beside a small state model; a failure is shrunk to the shortest sequence",
  check: "a course of requests of its own",
};

const traits: Readonly<Record<Planned["check"]["traits"][number], string>> = {
  exclusive: "alone",
  waits: "with time passing: by the clock hook, or really waiting under --slow",
  bursty: "with many or large requests (left out by --safe)",
  census: "last, over the answers of the whole run",
};

function writeFault(page: Page, { mock, fault }: CataloguedFault): void {
  page.line(`${fault.id}  a fault of the mock ${mock}`, "bold");
  page.line(`  ${fault.sentence}`);
  page.labelled("breaks", fault.requirement);
  page.labelled("replaces", `the rule ${String(fault.rule)}`);
  for (const [check, reason] of Object.entries(fault.kills)) page.labelled("found by", `${check} (${reason})`);
  page.labelled("try it", `gateproof mock ${mock} --fault ${fault.id}`);
  page.line();
}

function writeOutcome(page: Page, outcome: Outcome): void {
  page.line(outcome, "bold");
  page.line(`  ${outcomeDocs[outcome].means}`);
  page.labelled("mend", outcomeDocs[outcome].mend);
  page.line();
}

function writeSection(page: Page, { id, title, checks, profile }: Knowledge["sections"][number]): void {
  page.line(`${id}  ${title}, section of ${profile}`, "bold");
  for (const check of checks) page.line(`  ${check.id}  ${check.title}`);
  page.labelled("run", `gateproof run ${profile} ${id}`);
  page.line();
}

function writePosition(page: Page, position: Position): void {
  page.line(`${position.id}  ${position.question}`, "bold");
  writeReadings(page, position);
  page.labelled("touches", position.touches.join(", "));
  page.line();
}
