import type { CheckResult, Report } from "../../schemas/index.ts";
import { type FailOn, overall, totalsOf } from "./overall.ts";

/** Reports that are not the shards of one run. */
export class NotShardsError extends Error {
  readonly code = "NOT_SHARDS";
}

/** What is worst comes first. */
const severity: readonly CheckResult["outcome"][] = [
  "kit-error",
  "fail",
  "warn",
  "inconclusive",
  "ambiguous",
  "pass",
  "not-tested",
  "not-applicable",
];

/**
 * The report of a run that was split with `--shard i/n`: the same verdict as one run would have had. `order`: the ids of
 * the profile's checks, in order. Throws {@link NotShardsError} when a part is missing, twice, or of another run.
 */
export function mergeShards(
  reports: readonly Report[],
  { order, failOn }: { readonly order: readonly string[]; readonly failOn: FailOn },
): Report {
  const [first] = reports;
  if (first === undefined) throw new NotShardsError("there is no report");
  assertShards(reports);
  const results = new Map<string, CheckResult>();
  for (const check of reports.flatMap(({ checks }) => checks)) {
    const known = results.get(check.id);
    if (known === undefined || rank(check) < rank(known)) results.set(check.id, check);
  }
  const checks = order.flatMap((id) => results.get(id) ?? []);
  const testable = reports.some(({ verdict }) => verdict.result !== "not-testable");
  const judged = checks.map(({ outcome, level, reasonCode }) => ({ outcome, level, reasonCode, grounded: testable }));
  const setup = reports.flatMap((report) => report.setup ?? []);
  const sentences = new Set(setup.map(({ what }) => what));
  const { shard: _, ...run } = first.run;
  return {
    ...first,
    run: { ...run, durationMs: Math.max(...reports.map((report) => report.run.durationMs)) },
    verdict: overall(judged, {
      failOn,
      interrupted: reports.some(({ verdict }) => verdict.exitCode === 130),
      ...(!testable && setup[0] !== undefined && { blocked: setup[0].what }),
    }),
    totals: totalsOf(judged),
    checks,
    ...(setup.length > 0 && { setup: [...sentences].flatMap((what) => setup.find((one) => one.what === what) ?? []) }),
    expectedSet: {
      ...first.expectedSet,
      missing: first.expectedSet.missing.filter((id) =>
        reports.every(({ expectedSet }) => expectedSet.missing.includes(id)),
      ),
    },
  };
}

const rank = ({ outcome }: CheckResult) => severity.indexOf(outcome);

function assertShards(reports: readonly Report[]): void {
  const [first] = reports;
  const of = first?.run.shard?.of;
  if (first === undefined || of === undefined) throw new NotShardsError("the first report is not of a shard");
  for (const { run, target, expectedSet } of reports) {
    const differs = [
      ["profile", run.profile, first.run.profile],
      ["number of shards", run.shard?.of, of],
      ["target", hostOf(target.url), hostOf(first.target.url)],
      ["set of checks", expectedSet.digest, first.expectedSet.digest],
    ].find(([, one, other]) => one !== other);
    if (differs !== undefined) {
      throw new NotShardsError(`the reports differ in their ${differs[0]}: ${differs[1]} and ${differs[2]}`);
    }
  }
  const given = reports.map(({ run }) => run.shard?.index);
  for (let index = 1; index <= of; index += 1) {
    const times = given.filter((one) => one === index).length;
    if (times !== 1)
      throw new NotShardsError(`shard ${index}/${of} is ${times === 0 ? "missing" : `there ${times} times`}`);
  }
}

/** Without the port: the embedded mock has another one in each shard. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : url;
}
