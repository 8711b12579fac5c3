import type { CheckResult, Report } from "../schemas/index.ts";
import { coverageOf } from "./coverage.ts";

type Outcome = CheckResult["outcome"];

/** The outcomes in the order of a reader's interest: what is wrong, what is open, what is fine. */
export const outcomes = [
  "fail",
  "warn",
  "inconclusive",
  "kit-error",
  "ambiguous",
  "not-tested",
  "not-applicable",
  "pass",
] as const satisfies readonly Outcome[];

/** What a reader is told of an outcome: one of it, a number of it, and what it means. */
export const outcomeWords: Readonly<Record<Outcome, { one: string; many: string; means: string }>> = {
  fail: { one: "fail", many: "failed", means: "a MUST is broken" },
  warn: { one: "warn", many: "warned", means: "a SHOULD is broken" },
  inconclusive: { one: "inconclusive", many: "inconclusive", means: "the observations contradict each other" },
  "kit-error": { one: "kit error", many: "with a kit error", means: "this kit failed; it says nothing of the target" },
  ambiguous: { one: "ambiguous", many: "ambiguous", means: "the text has two honest readings" },
  "not-tested": { one: "not tested", many: "not tested", means: "it applies and could not be judged" },
  "not-applicable": { one: "not applicable", many: "not applicable", means: "the target does not have the feature" },
  pass: { one: "pass", many: "passed", means: "the requirement was kept" },
};

/** The verdict in a word or two, and the mark it is painted with. */
export interface Headline {
  readonly word: string;
  readonly mark: "good" | "bad" | "open";
}

/**
 * An interrupted run gives no verdict, whatever it saw; a verdict that left MUSTs of the profile open, because they could
 * not be tested or nobody asked for them, says so in its first words.
 */
export function headlineOf(report: Pick<Report, "run" | "verdict" | "checks">): Headline {
  const { verdict, checks } = report;
  if (verdict.exitCode === 130) return { word: "Interrupted", mark: "open" };
  const isUntested = checks.some(({ outcome, level }) => outcome === "not-tested" && level === "must");
  const isOpen = isUntested || coverageOf(report).notRun.length > 0;
  const headlines: Readonly<Record<Report["verdict"]["result"], Headline>> = {
    conformant: isOpen ? { word: "Conformant as far as tested", mark: "good" } : { word: "Conformant", mark: "good" },
    findings: { word: "Not conformant", mark: "bad" },
    "not-testable": { word: "Not testable", mark: "open" },
    "kit-error": { word: "Kit error", mark: "open" },
  };
  return headlines[verdict.result];
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
