import { printable, wordsIn } from "../../reports/index.ts";
import type { Words } from "../../reports/words/en.ts";
import type { CheckResult, Report } from "../../schemas/index.ts";
import { plan } from "../../suites/engine/plan.ts";
import { profiles } from "../../suites/profiles/index.ts";
import type { ReplayFlags } from "../commands/replay.ts";
import { loadSettings } from "../config.ts";
import { exitCodes } from "../exit.ts";
import { listenForInterruption } from "../run/interruption.ts";
import { judgeProfile } from "../run/judge-profile.ts";
import { progressOn } from "../run/progress.ts";
import { rendered } from "../run/rendered.ts";
import { print } from "../terminal.ts";
import { replayCaseOf } from "./replay-id.ts";

/** Drives and judges one recorded case again, once or many times; gives the worst exit code. */
export async function replayCase(flags: ReplayFlags): Promise<number> {
  const { profile: id, check, seed, path, replayPath } = replayCaseOf(flags["replay-id"]);
  const profile = await profiles[id]();
  plan(profile, [check], "may");
  const loaded = await loadSettings(flags, { cwd: process.cwd(), env: process.env });
  const progress = progressOn(process.stderr, process.env, flags.quiet === true);
  const interruption = listenForInterruption();
  const repeat = flags.repeat ?? 1;
  const reports: Report[] = [];
  try {
    while (reports.length < repeat && !interruption.signal.aborted) {
      const { report } = await judgeProfile(flags, {
        id,
        profile,
        only: [check],
        seed,
        loaded,
        progress,
        interruption,
        ...(path !== undefined && { path }),
        ...(replayPath !== undefined && { replayPath }),
      });
      // An interrupted repetition shows nothing; alone it is at least said that it was one.
      if (reports.length === 0 || !interruption.signal.aborted) reports.push(report);
    }
  } finally {
    interruption.release();
  }
  const last = reports.at(-1);
  if (last !== undefined) await print(await rendered(last, flags));
  if (repeat > 1) await print(stability(reports, await wordsIn(flags.lang)), process.stderr);
  if (interruption.signal.aborted) return exitCodes.interrupted;
  return Math.max(...reports.map(({ verdict }) => verdict.exitCode));
}

/** How often each outcome came. */
function stability(reports: readonly Report[], words: Words): string {
  const counts = new Map<string, number>();
  for (const { checks } of reports) {
    const outcome = checks.map((check) => outcomeOf(check, words)).join(", ");
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const lines = [...counts].map(([outcome, times]) => `  ${String(times).padStart(4)} × ${outcome}`);
  const steady = counts.size === 1 ? "stable" : "not stable";
  return `${[words.say(`${steady} over ${reports.length} runs`), ...lines].join("\n")}\n`;
}

function outcomeOf({ outcome, reasonCode, actual }: CheckResult, words: Words): string {
  const why = reasonCode === null ? "" : ` (${words.reason(reasonCode)})`;
  return `${outcome}${why}${actual === null ? "" : `: ${printable(words.say(actual), 160)}`}`;
}
