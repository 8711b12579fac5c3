import type { Report } from "../schemas/index.ts";
import { coverageOf } from "./coverage.ts";
import { seenJson } from "./json.ts";
import { headlineOf } from "./outcomes.ts";

/**
 * A badge for https://shields.io/badges/endpoint-badge. It never says more than the run does: a run of a part of the
 * profile, or one that left MUSTs untested, makes a badge that says how much was judged.
 */
export function badgeReport(report: Report): string {
  const [message, color] = wordsOf(report);
  const isError = report.verdict.result === "kit-error";
  return seenJson({ schemaVersion: 1, label: report.run.profile, message, color, ...(isError && { isError }) });
}

function wordsOf(report: Report): readonly [message: string, color: string] {
  const { verdict, totals } = report;
  const { word } = headlineOf(report);
  if (verdict.exitCode === 130 || verdict.result === "not-testable") return [word.toLowerCase(), "lightgrey"];
  if (verdict.result === "kit-error") return ["kit error", "lightgrey"];
  if (verdict.result === "findings") return [brokenWords(totals), "red"];
  const { musts, judged, notApplicable, untestable } = coverageOf(report);
  const testable = musts - notApplicable.length - untestable.length;
  if (judged.length < testable) return [`conformant in ${judged.length} of ${testable} MUSTs`, "yellow"];
  return totals.warn > 0 ? [`conformant, ${totals.warn} warned`, "green"] : ["conformant", "brightgreen"];
}

/** With `--fail-on should` or `not-tested` there are findings without a failed MUST. */
function brokenWords({ fail, warn, notTested }: Report["totals"]): string {
  if (fail > 0) return `${fail} failed`;
  return warn > 0 ? `${warn} warned` : `${notTested} not tested`;
}
