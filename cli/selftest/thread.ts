import { parentPort, workerData } from "node:worker_threads";
import { faultsOf } from "../../mocks/faults-of.ts";
import type { ThreadData, TrialAnswer, TrialMessage } from "./selftest.ts";
import { type TrialOptions, tryFault } from "./trial.ts";

const data: ThreadData = workerData;
const trial: TrialOptions = { profile: data.profile, seed: data.seed, ...(data.full ? { full: true } : {}) };

const answered = async (id: string): Promise<TrialAnswer> => {
  const fault = (await faultsOf(data.profile)).find((row) => row.id === id);
  if (fault === undefined) return { fault: id, error: `no fault is called ${id}` };
  try {
    return { fault: id, result: await tryFault(fault, trial) };
  } catch (error) {
    return { fault: id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on("message", async ({ fault }: TrialMessage) => {
  parentPort?.postMessage(await answered(fault));
});
