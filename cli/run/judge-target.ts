import { randomInt } from "node:crypto";
import { provenBy } from "../../mocks/catalogue.ts";
import { consoleReport, jsonReport, printable } from "../../reports/index.ts";
import type { Implementation, Report } from "../../schemas/index.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { buildReport } from "../../suites/engine/report.ts";
import type { RunRequest } from "../../suites/engine/run.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import type { RunFlags } from "../commands/run.ts";
import { type LoadedSettings, loadSettings } from "../config.ts";
import { notYet } from "../exit.ts";
import { print, surroundingsOf, wantsColor, widthOf } from "../terminal.ts";
import { kitVersion } from "../version.ts";
import { commandLine } from "./command-line.ts";
import { detectProviders } from "./detect-providers.ts";
import { type Interruption, listenForInterruption } from "./interruption.ts";
import { type Progress, progressOn } from "./progress.ts";
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
      const report = await judge(flags, { id, profile, only, seed, loaded, progress, interruption });
      try {
        await writeReports(filesOf(profile), report);
      } finally {
        await print(rendered(report, flags));
      }
      exitCodes.push(report.verdict.exitCode);
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

interface Judgement {
  readonly id: RunnableProfile;
  readonly profile: Profile;
  readonly only: readonly string[];
  readonly seed: number;
  /** Undefined: the embedded mock. */
  readonly loaded: LoadedSettings | undefined;
  readonly progress: Progress;
  readonly interruption: Interruption;
}

async function judge(
  flags: RunFlags,
  { id, profile, only, seed, loaded, progress, interruption }: Judgement,
): Promise<Report> {
  const version = kitVersion();
  const embedded = loaded === undefined ? await openEmbedded(id, seed, flags.timeout) : undefined;
  const target = loaded ?? embedded;
  if (target === undefined) throw new Error("neither a target nor the embedded mock");
  const implementation: Implementation | undefined =
    loaded === undefined
      ? { organization: "Gateproof", project: "embedded reference mock", version }
      : loaded.implementation;
  const request: RunRequest = {
    settings: await withProviders(target.settings),
    only,
    seed,
    signal: interruption.signal,
    onEvent: progress.onEvent,
    ...(flags.level && { level: flags.level }),
    ...(flags.jobs && { jobs: flags.jobs }),
    ...(flags.deadline && { deadlineS: flags.deadline }),
    ...(flags.runs && { runs: flags.runs }),
    ...(flags.safe && { safe: true }),
  };
  try {
    const run = await (embedded ?? profile).run(request);
    return buildReport(run, {
      kitVersion: version,
      command: commandLine(flags, profile.id, only, seed),
      failOn: flags["fail-on"] ?? "must",
      provenBy,
      ...(implementation && { implementation }),
    });
  } finally {
    progress.end();
    await embedded?.close();
  }
}

/** Nobody has to configure what the target says of itself. */
async function withProviders(settings: Settings): Promise<Settings> {
  return settings.providers.length > 0 ? settings : { ...settings, providers: await detectProviders(settings) };
}

/** The reference mock is loaded only where it is judged. */
async function openEmbedded(profile: RunnableProfile, seed: number, timeoutMs: number | undefined) {
  const { openEmbeddedTarget } = await import("../embedded/index.ts");
  return openEmbeddedTarget(profile, { seed, ...(timeoutMs !== undefined && { timeoutMs }) });
}

function rendered(report: Report, { json, quiet, verbose }: RunFlags): string {
  if (json) return jsonReport(report);
  if (quiet) return `${printable(report.verdict.sentence, 1000)}\n`;
  const surroundings = surroundingsOf(process.stdout);
  return consoleReport(report, {
    color: wantsColor(surroundings),
    verbose: verbose === true,
    width: widthOf(surroundings),
  });
}
