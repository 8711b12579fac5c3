import type { Report } from "../schemas/index.ts";
import { writeFinding } from "./console/finding.ts";
import { writeAmbiguous, writePasses, writeTotals, writeUnjudged } from "./console/lists.ts";
import { type Layout, newPage, type Page, type Style } from "./console/page.ts";
import { debtLines, leftBehindWords } from "./debt.ts";
import { findingOutcomes } from "./outcomes.ts";
import { printable } from "./printable.ts";
import { english, type Words } from "./words/en.ts";

const verdictStyles: Readonly<Record<Report["verdict"]["result"], Style>> = {
  conformant: "green",
  findings: "red",
  "not-testable": "yellow",
  "kit-error": "magenta",
};

/**
 * The report for a person: what is wrong with the set-up, the findings, what was not tested, and only then what passed;
 * the last line is the verdict in one sentence.
 */
export function consoleReport(recorded: Report, layout: Layout, words: Words = english): string {
  const report = words.report(recorded);
  const page = newPage(layout);
  const { verbose } = layout;
  const { checks, run } = report;
  const { labels, baseline } = words.console;
  writeHeader(page, report, words);
  for (const { severity, whose, what, mend } of report.setup ?? []) {
    page.line(
      `${words.console.setUp(words.severities[severity] ?? severity)}  ${printable(what)}`,
      severity === "error" ? "red" : "yellow",
    );
    page.labelled(labels.whose, words.whose[whose] ?? whose);
    if (mend !== "") page.labelled(labels.mend, printable(mend));
    page.line();
  }
  for (const outcome of findingOutcomes) {
    for (const check of checks.filter((one) => one.outcome === outcome))
      writeFinding(page, check, run, { verbose, words });
  }
  writeAmbiguous(page, checks, words);
  writeUnjudged(page, report, { outcome: "not-tested", verbose, words });
  writeUnjudged(page, report, { outcome: "not-applicable", verbose, words });
  writePasses(page, checks, { verbose, words });
  writeTotals(page, report, words);
  for (const line of debtLines(report, words)) page.line(`${baseline}  ${line}`, "cyan");
  const left = leftBehindWords(report, words);
  if (left !== undefined) page.line(left, "dim");
  page.whole(printable(words.sentence(report), 1000), verdictStyles[report.verdict.result]);
  return page.text();
}

function writeHeader(page: Page, { kit, run, target, implementation = {} }: Report, words: Words): void {
  const { organization, project, version } = implementation;
  const maker = [organization, project, version].filter((word) => word !== undefined).join(" ");
  const parts = [`${kit.name} ${kit.version}`, run.profile, target.url, ...(maker === "" ? [] : [maker])];
  page.line(`${parts.map((part) => printable(part, 200)).join(" · ")} · ${words.console.seed(run.seed)}`, "bold");
  if (target.headersRedacted.length > 0) {
    const names = target.headersRedacted.map((name) => printable(name, 80)).join(", ");
    page.line(words.console.with(words.masked(names)), "dim");
  }
  page.line();
}
