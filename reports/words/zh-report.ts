import type { CheckResult, Report } from "../../schemas/index.ts";
import { inChinese, titleInChinese } from "../../specs/zh/say.ts";

/**
 * A report for readers of Chinese: what the kit worded is translated, whatever a target said stays as it was recorded.
 * The hint stays, because `hintOf` takes it from the catalogue.
 */
export function reportInChinese(report: Report): Report {
  const { setup, baseline, checks } = report;
  return {
    ...report,
    ...(setup && {
      setup: setup.map((finding) => ({ ...finding, what: inChinese(finding.what), mend: inChinese(finding.mend) })),
    }),
    ...(baseline && {
      baseline: {
        ...baseline,
        problems: baseline.problems.map((problem) => ({ ...problem, what: inChinese(problem.what) })),
      },
    }),
    checks: checks.map(checkInChinese),
  };
}

function checkInChinese(check: CheckResult): CheckResult {
  const { id, title, expected, actual, notes } = check;
  return {
    ...check,
    title: titleInChinese(id, title),
    expected: expected === null ? null : inChinese(expected),
    actual: actual === null ? null : inChinese(actual),
    ...(notes && { notes: notes.map(inChinese) }),
  };
}
