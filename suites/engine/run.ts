import { randomUUID } from "node:crypto";
import type { LeftBehind } from "../drivers/leavings.ts";
import { examineNetwork } from "../drivers/network.ts";
import type { Settings } from "../drivers/settings.ts";
import { abortion } from "./abortion.ts";
import { type Section, unsafeTraits } from "./check.ts";
import type { Evidence, Exchange } from "./evidence.ts";
import { allHeard } from "./heard.ts";
import { unmetNeed } from "./needs.ts";
import { inParallel, phases } from "./phases.ts";
import { type Planned, plan, type Shard, shardOf } from "./plan.ts";
import { blocked, type Preflight, type SetupFinding } from "./preflight.ts";
import type { Profile } from "./profile.ts";
import { createRateGate } from "./rate-gate.ts";
import { createRecorder, sated } from "./recorder.ts";
import { redactSettings } from "./redact-settings.ts";
import { notTested, Stopped } from "./stop.ts";
import { allExchanges, allFrames, brokeOff, finalVerdict, mayHaveRepeated, type Verdict } from "./verdict.ts";
import type { Kit } from "./world.ts";

/** What is to be judged, and how. */
export interface RunRequest {
  readonly settings: Settings;
  /** Sections, requirements or checks; none: all. */
  readonly only?: readonly string[];
  readonly level?: "must" | "should" | "may";
  /** Judge this part of the checks only. */
  readonly shard?: Shard;
  /** Checks driven side by side. */
  readonly jobs?: number;
  /** For the whole run, seconds. */
  readonly deadlineS?: number;
  readonly seed?: number;
  /** Inputs per property. */
  readonly runs?: number;
  /** The counterexample of a property to start from. */
  readonly path?: string;
  /** Of a model check: which commands of that counterexample to run. */
  readonly replayPath?: string;
  /** Leave out what is destructive or bursty. */
  readonly safe?: true;
  /** Take back what the run made at the target, as far as the target lets it. */
  readonly cleanUp?: true;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** The part of a profile that a run needs. */
interface Judging<World> {
  readonly profile: Profile;
  readonly sections: readonly Section<World>[];
  readonly contact: (world: World) => Promise<Preflight>;
}

export type RunEvent =
  | { readonly type: "planned"; readonly checks: number }
  | { readonly type: "setup"; readonly finding: SetupFinding }
  | { readonly type: "judged"; readonly result: CheckRun; readonly done: number; readonly of: number };

/** One check, driven and judged. */
export interface CheckRun extends Planned {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly attempts: number;
  readonly durationMs: number;
}

/** A run, before it becomes a report. */
export interface Run {
  readonly id: string;
  readonly profile: Profile;
  readonly target: {
    readonly url: string;
    /** Names of the configured headers. */
    readonly headers: readonly string[];
  };
  /** The settings, secrets replaced. */
  readonly configuration: unknown;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly seed: number;
  /** The whole plan, also where a shard of it was judged. */
  readonly planned: readonly Planned[];
  readonly shard?: Shard;
  readonly results: readonly CheckRun[];
  readonly setup: readonly SetupFinding[];
  readonly blocked?: string;
  readonly interrupted: boolean;
  /** What the run made at the target and could not take back; known where it was asked to clean up. */
  readonly leftBehind?: LeftBehind;
}

/** A drive may take this long before it is given up, however many exchanges it makes. */
const checkDeadlineMs = 120_000;
/** A target that cannot be judged is named within ten seconds; a longer --timeout is a wish for more patience. */
const contactMs = 8000;
const usualTimeoutMs = 10_000;
/** So many transport failures in a row, and the target counts as gone. */
const goneAfter = 6;
/** So many bytes of evidence beyond what was asked for are kept of a whole run; then the target is asked no more. */
const mostSurplus = 12 * 1024 * 1024;

/** Judges a target with open drivers. Never throws for what a target does; throws UnknownAddressError. */
export async function runChecks<World>(
  { profile, sections, contact: firstContact }: Judging<World>,
  kit: Kit<World>,
  options: RunRequest,
): Promise<Run> {
  const { settings, only = [], level = "may", jobs = 8, deadlineS = 600, runs = 25 } = options;
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const whole = plan({ id: profile.id, sections }, only, level);
  const planned = options.shard === undefined ? whole : shardOf(whole, options.shard);
  options.onEvent?.({ type: "planned", checks: planned.length });
  const started = performance.now();
  const startedAt = Date.now();
  const results = new Map<string, CheckRun>();
  const refusals: Exchange[] = [];
  const deadline = started + deadlineS * 1000;
  const gate = createRateGate();
  let lost = 0;
  let contact: Preflight = { findings: [] };
  let leftBehind: LeftBehind | undefined;
  let surplus = 0;

  const worldOf = (checkId: string) => {
    const recorder = createRecorder(kit);
    const generation = {
      seed: seedOf(seed, checkId),
      runs,
      ...(options.path === undefined ? {} : { path: options.path }),
      ...(options.replayPath === undefined ? {} : { replayPath: options.replayPath }),
    };
    return { recorder, world: kit.world({ checkId, recorder, generation, refusalsOfRun: () => refusals }) };
  };

  const obstacle = ({ check }: Planned<World>): Stopped | undefined => {
    const { blocked } = contact;
    if (blocked !== undefined) {
      const { what, mend, whose } = blocked.finding;
      return notTested(blocked.reasonCode, what, { cause: whose, mend });
    }
    const unmet = unmetNeed(check.needs, settings);
    if (unmet !== undefined) return new Stopped(unmet);
    if (options.safe && check.traits.some((trait) => unsafeTraits.includes(trait))) {
      return notTested("safe-mode", "left out by --safe: it floods the target or moves its clock", {
        mend: "run without --safe",
      });
    }
    if (surplus > mostSurplus) return sated();
    if (performance.now() > deadline) return pastDeadline(deadlineS);
    if (lost >= goneAfter) {
      return notTested("target-gone", `the target stopped answering: ${goneAfter} checks in a row had no connection`, {
        cause: "environment",
        mend: "see whether the target crashed or blocks this machine",
      });
    }
    return undefined;
  };

  const drive = async (item: Planned<World>): Promise<Evidence> => {
    const { recorder, world } = worldOf(item.check.id);
    const stop = obstacle(item);
    if (stop !== undefined) return recorder.finish(stop);
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_, reject) => {
      const left = Math.max(0, deadline - performance.now());
      const late =
        left < checkDeadlineMs
          ? pastDeadline(deadlineS)
          : notTested("check-deadline", `the check was given up after ${checkDeadlineMs / 1000} s`, {
              mend: "see whether the target hangs",
            });
      timer = setTimeout(() => reject(late), Math.min(checkDeadlineMs, left));
    });
    return Promise.race([item.check.drive(world), limit])
      .finally(allHeard)
      .then(
        () => recorder.finish(),
        (error: unknown) => recorder.finish(error),
      )
      .finally(async () => {
        clearTimeout(timer);
        surplus += recorder.appetite.surplus;
        await kit.finished?.(world);
      });
  };

  const judge = async (item: Planned<World>) => {
    await gate.open();
    if (options.signal?.aborted) return;
    const begin = performance.now();
    let evidence = await drive(item);
    let attempts = 1;
    const isUnsure = brokeOff(evidence) || mayHaveRepeated(evidence, finalVerdict(item, evidence, attempts));
    if (isUnsure && contact.blocked === undefined && lost < goneAfter) {
      attempts = 2;
      evidence = await drive(item);
    }
    // Who floods the target on purpose knows what comes of it.
    if (!item.check.traits.includes("bursty")) gate.saw(evidence);
    refusals.push(
      ...allExchanges(evidence).filter(({ to, response }) => to === "target" && (response?.status ?? 0) >= 400),
    );
    const verdict = finalVerdict(item, evidence, attempts);
    if (brokeOff(evidence) || verdict.reasonCode === "transport") lost += 1;
    else if (answered(evidence)) lost = 0;
    const result = { ...item, evidence, verdict, attempts, durationMs: performance.now() - begin };
    if (options.signal?.aborted) return;
    results.set(item.check.id, result);
    options.onEvent?.({ type: "judged", result, done: results.size, of: planned.length });
  };

  const everything = async () => {
    const { world } = worldOf("preflight");
    contact = (await wayBlocked(settings)) ?? (await inTime(firstContact(world).catch(blockedBy), settings));
    await kit.finished?.(world);
    for (const finding of contact.findings) options.onEvent?.({ type: "setup", finding });
    const { together, waiting, alone, apart, last } = phases(planned, settings);
    // What really waits costs nothing meanwhile: all of it together takes little more than the longest wait.
    await Promise.all([inParallel(waiting, waiting.length, judge), inParallel(together, jobs, judge)]);
    await inParallel(alone, 1, judge);
    await inParallel(apart, 1, judge);
    await inParallel(last, 1, judge);
    if (options.cleanUp) leftBehind = await kit.cleanUp?.();
  };
  const interruption = abortion(options.signal);
  await Promise.race([everything(), interruption.happened]).finally(interruption.forget);
  return {
    id: randomUUID(),
    profile,
    target: { url: settings.target.url, headers: Object.keys(settings.target.headers) },
    configuration: redactSettings(settings, kit.redactor),
    startedAt,
    durationMs: performance.now() - started,
    seed,
    planned: whole,
    ...(options.shard && { shard: options.shard }),
    results: planned.flatMap(({ check }) => results.get(check.id) ?? []),
    setup: contact.findings,
    ...(contact.blocked === undefined ? {} : { blocked: contact.blocked.finding.what }),
    interrupted: options.signal?.aborted ?? false,
    ...(leftBehind && { leftBehind }),
  };
}

/** What makes the target unreachable before a single request; undefined when the way is free. */
async function wayBlocked(settings: Settings): Promise<Preflight | undefined> {
  const broken = (await examineNetwork(settings)).find(({ state }) => state === "error");
  if (broken === undefined) return undefined;
  const { what, mend, whose } = broken;
  return blocked("target-unreachable", { severity: "error", whose: whose ?? "environment", what, mend });
}

/** What stops the first contact stops every check. */
function blockedBy(error: unknown): Preflight {
  if (!(error instanceof Stopped)) throw error;
  const { reasonCode, message, cause, mend = "" } = error.stop;
  return blocked(reasonCode, { severity: "error", whose: cause ?? "target", what: message, mend });
}

/** The first contact, given up early: a target that hangs is named as such at once, unless more patience is asked for. */
async function inTime(contact: Promise<Preflight>, { timeoutMs, target }: Settings): Promise<Preflight> {
  const patience = Math.max(contactMs, timeoutMs > usualTimeoutMs ? timeoutMs * 2 : 0);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Preflight>((resolve) => {
    timer = setTimeout(() => {
      const what = `${target.url} takes connections and did not answer the first requests within ${patience / 1000} s`;
      const mend = "look at the target, or raise --timeout";
      resolve(blocked("target-unreachable", { severity: "error", whose: "environment", what, mend }));
    }, patience);
  });
  return Promise.race([contact, late]).finally(() => clearTimeout(timer));
}

function pastDeadline(deadlineS: number): Stopped {
  return notTested("deadline", `the run's deadline of ${deadlineS} s passed`, { mend: "raise --deadline" });
}

/** The target said something; a check that never asked it shows nothing of it. */
function answered(evidence: Evidence): boolean {
  return (
    allExchanges(evidence).some(({ to, response }) => to === "target" && response !== null) ||
    allFrames(evidence).some(({ from }) => from === "target")
  );
}

/** Each check has a seed of its own, so that a check run alone generates what it generated among the others. */
function seedOf(seed: number, checkId: string): number {
  let hash = seed;
  for (const character of checkId) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return hash;
}
