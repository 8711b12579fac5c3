import type { CheckResult, Report } from "../schemas/index.ts";
import { coverageOf } from "./coverage.ts";
import { debtLines } from "./debt.ts";
import { countsOf, findingOutcomes, headlineOf, outcomeWords } from "./outcomes.ts";
import { printable } from "./printable.ts";
import { counted, grouped, levelWord, repeatCommand, requirementOf, sourceWords } from "./wording.ts";

const marks = { good: "✅", bad: "❌", open: "⚠️" } as const;
/** A job summary on GitHub holds 1 MiB, and a pull request's comment 64 KiB; the first findings tell the story. */
const mostFindings = 40;
const mostReasons = 20;

/** The report as short GitHub-flavoured Markdown, for a job summary or a comment on a pull request. */
export function markdownReport(report: Report): string {
  const { run, target, verdict, checks } = report;
  const { word, mark } = headlineOf(report);
  const blocks = [
    `## ${marks[mark]} ${word}: ${plain(run.profile)}`,
    `${plain(printable(verdict.sentence, 1000))}`,
    `${code(printable(target.url, 200))} · ${coverageWords(report)} · seed ${run.seed} · ${(run.durationMs / 1000).toFixed(1)} s`,
    totals(checks),
    ...setUp(report),
    ...findings(report),
    ...notTested(report),
    ...debt(report),
    `Again: ${code(run.command)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function coverageWords(report: Report): string {
  const { musts, judged } = coverageOf(report);
  return `${judged.length} of ${counted(musts, "MUST requirement")} judged`;
}

function totals(checks: readonly CheckResult[]): string {
  const counts = countsOf(checks);
  if (counts.length === 0) return "No check ran.";
  return table(
    counts.map(({ outcome }) => outcomeWords[outcome].many),
    [counts.map(({ count }) => String(count))],
  );
}

function setUp({ setup = [] }: Report): readonly string[] {
  if (setup.length === 0) return [];
  const rows = setup.map(({ severity, whose, what, mend }) => [
    severity,
    whose,
    plain(printable(what)),
    plain(printable(mend)),
  ]);
  return ["### Set-up", table(["", "whose", "what", "mend"], rows)];
}

function debt(report: Report): readonly string[] {
  const lines = debtLines(report);
  return lines.length === 0 ? [] : ["### Baseline", lines.map((line) => `- ${plain(line)}`).join("\n")];
}

function findings({ checks, run }: Report): readonly string[] {
  const found = findingOutcomes.flatMap((outcome) => checks.filter((check) => check.outcome === outcome));
  if (found.length === 0) return [];
  const rows = found.slice(0, mostFindings).map((check) => {
    const row = requirementOf(check);
    const where = row === undefined ? "" : `<br><sub>${plain(sourceWords(row.source))}</sub>`;
    return [
      `${outcomeWords[check.outcome].one}${check.accepted === undefined ? "" : "<br><sub>accepted</sub>"}`,
      `${code(check.id)}<br><sub>${levelWord(check.level)}</sub>`,
      `${plain(printable(check.title, 200))}${where}`,
      text(check.expected),
      text(check.actual),
    ];
  });
  const more = found.length - rows.length;
  const [first] = found;
  return [
    "### Findings",
    table(["", "check", "what has to hold", "expected", "got"], rows),
    ...(more > 0 ? [`and ${counted(more, "more finding")}; the other reports have all of them.`] : []),
    ...(first === undefined ? [] : [`One alone: ${code(repeatCommand(run, first.id))}`]),
  ];
}

function text(value: string | null): string {
  return value === null ? "" : code(printable(value, 160));
}

function notTested({ checks }: Report): readonly string[] {
  const found = checks.filter(({ outcome }) => outcome === "not-tested");
  if (found.length === 0) return [];
  const reasons = [...grouped(found, ({ actual, expected }) => JSON.stringify([actual, expected])).values()];
  const rows = reasons.slice(0, mostReasons).map((members) => {
    const [first] = members;
    const musts = members.filter(({ level }) => level === "must").length;
    return [
      `${members.length}`,
      `${musts}`,
      plain(printable(first?.actual ?? "no reason was given", 200)),
      plain(printable(first?.expected ?? "", 200)),
    ];
  });
  return [
    `<details><summary>${counted(found.length, "check")} not tested, and why</summary>`,
    table(["checks", "of a MUST", "why", "needed"], rows),
    "</details>",
  ];
}

/** A table of cells that are Markdown already; none of them may hold a line end or a bare pipe. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Everything that Markdown, its tables, HTML or GitHub (mentions, formulas, shortcodes, references) would take up. */
const telling = /[&<>|`*_[\]\\~!@#:$^]/g;

/** Text of others, so that it is read and not obeyed: what means something is written as a character reference. */
function plain(words: string): string {
  return printable(words, 2000).replaceAll(telling, (character) => `&#${character.charCodeAt(0)};`);
}

/** The same in the type of code, where GitHub looks for no mentions. */
function code(words: string): string {
  return `<code>${plain(words)}</code>`;
}
