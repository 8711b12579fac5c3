import type { CheckResult, Report } from "../schemas/index.ts";
import { coverageOf } from "./coverage.ts";
import { english, type Words } from "./words/en.ts";

type Outcome = CheckResult["outcome"];

/** The outcomes in the order of a reader's interest: what is wrong, what is open, what is fine, what does not concern it. */
export const outcomes = [
  "fail",
  "warn",
  "inconclusive",
  "kit-error",
  "ambiguous",
  "not-tested",
  "pass",
  "not-applicable",
] as const satisfies readonly Outcome[];

/** The verdict in a word or two, and the mark it is painted with. */
export interface Headline {
  readonly word: string;
  readonly mark: "good" | "bad" | "open";
}

/**
 * An interrupted run gives no verdict, whatever it saw; a verdict that left MUSTs of the profile open, because they could
 * not be tested or nobody asked for them, says so in its first words.
 */
export function headlineOf(report: Pick<Report, "run" | "verdict" | "checks">, words: Words = english): Headline {
  const { verdict, checks } = report;
  const { headlines } = words;
  if (verdict.exitCode === 130) return { word: headlines.interrupted, mark: "open" };
  const isUntested = checks.some(({ outcome, level }) => outcome === "not-tested" && level === "must");
  const isOpen = isUntested || coverageOf(report).notRun.length > 0;
  const byResult: Readonly<Record<Report["verdict"]["result"], Headline>> = {
    conformant: { word: isOpen ? headlines.asFarAsTested : headlines.conformant, mark: "good" },
    findings: { word: headlines.findings, mark: "bad" },
    "not-testable": { word: headlines.notTestable, mark: "open" },
    "kit-error": { word: headlines.kitError, mark: "open" },
  };
  return byResult[verdict.result];
}

/** How many checks came to each outcome that occurs, in the order of interest. */
export function countsOf(
  checks: readonly CheckResult[],
): readonly { readonly outcome: Outcome; readonly count: number }[] {
  return outcomes
    .map((outcome) => ({ outcome, count: checks.filter((check) => check.outcome === outcome).length }))
    .filter(({ count }) => count > 0);
}

/** The outcomes that are findings, the weightiest first. */
export const findingOutcomes = ["fail", "warn", "inconclusive", "kit-error"] as const satisfies readonly Outcome[];
