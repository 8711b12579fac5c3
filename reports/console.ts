import type { Report } from "../schemas/index.ts";
import { writeFinding } from "./console/finding.ts";
import { writeAmbiguous, writePasses, writeTotals, writeUnjudged } from "./console/lists.ts";
import { type Layout, newPage, type Page, type Style } from "./console/page.ts";
import { debtLines, leftBehindWords } from "./debt.ts";
import { findingOutcomes } from "./outcomes.ts";
import { printable } from "./printable.ts";

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
export function consoleReport(report: Report, layout: Layout): string {
  const page = newPage(layout);
  const { verbose } = layout;
  const { checks, run } = report;
  writeHeader(page, report);
  for (const { severity, whose, what, mend } of report.setup ?? []) {
    page.line(`SET-UP ${severity}  ${printable(what)}`, severity === "error" ? "red" : "yellow");
    page.labelled("whose", whose);
    if (mend !== "") page.labelled("mend", printable(mend));
    page.line();
  }
  for (const outcome of findingOutcomes) {
    for (const check of checks.filter((one) => one.outcome === outcome)) writeFinding(page, check, run, verbose);
  }
  writeAmbiguous(page, checks);
  writeUnjudged(page, report, { outcome: "not-tested", heading: "NOT TESTED", verbose });
  writeUnjudged(page, report, { outcome: "not-applicable", heading: "NOT APPLICABLE", verbose });
  writePasses(page, checks, verbose);
  writeTotals(page, report);
  for (const line of debtLines(report)) page.line(`BASELINE  ${line}`, "cyan");
  const left = leftBehindWords(report);
  if (left !== undefined) page.line(left, "dim");
  page.whole(printable(report.verdict.sentence, 1000), verdictStyles[report.verdict.result]);
  return page.text();
}

function writeHeader(page: Page, { kit, run, target, implementation = {} }: Report): void {
  const { organization, project, version } = implementation;
  const maker = [organization, project, version].filter((word) => word !== undefined).join(" ");
  const words = [`${kit.name} ${kit.version}`, run.profile, target.url, ...(maker === "" ? [] : [maker])];
  page.line(`${words.map((word) => printable(word, 200)).join(" · ")} · seed ${run.seed}`, "bold");
  if (target.headersRedacted.length > 0) {
    page.line(`with ${target.headersRedacted.map((name) => printable(name, 80)).join(", ")} (values masked)`, "dim");
  }
  page.line();
}
