import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import type { Worker } from "node:worker_threads";
import { seenJson } from "../../reports/json.ts";
import type { Report } from "../../schemas/index.ts";
import type { Shard } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import { readBaseline } from "../baseline/read-baseline.ts";
import type { RunFlags } from "../commands/run.ts";
import { loadSettings } from "../config.ts";
import { CliError } from "../exit.ts";
import { print } from "../terminal.ts";
import { assertFitting } from "./fitting.ts";
import { keepHeapSmall } from "./frugal.ts";
import { listenForInterruption } from "./interruption.ts";
import { progressOn } from "./progress.ts";
import { rendered } from "./rendered.ts";
import { assertWritable, filesOfProfile, reportFiles, writeReports } from "./report-files.ts";
import { type ChosenProfile, loadWanted, wantedOf } from "./wanted.ts";

/** Judges what the flags ask for and reports it; gives the worst exit code. */
export async function judgeTarget(flags: RunFlags): Promise<number> {
  keepHeapSmall();
  const cwd = process.cwd();
  const shard = flags.shard === undefined ? undefined : shardCalled(flags.shard);
  const baseline =
    flags.baseline === undefined ? undefined : await readBaseline(resolve(cwd, flags.baseline), flags.baseline);
  const files = reportFiles(flags.report ?? [], cwd);
  const loaded = await loadSettings(flags, { cwd, env: process.env });
  const words = [...(flags.profile === undefined ? [] : [flags.profile]), ...(flags.only ?? [])];
  const wanted = wantedOf(words, loaded?.profile);
  const [one, ...more] = wanted.profiles;
  let ownThread = loaded === undefined && more.length === 0 ? await threadOf(one) : undefined;
  const [judged, { judgeProfile }] = await Promise.all([
    loadWanted(wanted, flags.level ?? "may"),
    import("./judge-profile.ts"),
  ]);
  if (loaded !== undefined) for (const { id } of judged) assertFitting(id, loaded);
  const filesOf = (profile: Profile) => (judged.length > 1 ? filesOfProfile(files, profile.id) : files);
  for (const { profile } of judged) await assertWritable(filesOf(profile));

  const progress = progressOn(process.stderr, process.env, flags.quiet === true);
  const interruption = listenForInterruption();
  const seed = flags.seed ?? randomInt(2 ** 31);
  const exitCodes: number[] = [];
  const together = flags.json === true && judged.length > 1;
  const reports: Report[] = [];
  // The evidence of a profile is large, and goes with the call that judged it before the next profile begins.
  const judgeOne = async ({ id, profile, only }: ChosenProfile) => {
    if (loaded === undefined) ownThread ??= await threadOf(id);
    const written = await judgeProfile(flags, {
      id,
      profile,
      only,
      seed,
      loaded,
      progress,
      interruption,
      ...(ownThread && { ownThread }),
      ...(shard && { shard }),
      ...(baseline && { baseline }),
    });
    ownThread = undefined;
    try {
      await writeReports(filesOf(profile), written, flags);
    } finally {
      if (together) reports.push(written.report);
      else await print(await rendered(written.report, flags));
    }
    exitCodes.push(written.report.verdict.exitCode);
  };
  try {
    for (const one of judged) {
      if (interruption.signal.aborted && exitCodes.length > 0) break;
      await judgeOne(one);
    }
  } finally {
    interruption.release();
    // Several reports are one document too: a list of them.
    if (together) await print(seenJson(reports));
  }
  return Math.max(...exitCodes);
}

/** A thread for the embedded mock of a profile. With one core, a second thread only costs its own start. */
async function threadOf(id: RunnableProfile | undefined): Promise<Worker | undefined> {
  if (id === undefined || availableParallelism() === 1) return undefined;
  const { startThread } = await import("../embedded/own-thread.ts");
  return startThread(id);
}

/** `2/3` as the second of three parts. Throws CliError. */
function shardCalled(text: string): Shard {
  const { index, of } = /^(?<index>[1-9]\d{0,2})\/(?<of>[1-9]\d{0,2})$/.exec(text)?.groups ?? {};
  if (Number(index) <= Number(of)) return { index: Number(index), of: Number(of) };
  throw new CliError({
    code: "BAD_SHARD",
    message: `--shard takes i/n with i from 1 to n, not "${text}"`,
    mend: "for example --shard 2/3",
  });
}
