import type { Implementation, RecordedRun } from "../../schemas/index.ts";
import { catalogueVersion } from "../../specs/catalogue.ts";
import type { Evidence } from "./evidence.ts";
import type { FailOn } from "./overall.ts";
import { type Planned, plannedChecks } from "./plan.ts";
import type { Profile } from "./profile.ts";
import type { CheckRun, Run } from "./run.ts";
import { finalVerdict } from "./verdict.ts";

/** What was said of a run when it was driven. */
export interface RecordingContext {
  readonly kitVersion: string;
  readonly command: string;
  readonly failOn: FailOn;
  readonly implementation?: Implementation;
}

/** The run as data, without the evidence of its checks; {@link judgeAgain} reads it. */
export function recordedRun(run: Run, { kitVersion, command, failOn, implementation }: RecordingContext): RecordedRun {
  const results = new Map(run.results.map((result) => [result.check.id, result]));
  const { id, startedAt, durationMs, seed, interrupted, blocked, leftBehind, shard, profile } = run;
  return {
    schema: "gateproof.run/1",
    kit: kitVersion,
    catalogue: catalogueVersion(profile.id),
    run: {
      id,
      startedAt,
      durationMs,
      seed,
      profile: profile.id,
      interrupted,
      ...(blocked === undefined ? {} : { blocked }),
      ...(leftBehind && { leftBehind }),
      ...(shard && { shard }),
    },
    target: run.target,
    ...(implementation && { implementation }),
    failOn,
    command,
    configuration: run.configuration,
    setup: run.setup,
    checks: run.planned.map(({ check, section, level }) => {
      const { attempts = 0, durationMs: taken = 0 } = results.get(check.id) ?? {};
      return { id: check.id, section, level, attempts, durationMs: taken };
    }),
  };
}

/** A recorded check that this version of the kit does not have. */
export class UnknownCheckError extends Error {
  readonly code = "UNKNOWN_CHECK";
  constructor(id: string, kit: string) {
    super(`the run has a check ${id} that this version does not know; it was recorded by version ${kit}`);
  }
}

/**
 * The same run, every verdict found again from the evidence alone: no clock, no network, no target.
 * Throws {@link UnknownCheckError}.
 */
export function judgeAgain(
  recorded: RecordedRun,
  profile: Profile,
  evidenceOf: (checkId: string) => Evidence | undefined,
): Run {
  const known = new Map(plannedChecks(profile).map((planned) => [planned.check.id, planned]));
  const planned = recorded.checks.map(({ id, section, level }): Planned => {
    const found = known.get(id);
    if (found === undefined) throw new UnknownCheckError(id, recorded.kit);
    return { check: found.check, section, level };
  });
  const results = planned.flatMap((item, index): readonly CheckRun[] => {
    const { attempts = 0, durationMs = 0 } = recorded.checks[index] ?? {};
    const evidence = evidenceOf(item.check.id);
    if (evidence === undefined || attempts === 0) return [];
    return [{ ...item, evidence, attempts, durationMs, verdict: finalVerdict(item, evidence, attempts) }];
  });
  const { id, startedAt, durationMs, seed, interrupted, blocked, leftBehind, shard } = recorded.run;
  return {
    id,
    profile,
    target: recorded.target,
    configuration: recorded.configuration,
    startedAt,
    durationMs,
    seed,
    planned,
    results,
    setup: recorded.setup,
    ...(blocked === undefined ? {} : { blocked }),
    interrupted,
    ...(leftBehind && { leftBehind }),
    ...(shard && { shard }),
  };
}
