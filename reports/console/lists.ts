import type { CheckResult, Report } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { grouped, levelWord, requirementOf } from "../wording.ts";
import type { Words } from "../words/en.ts";
import type { Page } from "./page.ts";

type Outcome = CheckResult["outcome"];

/** How much of a list is told, and in which language. */
interface Telling {
  readonly verbose: boolean;
  readonly words: Words;
}

const having = (checks: readonly CheckResult[], outcome: Outcome) =>
  checks.filter((check) => check.outcome === outcome);

/** Where two honest readings exist and the target follows the one the kit did not take. */
export function writeAmbiguous(page: Page, checks: readonly CheckResult[], words: Words): void {
  const { labels } = words.console;
  const found = having(checks, "ambiguous");
  if (found.length === 0) return;
  page.line(words.console.ambiguous(found.length), "cyan");
  for (const { id, title, actual, expected, notes = [], ...result } of found) {
    page.line(`  ${id}  ${printable(title)}`);
    if (actual !== null) page.labelled(labels.got, printable(actual));
    if (expected !== null) page.labelled(labels.readAs, printable(expected));
    for (const note of notes) page.labelled(labels.note, printable(note));
    const position = requirementOf(result, words)?.ambiguous?.position;
    if (position !== undefined) page.labelled(labels.position, position);
  }
  page.line();
}

/** Checks that gave no verdict, the reason once and then who it holds for. */
export function writeUnjudged(
  page: Page,
  { checks, setup = [] }: Pick<Report, "checks" | "setup">,
  { outcome, verbose, words }: Telling & { readonly outcome: "not-tested" | "not-applicable" },
): void {
  const { labels, asAbove } = words.console;
  const found = having(checks, outcome);
  if (found.length === 0) return;
  const musts = found.filter(({ level }) => level === "must").length;
  const ofThem = outcome === "not-tested" && musts > 0 ? words.ofMusts(musts) : "";
  const style = outcome === "not-tested" ? "yellow" : "dim";
  page.line(`${words.console[outcome]}  ${words.checks(found.length)}${ofThem}`, style);
  const groups = grouped(found, ({ reasonCode, actual, expected }) => JSON.stringify([reasonCode, actual, expected]));
  for (const group of groups.values()) {
    const [{ reasonCode, actual, expected } = { reasonCode: null, actual: null, expected: null }] = group;
    const said = setup.some(({ what }) => what === actual);
    const reason = said ? asAbove : printable(actual ?? words.noReason);
    page.line(`  ${reason} (${printable(words.reason(reasonCode ?? "no-reason"))})`);
    if (expected !== null && !said) page.labelled(labels.mend, printable(expected));
    page.labelled(labels.checks, verbose ? group.map(({ id }) => id).join(" ") : addresses(group, checks, words));
  }
  page.line();
}

/** Ids, but a section's name where all of its checks are meant. */
function addresses(group: readonly CheckResult[], all: readonly CheckResult[], words: Words): string {
  const total = grouped(all, ({ section }) => section);
  return [...grouped(group, ({ section }) => section)]
    .map(([section, members]) =>
      members.length > 1 && members.length === total.get(section)?.length
        ? words.console.all(section, members.length)
        : members.map(({ id }) => id).join(" "),
    )
    .join(" · ");
}

/** One line a section, or one a check. */
export function writePasses(page: Page, checks: readonly CheckResult[], { verbose, words }: Telling): void {
  const passes = having(checks, "pass");
  if (passes.length === 0) return;
  page.line(`${words.console.pass}  ${words.checks(passes.length)}`, "green");
  const sections = grouped(checks, ({ section }) => section);
  const longest = Math.max(...[...sections.keys()].map((section) => section.length));
  for (const [section, members] of sections) {
    const passed = having(members, "pass");
    if (passed.length === 0) continue;
    const count =
      passed.length === members.length ? `${passed.length}` : words.console.of(passed.length, members.length);
    page.line(`  ${section.padEnd(longest)}  ${count}`);
    if (!verbose) continue;
    for (const { id, level, title, provenBy } of passed) {
      const proof = provenBy.length === 0 ? "" : `  [${words.provedBy(provenBy.join(", "))}]`;
      page.line(`    ${id} (${levelWord(level, words)})  ${printable(title)}${proof}`, "dim");
    }
  }
  page.line();
}

/** `143 passed · 2 failed · …`; passed and failed always, the others when there are any. */
export function writeTotals(page: Page, { totals, checks, expectedSet, run }: Report, words: Words): void {
  const count = (name: keyof Report["totals"]) =>
    totals[name] > 0 || name === "pass" || name === "fail" ? [`${totals[name]} ${words.console.totals[name]}`] : [];
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
  const parts = names.flatMap(count);
  const unreached = expectedSet.count - checks.length;
  if (unreached > 0) parts.push(words.console.notReached(unreached));
  page.line(`${parts.join(" · ")} · ${words.seconds(run.durationMs)}`, "bold");
}
