import type { Worker } from "node:worker_threads";
import type { Mount } from "../../mocks/core/rules.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import type { Diagnosis } from "../../suites/engine/diagnosis.ts";
import type { Json } from "../../suites/engine/json.ts";
import type { DrivenProfile, ExamineRequest } from "../../suites/engine/profile.ts";
import type { Run, RunRequest } from "../../suites/engine/run.ts";
import type { Kit } from "../../suites/engine/world.ts";

/** A reference mock as a target, with the kit's drivers connected to it. */
export interface ConnectedTarget<Drivers = unknown> {
  readonly settings: Settings;
  readonly kit: Drivers;
  /** What the mock was told to do wrong. */
  faultLog?(): Readonly<Record<string, Json>>;
  /** Looks at the set-up, without a verdict. */
  examine(request: Omit<ExamineRequest, "settings">): Promise<readonly Diagnosis[]>;
  /** Judges it. */
  run(request: Omit<RunRequest, "settings"> & Partial<Pick<RunRequest, "settings">>): Promise<Run>;
}

export interface EmbeddedOptions {
  readonly seed: number;
  /** Ids of faults of the mock. */
  readonly faults?: readonly string[];
  /** Served in another way than by default (`tls`: with an authority that the kit is told to trust). */
  readonly mount?: Mount;
  /** Per exchange, milliseconds. */
  readonly timeoutMs?: number;
  /** The mock in a thread of its own, which was started for it; faults and mounts are the same. */
  readonly ownThread?: Worker;
}

/** Connects a profile with drivers that are open already. */
export function embedded<World, Drivers extends Kit<World>>(
  profile: DrivenProfile<World>,
  kit: Drivers,
  settings: Settings,
): ConnectedTarget<Drivers> {
  return {
    settings,
    kit,
    examine: (request) => profile.examineWith(kit, { settings, ...request }),
    run: (request) => profile.runWith(kit, { settings, ...request }),
  };
}
