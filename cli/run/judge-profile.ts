import type { Worker } from "node:worker_threads";
import { provenBy } from "../../mocks/faults-of.ts";
import type { Implementation } from "../../schemas/index.ts";
import type { Shard } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { buildReport, type ReportContext } from "../../suites/engine/report.ts";
import type { RunRequest } from "../../suites/engine/run.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import { type KnownFindings, overBaseline } from "../baseline/read-baseline.ts";
import { evidenceOfRun } from "../bundle/evidence-of-run.ts";
import type { BundleParts } from "../bundle/write-bundle.ts";
import type { RunFlags } from "../commands/run.ts";
import type { LoadedSettings } from "../config.ts";
import { kitVersion } from "../version.ts";
import { commandLine } from "./command-line.ts";
import { withProviders } from "./detect-providers.ts";
import { readFaultLog } from "./fault-log.ts";
import { assertFitting } from "./fitting.ts";
import type { Interruption } from "./interruption.ts";
import type { Progress } from "./progress.ts";
import type { Judged } from "./report-files.ts";

/** The flags that say how a target is judged. */
export type JudgingFlags = Partial<
  Pick<
    RunFlags,
    | "timeout"
    | "level"
    | "jobs"
    | "deadline"
    | "runs"
    | "safe"
    | "slow"
    | "fail-on"
    | "target"
    | "config"
    | "header-file"
    | "ca"
    | "insecure"
    | "baseline"
    | "shard"
  >
>;

/** What one profile is judged with. */
export interface Judgement {
  readonly id: RunnableProfile;
  readonly profile: Profile;
  readonly only: readonly string[];
  readonly seed: number;
  /** Of a recorded counterexample (`gateproof replay`). */
  readonly path?: string;
  readonly replayPath?: string;
  readonly shard?: Shard;
  /** Known findings, and the path they were read from. */
  readonly baseline?: KnownFindings;
  /** Undefined: the embedded mock. */
  readonly loaded: LoadedSettings | undefined;
  /** Of the embedded mock. */
  readonly faults?: readonly string[];
  /** The embedded mock in a thread of its own, which was started for it. */
  readonly ownThread?: Worker;
  readonly progress: Progress;
  readonly interruption: Pick<Interruption, "signal">;
}

/** Judges one profile of a target, or of the embedded mock. */
export async function judgeProfile(
  flags: JudgingFlags,
  {
    id,
    profile,
    only,
    seed,
    path,
    replayPath,
    shard,
    baseline,
    loaded,
    faults,
    ownThread,
    progress,
    interruption,
  }: Judgement,
): Promise<Judged> {
  if (loaded !== undefined) assertFitting(id, loaded);
  const version = kitVersion();
  // What proves the checks is loaded while the embedded mock opens.
  const proofs = provenBy(id);
  const embedded =
    loaded === undefined ? await openEmbedded(id, { seed, timeoutMs: flags.timeout, faults, ownThread }) : undefined;
  const target = loaded ?? embedded;
  if (target === undefined) throw new Error("neither a target nor the embedded mock");
  const implementation: Implementation | undefined =
    loaded === undefined
      ? { organization: "Gateproof", project: "embedded reference mock", version }
      : loaded.implementation;
  const request: RunRequest = {
    settings: { ...(await withProviders(target.settings, id, interruption.signal)), ...(flags.slow && { slow: true }) },
    only,
    seed,
    signal: interruption.signal,
    onEvent: progress.onEvent,
    ...(shard && { shard }),
    ...(path !== undefined && { path }),
    ...(replayPath !== undefined && { replayPath }),
    ...(flags.level && { level: flags.level }),
    ...(flags.jobs && { jobs: flags.jobs }),
    ...(flags.deadline && { deadlineS: flags.deadline }),
    ...(flags.runs && { runs: flags.runs }),
    ...(flags.safe && { safe: true }),
    ...(loaded !== undefined && { cleanUp: true }),
  };
  try {
    const run = await (embedded ?? profile).run(request);
    const context: ReportContext = {
      kitVersion: version,
      command: commandLine(flags, profile.id, only, seed),
      failOn: flags["fail-on"] ?? "must",
      provenBy: await proofs,
      ...(implementation && { implementation }),
    };
    const plain = buildReport(run, context);
    const report = baseline === undefined ? plain : overBaseline(plain, baseline, profile, context.failOn);
    const log = await readFaultLog(target.settings);
    const faultLog = log && { ...embedded?.faultLog?.(), ...log };
    return {
      report,
      evidenceOf: evidenceOfRun(run),
      bundle: async () => bundled({ run, report, context, ...(faultLog && { faultLog }) }),
    };
  } finally {
    progress.end();
    await embedded?.close();
  }
}

/** Packing is heavy and wanted seldom. */
async function bundled(parts: BundleParts): Promise<Uint8Array> {
  const { bundleOf } = await import("../bundle/write-bundle.ts");
  return bundleOf(parts);
}

/** The reference mock is loaded only where it is judged. */
async function openEmbedded(
  profile: RunnableProfile,
  {
    seed,
    timeoutMs,
    faults,
    ownThread,
  }: {
    seed: number;
    timeoutMs: number | undefined;
    faults: readonly string[] | undefined;
    ownThread: Worker | undefined;
  },
) {
  const { openEmbeddedTarget } = await import("../embedded/index.ts");
  return openEmbeddedTarget(profile, {
    seed,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(faults && { faults }),
    ...(ownThread && { ownThread }),
  });
}
