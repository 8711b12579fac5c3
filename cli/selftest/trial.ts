import { availableParallelism } from "node:os";
import type { FaultRow, Mount } from "../../mocks/core/rules.ts";
import type { Selftest } from "../../schemas/index.ts";
import { overall } from "../../suites/engine/overall.ts";
import type { CheckRun } from "../../suites/engine/run.ts";
import { profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { openEmbeddedTarget, otherMounts } from "../embedded/index.ts";
import { startThread } from "../embedded/own-thread.ts";
import type { NullTarget } from "./null-targets.ts";

export type FaultResult = Selftest["faults"][number];
export type NullResult = Selftest["nullTargets"][number];

/** How trials are made: the same seed for all, so that a self-test can be repeated. */
export interface TrialOptions {
  readonly profile: RunnableProfile;
  readonly seed: number;
  /** Every check against every fault, instead of the expected ones and those of the same requirements. */
  readonly full?: true;
}

/** Long enough for any honest answer on a busy machine, short enough for the faults that never answer. */
const timeoutMs = 3000;

/** The reference mock with one fault: which checks find it, and by which reason. */
export async function tryFault(fault: FaultRow, { profile, seed, full }: TrialOptions): Promise<FaultResult> {
  const expectedKillers = Object.keys(fault.kills);
  const { mount } = fault;
  const target = await openEmbeddedTarget(profile, { seed, timeoutMs, faults: [fault.id], ...(mount && { mount }) });
  try {
    const only = full ? [] : [...new Set(expectedKillers.map((id) => id.split(".")[0] ?? id))];
    const run = await target.run({ seed, only });
    const found = run.results.filter(({ verdict }) => verdict.outcome === "fail" || verdict.outcome === "warn");
    const killedBy = found.filter((result) => fault.kills[result.check.id] === result.verdict.reasonCode).map(idOf);
    const broken = killedBy.length > 0 && killedBy.length < expectedKillers.length;
    return {
      id: fault.id,
      requirement: fault.requirement,
      profile,
      killedBy,
      expectedKillers,
      alsoFailed: found.map(idOf).filter((id) => !killedBy.includes(id)),
      verdict: broken ? "broken" : killedBy.length === 0 ? "survived" : "killed",
    };
  } finally {
    await target.close();
  }
}

const idOf = ({ check }: CheckRun) => check.id;

/**
 * The honest mock: what does not pass there is a false alarm. What does not apply to the default way of serving it must
 * pass in another one.
 */
export async function tryHonest({ profile, seed }: TrialOptions): Promise<Selftest["honest"]> {
  const settled = new Map((await honestRun({ profile, seed })).map((result) => [idOf(result), result]));
  for (const [mount, which] of entriesOf(otherMounts[profile])) {
    const skipped = [...settled.values()].filter(({ verdict }) => verdict.outcome === "not-applicable").map(idOf);
    if (which === "not-applicable" && skipped.length === 0) continue;
    const only = { every: [], "not-applicable": skipped };
    const results = await honestRun({ profile, seed, mount, only: typeof which === "string" ? only[which] : which });
    for (const result of results) settled.set(idOf(result), moreTelling(settled.get(idOf(result)), result));
  }
  const notPass = [...settled.values()].filter(({ verdict }) => verdict.outcome !== "pass").map(idOf);
  return { profile, checks: settled.size, notPass };
}

/** "Not applicable" says nothing of a check, and whatever else is no pass says most. */
function moreTelling(known: CheckRun | undefined, fresh: CheckRun): CheckRun {
  if (known === undefined || known.verdict.outcome === "not-applicable") return fresh;
  return known.verdict.outcome === "pass" && fresh.verdict.outcome !== "not-applicable" ? fresh : known;
}

function entriesOf<Key extends string, Value>(record: Partial<Record<Key, Value>>): readonly (readonly [Key, Value])[];
function entriesOf(record: object): readonly (readonly [string, unknown])[] {
  return Object.entries(record);
}

interface HonestRun extends Pick<TrialOptions, "profile" | "seed"> {
  readonly mount?: Mount;
  readonly only?: readonly string[];
}

async function honestRun({ profile, seed, mount, only = [] }: HonestRun): Promise<readonly CheckRun[]> {
  // As `run` serves it: where there are two cores, in a thread of its own.
  const served = availableParallelism() > 1 ? { ownThread: startThread(profile) } : {};
  const target = await openEmbeddedTarget(profile, { seed, timeoutMs, ...served, ...(mount && { mount }) });
  try {
    return (await target.run({ seed, only })).results;
  } finally {
    await target.close();
  }
}

/** A target that implements nothing: no check may pass, and the run must say "not testable". */
export async function tryNullTarget(nullTarget: NullTarget, { profile, seed }: TrialOptions): Promise<NullResult> {
  const [embedded, target] = await Promise.all([openEmbeddedTarget(profile, { seed, timeoutMs }), nullTarget.open()]);
  try {
    const started = performance.now();
    const settings = {
      ...embedded.settings,
      target: { ...embedded.settings.target, url: target.url },
      timeoutMs: 1000,
    };
    const run = await (await profiles[profile]()).run({ settings, seed });
    const judged = run.results.map(({ verdict, level }) => ({ ...verdict, level }));
    return {
      name: nullTarget.name,
      passes: judged.filter(({ outcome }) => outcome === "pass").length,
      exitCode: overall(judged, { failOn: "must", interrupted: false }).exitCode,
      ms: Math.round(performance.now() - started),
    };
  } finally {
    await Promise.all([embedded.close(), target.close()]);
  }
}
