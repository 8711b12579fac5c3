import type { CheckResult, Report } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { counted, grouped, levelWord, requirementOf } from "../wording.ts";
import type { Page } from "./page.ts";

type Outcome = CheckResult["outcome"];

const having = (checks: readonly CheckResult[], outcome: Outcome) =>
  checks.filter((check) => check.outcome === outcome);

/** Where two honest readings exist and the target follows the one the kit did not take. */
export function writeAmbiguous(page: Page, checks: readonly CheckResult[]): void {
  const found = having(checks, "ambiguous");
  if (found.length === 0) return;
  page.line(`AMBIGUOUS  ${counted(found.length, "check")}: the text has two honest readings`, "cyan");
  for (const { id, title, actual, expected, notes = [], ...result } of found) {
    page.line(`  ${id}  ${printable(title)}`);
    if (actual !== null) page.labelled("got", printable(actual));
    if (expected !== null) page.labelled("read as", printable(expected));
    for (const note of notes) page.labelled("note", printable(note));
    const position = requirementOf(result)?.ambiguous?.position;
    if (position !== undefined) page.labelled("position", position);
  }
  page.line();
}

/** Checks that gave no verdict, the reason once and then who it holds for. */
export function writeUnjudged(
  page: Page,
  { checks, setup = [] }: Pick<Report, "checks" | "setup">,
  { outcome, heading, verbose }: { outcome: "not-tested" | "not-applicable"; heading: string; verbose: boolean },
): void {
  const found = having(checks, outcome);
  if (found.length === 0) return;
  const musts = found.filter(({ level }) => level === "must").length;
  const ofThem = outcome === "not-tested" && musts > 0 ? `, ${musts} of a MUST` : "";
  page.line(`${heading}  ${counted(found.length, "check")}${ofThem}`, outcome === "not-tested" ? "yellow" : "dim");
  const groups = grouped(found, ({ reasonCode, actual, expected }) => JSON.stringify([reasonCode, actual, expected]));
  for (const group of groups.values()) {
    const [{ reasonCode, actual, expected } = { reasonCode: null, actual: null, expected: null }] = group;
    const said = setup.some(({ what }) => what === actual);
    const reason = said ? "for the set-up finding above" : printable(actual ?? "no reason was given");
    page.line(`  ${reason} (${printable(reasonCode ?? "no-reason")})`);
    if (expected !== null && !said) page.labelled("mend", printable(expected));
    page.labelled("checks", verbose ? group.map(({ id }) => id).join(" ") : addresses(group, checks));
  }
  page.line();
}

/** Ids, but a section's name where all of its checks are meant. */
function addresses(group: readonly CheckResult[], all: readonly CheckResult[]): string {
  const total = grouped(all, ({ section }) => section);
  return [...grouped(group, ({ section }) => section)]
    .map(([section, members]) =>
      members.length > 1 && members.length === total.get(section)?.length
        ? `${section} (all ${members.length})`
        : members.map(({ id }) => id).join(" "),
    )
    .join(" · ");
}

/** One line a section, or one a check. */
export function writePasses(page: Page, checks: readonly CheckResult[], verbose: boolean): void {
  const passes = having(checks, "pass");
  if (passes.length === 0) return;
  page.line(`PASS  ${counted(passes.length, "check")}`, "green");
  const sections = grouped(checks, ({ section }) => section);
  const longest = Math.max(...[...sections.keys()].map((section) => section.length));
  for (const [section, members] of sections) {
    const passed = having(members, "pass");
    if (passed.length === 0) continue;
    const count = passed.length === members.length ? `${passed.length}` : `${passed.length} of ${members.length}`;
    page.line(`  ${section.padEnd(longest)}  ${count}`);
    if (!verbose) continue;
    for (const { id, level, title, provenBy } of passed) {
      const proof = provenBy.length === 0 ? "" : `  [proved by ${provenBy.join(", ")}]`;
      page.line(`    ${id} (${levelWord(level)})  ${printable(title)}${proof}`, "dim");
    }
  }
  page.line();
}

const totalWords = {
  pass: "passed",
  fail: "failed",
  warn: "warned",
  ambiguous: "ambiguous",
  notTested: "not tested",
  notApplicable: "not applicable",
  inconclusive: "inconclusive",
  kitError: "kit errors",
} as const satisfies Record<keyof Report["totals"], string>;

/** `143 passed · 2 failed · …`; passed and failed always, the others when there are any. */
export function writeTotals(page: Page, { totals, checks, expectedSet, run }: Report): void {
  const count = (name: keyof typeof totalWords) =>
    totals[name] > 0 || name === "pass" || name === "fail" ? [`${totals[name]} ${totalWords[name]}`] : [];
  const names = [
    "pass",
    "fail",
    "warn",
    "ambiguous",
    "notTested",
    "notApplicable",
    "inconclusive",
    "kitError",
  ] as const;
  const words = names.flatMap(count);
  const unreached = expectedSet.count - checks.length;
  if (unreached > 0) words.push(`${unreached} not reached`);
  page.line(`${words.join(" · ")} · ${(run.durationMs / 1000).toFixed(1)} s`, "bold");
}
