import { Worker } from "node:worker_threads";
import { faultsOf } from "../../mocks/catalogue.ts";
import type { FaultRow } from "../../mocks/core/rules.ts";
import type { Selftest } from "../../schemas/index.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { nullTargetsOf } from "./null-targets.ts";
import { type FaultResult, type TrialOptions, tryFault, tryHonest, tryNullTarget } from "./trial.ts";

export interface SelftestOptions {
  readonly profile: RunnableProfile;
  readonly seed: number;
  readonly full?: true;
  /** Faults tried side by side, each in a thread of its own. */
  readonly jobs: number;
  /** Ids of the faults to try; none: all. */
  readonly only?: readonly string[];
  readonly onProgress?: (done: number, of: number, last: string) => void;
}

/** What a worker thread is asked for, and what it says. */
export interface TrialMessage {
  readonly fault: string;
}

/**
 * Proves the kit on its own mock: the honest mock passes everything, targets that implement nothing pass nothing, and
 * every fault is found by exactly the checks that claim to find it, for the reason they claim.
 */
export async function selftest(options: SelftestOptions): Promise<Selftest> {
  const { seed, full, only = [] } = options;
  const trial: TrialOptions = { profile: options.profile, seed, ...(full && { full }) };
  const faults = faultsOf(options.profile).filter(({ id }) => only.length === 0 || only.includes(id));

  const honest = await tryHonest(trial);
  const nullResults = [];
  for (const target of nullTargetsOf(options.profile)) nullResults.push(await tryNullTarget(target, trial));
  const results = await tryAll(faults, trial, options);

  const proved = new Set(results.flatMap(({ killedBy }) => killedBy));
  const unprovenChecks =
    only.length > 0
      ? []
      : plannedChecks(await profiles[options.profile]())
          .map(({ check }) => check.id)
          .filter((id) => !proved.has(id));
  const ok =
    honest.notPass.length === 0 &&
    unprovenChecks.length === 0 &&
    results.every(({ verdict }) => verdict === "killed") &&
    nullResults.every(({ passes, exitCode }) => passes === 0 && exitCode === 3);
  return { honest, faults: results, nullTargets: nullResults, unprovenChecks, ok };
}

async function tryAll(
  faults: readonly FaultRow[],
  trial: TrialOptions,
  { jobs, profile, onProgress }: SelftestOptions,
): Promise<readonly FaultResult[]> {
  const results = new Map<string, FaultResult>();
  const queue = faults.values();
  const threads = jobs > 1 && faults.length > 1;
  const work = async () => {
    const thread = threads ? openThread({ profile, seed: trial.seed, full: trial.full === true }) : undefined;
    try {
      for (const fault of queue) {
        results.set(fault.id, await (thread === undefined ? tryFault(fault, trial) : thread.ask(fault.id)));
        onProgress?.(results.size, faults.length, fault.id);
      }
    } finally {
      await thread?.close();
    }
  };
  await Promise.all(Array.from({ length: threads ? jobs : 1 }, work));
  return faults.flatMap(({ id }) => results.get(id) ?? []);
}

/** What a thread is told when it starts. */
export interface ThreadData {
  readonly profile: RunnableProfile;
  readonly seed: number;
  readonly full: boolean;
}

function openThread(workerData: ThreadData) {
  // The build renames .ts to .js; a worker's file name is no import that it would rewrite.
  const file = import.meta.url.endsWith(".ts") ? "./thread.ts" : "./thread.js";
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  return {
    ask: (fault: string) =>
      new Promise<FaultResult>((resolve, reject) => {
        const settle = (outcome: () => void) => {
          worker.off("message", onMessage);
          worker.off("error", onError);
          outcome();
        };
        const onMessage = (result: FaultResult) => settle(() => resolve(result));
        const onError = (error: Error) => settle(() => reject(error));
        worker.on("message", onMessage);
        worker.on("error", onError);
        const message: TrialMessage = { fault };
        worker.postMessage(message);
      }),
    close: () => worker.terminate(),
  };
}
