import type { Baseline, CheckResult, Report } from "../../schemas/index.ts";
import { type FailOn, type Judged, overall } from "./overall.ts";

type Entry = NonNullable<Baseline["accepted"]>[number] | NonNullable<Baseline["flaky"]>[number];
type Problem = NonNullable<Report["baseline"]>["problems"][number];

export interface BaselineContext {
  /** The baseline's path, as the user gave it. */
  readonly file: string;
  readonly failOn: FailOn;
  /** ISO date. */
  readonly today: string;
  /** Ids of every check that the profile has. */
  readonly known: ReadonlySet<string>;
}

const isFinding = ({ outcome }: CheckResult) => outcome === "fail" || outcome === "warn";

/**
 * A report with a baseline laid over it: a finding that a valid entry names does not make the run fail, and an entry that
 * is stale, expired or names no check does. Pure; the outcomes of the checks stay what they are.
 */
export function withBaseline(report: Report, baseline: Baseline, context: BaselineContext): Report {
  const { accepted = [], flaky = [] } = baseline;
  const entries = [...accepted, ...flaky];
  const results = new Map(report.checks.map((check) => [check.id, check]));
  const problems = entries.flatMap((entry): readonly Problem[] => {
    const problem = problemOf(entry, results.get(entry.check), context);
    return problem === undefined ? [] : [{ check: entry.check, ...problem }];
  });
  const valid = (entry: Entry) => entry.expires >= context.today;
  const checks = report.checks.map((check): CheckResult => {
    const entry = entries.find((one) => valid(one) && excuses(one, check));
    if (entry === undefined) return check;
    const { reason, owner, expires, issue } = entry;
    const known = "reason_code" in entry ? {} : ({ flaky: true } as const);
    return { ...check, accepted: { reason, owner, expires, ...(issue !== undefined && { issue }), ...known } };
  });
  const excused = checks.filter((check) => check.accepted !== undefined);
  return {
    ...report,
    checks,
    verdict: verdictWith(report, checks, { ...context, problems: problems.length }),
    baseline: { file: context.file, entries: entries.length, accepted: excused.length, problems },
  };
}

/** An accepted finding is excused for the reason that was accepted, a flaky check whatever came of it. */
function excuses(entry: Entry, check: CheckResult): boolean {
  if (entry.check !== check.id) return false;
  if ("reason_code" in entry) return isFinding(check) && entry.reason_code === check.reasonCode;
  return isFinding(check) || check.outcome === "inconclusive";
}

function problemOf(
  entry: Entry,
  check: CheckResult | undefined,
  { today, known }: BaselineContext,
): Omit<Problem, "check"> | undefined {
  if (!known.has(entry.check)) return { kind: "unknown", what: "no check of the profile is called so" };
  if (entry.expires < today)
    return { kind: "expired", what: `it counted until ${entry.expires}; ${entry.owner} answers for it` };
  if (!("reason_code" in entry) || check === undefined) return undefined;
  if (check.outcome === "pass") return { kind: "stale", what: "the check passes now; take the entry out" };
  if (isFinding(check) && check.reasonCode !== entry.reason_code) {
    return { kind: "stale", what: `the check fails for another reason now: ${check.reasonCode}` };
  }
  return undefined;
}

function verdictWith(
  report: Report,
  checks: readonly CheckResult[],
  { failOn, problems }: { readonly failOn: FailOn; readonly problems: number },
): Report["verdict"] {
  const { result, exitCode } = report.verdict;
  if (result === "not-testable" || result === "kit-error" || exitCode === 130) return report.verdict;
  const judged = checks.map(
    ({ outcome, level, reasonCode, accepted }): Judged => ({
      outcome,
      level,
      reasonCode,
      grounded: true,
      ...(accepted !== undefined && { excused: true }),
    }),
  );
  return overall(judged, { failOn, interrupted: false, problems });
}
