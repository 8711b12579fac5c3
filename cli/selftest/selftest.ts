import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { FaultRow } from "../../mocks/core/rules.ts";
import { faultsOf } from "../../mocks/faults-of.ts";
import type { Selftest } from "../../schemas/index.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { profiles, type RunnableProfile } from "../../suites/profiles/index.ts";
import { nullTargetsOf } from "./null-targets.ts";
import { type FaultResult, type TrialOptions, tryFault, tryHonest, tryNullTarget } from "./trial.ts";

export interface SelftestOptions {
  readonly profile: RunnableProfile;
  readonly seed: number;
  readonly full?: true;
  /** Faults tried side by side, in threads of their own where there is more than one; each thread tries several, since most of them wait. */
  readonly jobs: number;
  /** Ids of the faults to try; none: all. */
  readonly only?: readonly string[];
  readonly onProgress?: (done: number, of: number, last: string) => void;
}

/** What a worker thread is asked for. */
export interface TrialMessage {
  readonly fault: string;
}

/** What a worker thread says, when it has tried a fault or could not. */
export interface TrialAnswer {
  readonly fault: string;
  readonly result?: FaultResult;
  readonly error?: string;
}

/**
 * Proves the kit on its own mock: the honest mock passes everything, targets that implement nothing pass nothing, and
 * every fault is found by exactly the checks that claim to find it, for the reason they claim.
 */
export async function selftest(options: SelftestOptions): Promise<Selftest> {
  const { seed, full, only = [] } = options;
  const trial: TrialOptions = { profile: options.profile, seed, ...(full && { full }) };
  const faults = (await faultsOf(options.profile)).filter(({ id }) => only.length === 0 || only.includes(id));

  const honest = await tryHonest(trial);
  const nullResults = await Promise.all(nullTargetsOf(options.profile).map((target) => tryNullTarget(target, trial)));
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
  const width = Math.min(jobs, faults.length);
  const threads =
    width > 1
      ? Array.from({ length: Math.min(width, availableParallelism()) }, () =>
          openThread({ profile, seed: trial.seed, full: trial.full === true }),
        )
      : [];
  const work = async (index: number) => {
    const thread = threads[index % threads.length];
    for (const fault of queue) {
      results.set(fault.id, await (thread === undefined ? tryFault(fault, trial) : thread.ask(fault.id)));
      onProgress?.(results.size, faults.length, fault.id);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(width, 1) }, (_, index) => work(index)));
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
  }
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
  const asked = new Map<string, { resolve(result: FaultResult): void; reject(error: Error): void }>();
  worker.on("message", ({ fault, result, error }: TrialAnswer) => {
    const one = asked.get(fault);
    asked.delete(fault);
    if (result === undefined) one?.reject(new Error(error));
    else one?.resolve(result);
  });
  worker.on("error", (error) => {
    for (const { reject } of asked.values()) reject(error);
    asked.clear();
  });
  return {
    ask: (fault: string) =>
      new Promise<FaultResult>((resolve, reject) => {
        asked.set(fault, { resolve, reject });
        const message: TrialMessage = { fault };
        worker.postMessage(message);
      }),
    close: () => worker.terminate(),
  };
}
