import type { FaultRow } from "../../mocks/core/rules.ts";
import type { Selftest } from "../../schemas/index.ts";
import { overall } from "../../suites/engine/overall.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import type { CheckRun, Run } from "../../suites/engine/run.ts";
import { openEmbeddedTarget } from "../embedded.ts";
import type { NullTarget } from "./null-targets.ts";

export type FaultResult = Selftest["faults"][number];
export type NullResult = Selftest["nullTargets"][number];

/** How trials are made: the same seed for all, so that a self-test can be repeated. */
export interface TrialOptions {
  readonly profile: Profile;
  readonly seed: number;
  /** Every check against every fault, instead of the expected ones and those of the same requirements. */
  readonly full?: true;
}

/** Long enough for any honest answer on a busy machine, short enough for the faults that never answer. */
const timeoutMs = 3000;

/** The reference mock with one fault: which checks find it, and by which reason. */
export async function tryFault(fault: FaultRow, { profile, seed, full }: TrialOptions): Promise<FaultResult> {
  const expectedKillers = Object.keys(fault.kills);
  const target = await openEmbeddedTarget({
    seed,
    timeoutMs,
    faults: [fault.id],
    ...(fault.mount === "tls" ? { tls: true } : {}),
  });
  try {
    const only = full ? [] : [...new Set(expectedKillers.map((id) => id.split(".")[0] ?? id))];
    const run = await target.run({ seed, only });
    const found = run.results.filter(({ verdict }) => verdict.outcome === "fail" || verdict.outcome === "warn");
    const killedBy = found.filter((result) => fault.kills[result.check.id] === result.verdict.reasonCode).map(idOf);
    const broken = killedBy.length > 0 && killedBy.length < expectedKillers.length;
    return {
      id: fault.id,
      requirement: fault.requirement,
      profile: profile.id,
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

/** The honest mock: what does not pass there is a false alarm. What needs TLS is judged over TLS. */
export async function tryHonest({ profile, seed }: TrialOptions): Promise<Selftest["honest"]> {
  const plain = await honestRun(seed, []);
  const skipped = plain.results.filter(({ verdict }) => verdict.outcome === "not-applicable").map(idOf);
  const overTls = skipped.length === 0 ? [] : (await honestRun(seed, skipped, true)).results;
  const settled = [...plain.results.filter((result) => !skipped.includes(idOf(result))), ...overTls];
  const notPass = settled.filter(({ verdict }) => verdict.outcome !== "pass").map(idOf);
  return { profile: profile.id, checks: settled.length, notPass };
}

async function honestRun(seed: number, only: readonly string[], tls?: true): Promise<Run> {
  const target = await openEmbeddedTarget({ seed, timeoutMs, ...(tls && { tls }) });
  try {
    return await target.run({ seed, only });
  } finally {
    await target.close();
  }
}

/** A target that implements nothing: no check may pass, and the run must say "not testable". */
export async function tryNullTarget(nullTarget: NullTarget, { profile, seed }: TrialOptions): Promise<NullResult> {
  const [embedded, target] = await Promise.all([openEmbeddedTarget({ seed, timeoutMs }), nullTarget.open()]);
  try {
    const started = performance.now();
    const settings = {
      ...embedded.settings,
      target: { ...embedded.settings.target, url: target.url },
      timeoutMs: 1000,
    };
    const run = await profile.run({ settings, seed });
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
