import { abortion } from "./abortion.ts";
import type { Cause } from "./evidence.ts";
import { type Need, unmetNeed } from "./needs.ts";
import { createRecorder } from "./recorder.ts";
import type { RunRequest } from "./run.ts";
import { notTested, type Stopped } from "./stop.ts";
import type { Kit } from "./world.ts";

/** What one step of the doctor found. */
export interface Diagnosis {
  /** Stable name of the step, for example `tls`. */
  readonly step: string;
  /** `skipped`: nothing configured to look at, or what it needs failed before. */
  readonly state: "ok" | "warning" | "error" | "skipped";
  readonly what: string;
  /** Whose matter it is; null when nothing is wrong. */
  readonly whose: Cause | null;
  /** What to change, and where; empty when there is nothing to. */
  readonly mend: string;
}

/** One thing that the doctor looks at, beyond the network: it drives the target as a check would. */
export interface DoctorStep<World> {
  readonly step: string;
  /** What is looked for, for a reader who waits. */
  readonly title: string;
  /** What the configuration must offer; without it the step is skipped. */
  readonly needs?: readonly Need[];
  /** Steps without which this one shows nothing. */
  readonly after?: readonly string[];
  /** Gives what was seen in words. Throws Stopped for what is wrong, with its owner and how to mend it. */
  readonly look: (world: World) => Promise<string>;
  /** Something is wrong that spoils single checks only. */
  readonly mild?: true;
}

/** A problem as a step of the doctor reports it. */
export function problem(cause: Cause, what: string, mend: string): Stopped {
  return notTested("set-up", what, { cause, mend });
}

interface Examination<World> {
  readonly steps: readonly DoctorStep<World>[];
  readonly kit: Kit<World>;
  readonly request: Pick<RunRequest, "settings" | "signal">;
  readonly seed: number;
  /** Steps that failed before these began. */
  readonly failed?: readonly string[];
  readonly onDiagnosis: (diagnosis: Diagnosis) => void;
}

/** Goes through the steps one by one, each in a world of its own. Never throws for what a target does. */
export async function examine<World>(examination: Examination<World>): Promise<readonly Diagnosis[]> {
  const { steps, kit, request, seed, onDiagnosis } = examination;
  const failed = new Set(examination.failed ?? []);
  const found: Diagnosis[] = [];
  for (const step of steps) {
    if (request.signal?.aborted) break;
    const diagnosis = await diagnose(step);
    const spoiled = step.after?.some((before) => failed.has(before)) ?? false;
    if (diagnosis.state === "error" || spoiled) failed.add(step.step);
    found.push(diagnosis);
    onDiagnosis(diagnosis);
  }
  return found;

  async function diagnose(step: DoctorStep<World>): Promise<Diagnosis> {
    const missing = step.after?.find((before) => failed.has(before));
    if (missing !== undefined) return skipped(step, `not looked at, since "${missing}" did not succeed`, "");
    const unmet = unmetNeed(step.needs ?? [], request.settings);
    if (unmet !== undefined) return skipped(step, unmet.message, unmet.mend ?? "");
    const recorder = createRecorder(kit);
    const generation = { seed, runs: 1 };
    const world = kit.world({ checkId: `doctor.${step.step}`, recorder, generation, refusalsOfRun: () => [] });
    const interruption = abortion(request.signal);
    try {
      const seen = await Promise.race([step.look(world), interruption.happened]);
      if (seen === undefined) return skipped(step, "interrupted", "");
      return { step: step.step, state: "ok", what: seen, whose: null, mend: "" };
    } catch (error) {
      const { stopped } = recorder.finish(error);
      return {
        step: step.step,
        state: step.mild ? "warning" : "error",
        what: stopped?.message ?? String(error),
        whose: stopped?.cause ?? "target",
        mend: stopped?.mend ?? "",
      };
    } finally {
      interruption.forget();
      await kit.finished?.(world);
    }
  }
}

function skipped({ step }: { readonly step: string }, what: string, mend: string): Diagnosis {
  return { step, state: "skipped", what, whose: null, mend };
}
