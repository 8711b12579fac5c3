import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { seenJson } from "../../reports/json.ts";
import type { Report } from "../../schemas/index.ts";
import type { Shard } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { readBaseline } from "../baseline/read-baseline.ts";
import type { RunFlags } from "../commands/run.ts";
import { loadSettings } from "../config.ts";
import { CliError } from "../exit.ts";
import { print } from "../terminal.ts";
import { assertFitting } from "./fitting.ts";
import { keepHeapSmall } from "./frugal.ts";
import { listenForInterruption } from "./interruption.ts";
import { judgeProfile } from "./judge-profile.ts";
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
  const judged = await loadWanted(wantedOf(words, loaded?.profile), flags.level ?? "may");
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
    const written = await judgeProfile(flags, {
      id,
      profile,
      only,
      seed,
      loaded,
      progress,
      interruption,
      // With one core, a second thread only costs its own start.
      ...(availableParallelism() > 1 && { ownThread: true }),
      ...(shard && { shard }),
      ...(baseline && { baseline }),
    });
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
