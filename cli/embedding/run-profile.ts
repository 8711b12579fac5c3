import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import type { CheckResult, Config, Report } from "../../schemas/index.ts";
import type { FailOn } from "../../suites/engine/overall.ts";
import type { SetupFinding } from "../../suites/engine/preflight.ts";
import type { RunEvent as EngineEvent } from "../../suites/engine/run.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import { type LoadedSettings, loadSettings, settingsOfObject } from "../config.ts";
import { CliError } from "../exit.ts";
import { judgeProfile } from "../run/judge-profile.ts";
import { assertWritable, writeReports } from "../run/report-files.ts";
import { loadWanted } from "../run/wanted.ts";

/** What is judged: exactly one of the three, said in so many words, so that an unset variable is no green run. */
export interface WhatIsJudged {
  /** Base URL of the target; beats the configuration's. */
  readonly target?: string | undefined;
  /** A configuration: what stands in gateproof.config.yaml, or the path of such a file. */
  readonly config?: string | Config | undefined;
  /** The reference mock of the profile, with these faults. */
  readonly embedded?: true | { readonly faults?: readonly string[] } | undefined;
}

/** How it is judged; the defaults are those of `gateproof run`. */
export interface HowItIsJudged {
  /** Sections, requirements or checks; none: all. */
  readonly only?: readonly string[];
  /** Judge down to this level. */
  readonly level?: "must" | "should" | "may";
  /** What makes the exit code of the verdict 1. */
  readonly failOn?: FailOn;
  readonly seed?: number;
  /** Inputs for each property. */
  readonly runs?: number;
  /** Checks side by side. */
  readonly jobs?: number;
  /** For one exchange, milliseconds. */
  readonly timeoutMs?: number;
  /** For the whole run, seconds. */
  readonly deadlineS?: number;
  /** Leave out what floods the target or moves its clock. */
  readonly safe?: boolean;
  /** Also checks that wait for real time. */
  readonly slow?: boolean;
  /** Path of PEM certificates to trust for the target besides the system's. */
  readonly ca?: string;
  /** Where relative paths start; default: the working directory. */
  readonly cwd?: string;
  /** What `${env:NAME}` in a configuration reads; default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions extends WhatIsJudged, HowItIsJudged {
  /** Path of a bundle to write: the run with all its evidence, which can be judged again. */
  readonly bundle?: string;
  /** Ends the run early; the report is then of what was judged by then. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** What a run says while it runs, in this order: once `planned`, the set-up's findings, each check. */
export type RunEvent =
  | { readonly type: "planned"; readonly checks: number }
  | { readonly type: "setup"; readonly finding: SetupFinding }
  | {
      readonly type: "judged";
      readonly check: Pick<
        CheckResult,
        "id" | "requirement" | "level" | "section" | "title" | "outcome" | "reasonCode" | "expected" | "actual"
      >;
      readonly done: number;
      readonly of: number;
    };

/**
 * Judges a target by a profile and gives the report; what is wrong with the target is in it and is never thrown. Throws
 * CliError, with a stable `code` and with `mend`, for what is wrong with the options or the configuration, and
 * UnknownFaultError.
 */
export async function runProfile(profile: RunnableProfile, options: RunOptions): Promise<Report> {
  const { embedded, only = [], level = "may", cwd = process.cwd(), onEvent } = options;
  const loaded = await loadedFrom(options);
  const [wanted] = await loadWanted({ profiles: [profile], addresses: only }, level);
  if (wanted === undefined) throw new Error("a profile was asked for and not loaded");
  const bundle =
    options.bundle === undefined
      ? []
      : [{ kind: "bundle", path: resolve(cwd, options.bundle), flag: "bundle" } as const];
  await assertWritable(bundle);
  const judged = await judgeProfile(flagsOf(options), {
    ...wanted,
    seed: options.seed ?? randomInt(2 ** 31),
    loaded,
    ...(typeof embedded === "object" && embedded.faults && { faults: embedded.faults }),
    progress: { onEvent: (event) => onEvent?.(told(event)), end: () => {} },
    interruption: { signal: options.signal ?? new AbortController().signal },
  });
  await writeReports(bundle, judged);
  return judged.report;
}

/** The target's settings; undefined: the embedded mock. */
async function loadedFrom(options: RunOptions): Promise<LoadedSettings | undefined> {
  const { target, config, embedded, cwd = process.cwd(), env = process.env, timeoutMs: timeout, ca } = options;
  if (embedded !== undefined) {
    if (target === undefined && config === undefined) return undefined;
    throw new CliError({
      code: "TWO_TARGETS",
      message: "embedded judges the reference mock, and a target or configuration is given besides",
      mend: "leave out one of them",
    });
  }
  if (target === undefined && config === undefined) {
    throw new CliError({
      code: "NO_TARGET",
      message: "nothing is said of what is to be judged",
      mend: "give target or config, or embedded: true for the reference mock",
    });
  }
  const flags = { target, timeout, ca };
  if (typeof config === "string") return loadSettings({ ...flags, config }, { cwd, env });
  return settingsOfObject(config ?? {}, flags, { cwd, env });
}

function flagsOf(options: RunOptions): Parameters<typeof judgeProfile>[0] {
  const { target, config, timeoutMs, level, jobs, deadlineS, runs, safe, slow, failOn, ca } = options;
  return {
    ...(target !== undefined && { target }),
    ...(typeof config === "string" && { config }),
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
    ...(level && { level }),
    ...(jobs !== undefined && { jobs }),
    ...(deadlineS !== undefined && { deadline: deadlineS }),
    ...(runs !== undefined && { runs }),
    ...(safe !== undefined && { safe }),
    ...(slow !== undefined && { slow }),
    ...(failOn && { "fail-on": failOn }),
    ...(ca !== undefined && { ca }),
  };
}

function told(event: EngineEvent): RunEvent {
  if (event.type !== "judged") return event;
  const { result, done, of } = event;
  const { check, section, level, verdict } = result;
  const { outcome, reasonCode, expected, actual } = verdict;
  const { id, requirement, title } = check;
  return {
    type: "judged",
    check: { id, requirement, level, section, title, outcome, reasonCode, expected, actual },
    done,
    of,
  };
}
