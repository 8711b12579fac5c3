import { beforeAll, describe, it } from "vitest";
import type { CheckResult, Config, Report } from "../../schemas/index.ts";
import { type Planned, plan } from "../../suites/engine/plan.ts";
import { profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { type HowItIsJudged, runProfile, type WhatIsJudged } from "./run-profile.ts";
import { type FailingOn, KitError, settle } from "./settle.ts";

export { ConformanceError, KitError } from "./settle.ts";

/** The base URL of the target, or what gives it once the hooks around have started the target; or `WhatIsJudged`. */
export type ConformanceTarget = string | (() => string | Promise<string>) | WhatIsJudged;

export interface ConformanceOptions extends Omit<HowItIsJudged, "failOn"> {
  readonly profile: RunnableProfile;
  /** What there is to know besides the target's URL. */
  readonly config?: string | Config;
  /**
   * What makes a test fail: broken MUSTs (the default), also broken SHOULDs, or broken MUSTs and those that could not be
   * tested.
   */
  readonly failOn?: FailingOn;
}

/** The hook that runs the profile may take this much longer than the run's own deadline, milliseconds. */
const graceMs = 60_000;
const usualDeadlineS = 600;

/**
 * Makes a test of every check of a profile, under the name of its requirement; the profile is run once, before the first.
 * What cannot be judged is skipped with the reason. A target that cannot be judged at all fails the first test.
 */
export function describeConformance(target: ConformanceTarget, options: ConformanceOptions): void {
  const { profile: id, only = [], level = "may", deadlineS = usualDeadlineS } = options;
  describe(`${id} conformance`, async () => {
    const profile = await profiles[id]();
    const planned = plan(profile, only, level);
    const run: { report?: Report } = {};
    beforeAll(
      async () => {
        run.report = await runProfile(id, { ...options, ...(await judgedOf(target, options)) });
      },
      deadlineS * 1000 + graceMs,
    );
    const report = (): Report => {
      if (run.report === undefined) throw new KitError("the profile was not run");
      return run.report;
    };

    it("the target can be judged", () => {
      const { result, sentence } = report().verdict;
      if (result === "kit-error") throw new KitError(sentence);
      if (result === "not-testable") throw new Error(sentence);
    });
    for (const section of profile.sections) {
      const here = planned.filter((item) => item.section === section.id);
      if (here.length === 0) continue;
      describe(section.title, () => {
        for (const item of here) {
          it(titleOf(item), (context) => settle(context, resultOf(item, report()), options.failOn ?? "must"));
        }
      });
    }
  });
}

async function judgedOf(target: ConformanceTarget, { config }: ConformanceOptions): Promise<WhatIsJudged> {
  if (typeof target === "object") return target;
  return { target: typeof target === "string" ? target : await target(), ...(config !== undefined && { config }) };
}

function titleOf({ check, level }: Planned): string {
  const must = level === "none" ? "observed" : level.toUpperCase();
  return `${check.requirement} ${must} · ${check.title} (${check.id})`;
}

function resultOf({ check }: Planned, report: Report): CheckResult {
  const result = report.checks.find(({ id }) => id === check.id);
  if (result === undefined) throw new KitError(`${check.id} was planned and is not in the report`);
  return result;
}
