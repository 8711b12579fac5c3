import { randomInt } from "node:crypto";
import type { Profile } from "../../suites/engine/profile.ts";
import type { RunFlags } from "../commands/run.ts";
import { loadSettings } from "../config.ts";
import { notYet } from "../exit.ts";
import { print } from "../terminal.ts";
import { listenForInterruption } from "./interruption.ts";
import { judgeProfile } from "./judge-profile.ts";
import { progressOn } from "./progress.ts";
import { rendered } from "./rendered.ts";
import { assertWritable, filesOfProfile, reportFiles, writeReports } from "./report-files.ts";
import { loadWanted, wantedOf } from "./wanted.ts";

/** Judges what the flags ask for and reports it; gives the worst exit code. */
export async function judgeTarget(flags: RunFlags): Promise<number> {
  refusePlanned(flags);
  const cwd = process.cwd();
  const files = reportFiles(flags.report ?? [], cwd);
  const loaded = await loadSettings(flags, { cwd, env: process.env });
  const words = [...(flags.profile === undefined ? [] : [flags.profile]), ...(flags.only ?? [])];
  const judged = await loadWanted(wantedOf(words, loaded?.profile), flags.level ?? "may");
  const filesOf = (profile: Profile) => (judged.length > 1 ? filesOfProfile(files, profile.id) : files);
  for (const { profile } of judged) await assertWritable(filesOf(profile));

  const progress = progressOn(process.stderr, process.env, flags.quiet === true);
  const interruption = listenForInterruption();
  const seed = flags.seed ?? randomInt(2 ** 31);
  const exitCodes: number[] = [];
  try {
    for (const { id, profile, only } of judged) {
      if (interruption.signal.aborted) break;
      const written = await judgeProfile(flags, { id, profile, only, seed, loaded, progress, interruption });
      try {
        await writeReports(filesOf(profile), written);
      } finally {
        await print(rendered(written.report, flags));
      }
      exitCodes.push(written.report.verdict.exitCode);
    }
  } finally {
    interruption.release();
  }
  return Math.max(...exitCodes);
}

/** What later versions do is refused now: a flag that is silently ignored would be a lie in the report. */
function refusePlanned({ baseline, shard, lang }: RunFlags): void {
  if (baseline !== undefined) throw notYet("--baseline");
  if (shard !== undefined) throw notYet("--shard");
  if (lang === "zh") throw notYet("--lang zh");
}
