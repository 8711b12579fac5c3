import { parentPort, workerData } from "node:worker_threads";
import { faultsOf } from "../../mocks/catalogue.ts";
import type { ThreadData, TrialMessage } from "./selftest.ts";
import { type TrialOptions, tryFault } from "./trial.ts";

const data: ThreadData = workerData;
const trial: TrialOptions = { profile: data.profile, seed: data.seed, ...(data.full ? { full: true } : {}) };

parentPort?.on("message", async ({ fault: id }: TrialMessage) => {
  const fault = faultsOf(data.profile).find((row) => row.id === id);
  if (fault === undefined) throw new Error(`no fault is called ${id}`);
  parentPort?.postMessage(await tryFault(fault, trial));
});
