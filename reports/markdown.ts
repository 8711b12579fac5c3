import type { CheckResult, Report } from "../schemas/index.ts";
import { coverageOf } from "./coverage.ts";
import { debtLines } from "./debt.ts";
import { countsOf, findingOutcomes, headlineOf } from "./outcomes.ts";
import { printable } from "./printable.ts";
import { grouped, levelWord, repeatCommand, requirementOf, sourceWords } from "./wording.ts";
import { english, type Words } from "./words/en.ts";

const marks = { good: "✅", bad: "❌", open: "⚠️" } as const;
/** A job summary on GitHub holds 1 MiB, and a pull request's comment 64 KiB; the first findings tell the story. */
const mostFindings = 40;
const mostReasons = 20;

/** The report as short GitHub-flavoured Markdown, for a job summary or a comment on a pull request. */
export function markdownReport(recorded: Report, words: Words = english): string {
  const report = words.report(recorded);
  const { run, target, checks } = report;
  const { word, mark } = headlineOf(report, words);
  const blocks = [
    `## ${marks[mark]} ${word}${words.markdown.colon}${plain(run.profile)}`,
    `${plain(printable(words.sentence(report), 1000))}`,
    `${code(printable(target.url, 200))} · ${coverageWords(report, words)} · ${words.console.seed(run.seed)} · ${words.seconds(run.durationMs)}`,
    totals(checks, words),
    ...setUp(report, words),
    ...findings(report, words),
    ...notTested(report, words),
    ...debt(report, words),
    `${words.markdown.again}${words.markdown.colon}${code(run.command)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

function coverageWords(report: Report, { markdown }: Words): string {
  const { musts, judged } = coverageOf(report);
  return markdown.judged(judged.length, musts);
}

function totals(checks: readonly CheckResult[], { outcomes, markdown }: Words): string {
  const counts = countsOf(checks);
  if (counts.length === 0) return markdown.noCheck;
  return table(
    counts.map(({ outcome }) => outcomes[outcome].many),
    [counts.map(({ count }) => String(count))],
  );
}

function setUp({ setup = [] }: Report, { markdown, severities, whose: parties }: Words): readonly string[] {
  if (setup.length === 0) return [];
  const rows = setup.map(({ severity, whose, what, mend }) => [
    severities[severity] ?? severity,
    parties[whose] ?? whose,
    plain(printable(what)),
    plain(printable(mend)),
  ]);
  return [`### ${markdown.setUp}`, table(markdown.setUpColumns, rows)];
}

function debt(report: Report, words: Words): readonly string[] {
  const lines = debtLines(report, words);
  return lines.length === 0
    ? []
    : [`### ${words.markdown.baseline}`, lines.map((line) => `- ${plain(line)}`).join("\n")];
}

function findings({ checks, run }: Report, words: Words): readonly string[] {
  const { markdown, outcomes } = words;
  const found = findingOutcomes.flatMap((outcome) => checks.filter((check) => check.outcome === outcome));
  if (found.length === 0) return [];
  const rows = found.slice(0, mostFindings).map((check) => {
    const row = requirementOf(check, words);
    const says = row === undefined || words === english ? "" : `<br>${plain(row.says)}`;
    const where = row === undefined ? "" : `${says}<br><sub>${plain(sourceWords(row.source))}</sub>`;
    return [
      `${outcomes[check.outcome].one}${check.accepted === undefined ? "" : `<br><sub>${markdown.accepted}</sub>`}`,
      `${code(check.id)}<br><sub>${levelWord(check.level, words)}</sub>`,
      `${plain(printable(check.title, 200))}${where}`,
      text(check.expected),
      text(check.actual),
    ];
  });
  const more = found.length - rows.length;
  const [first] = found;
  return [
    `### ${markdown.findings}`,
    table(markdown.findingColumns, rows),
    ...(more > 0 ? [markdown.more(more)] : []),
    ...(first === undefined ? [] : [`${markdown.oneAlone}${markdown.colon}${code(repeatCommand(run, first.id))}`]),
  ];
}

function text(value: string | null): string {
  return value === null ? "" : code(printable(value, 160));
}

function notTested({ checks }: Report, { markdown, noReason }: Words): readonly string[] {
  const found = checks.filter(({ outcome }) => outcome === "not-tested");
  if (found.length === 0) return [];
  const reasons = [...grouped(found, ({ actual, expected }) => JSON.stringify([actual, expected])).values()];
  const rows = reasons.slice(0, mostReasons).map((members) => {
    const [first] = members;
    const musts = members.filter(({ level }) => level === "must").length;
    return [
      `${members.length}`,
      `${musts}`,
      plain(printable(first?.actual ?? noReason, 200)),
      plain(printable(first?.expected ?? "", 200)),
    ];
  });
  return [
    `<details><summary>${markdown.notTested(found.length)}</summary>`,
    table(markdown.notTestedColumns, rows),
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
