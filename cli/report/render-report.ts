import { isReportKind, renderedAs, reportKinds } from "../../reports/index.ts";
import type { Report } from "../../schemas/index.ts";
import { mergeShards, NotShardsError } from "../../suites/engine/merge-shards.ts";
import type { FailOn } from "../../suites/engine/overall.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { isRunnable, profiles } from "../../suites/profiles/index.ts";
import { overBaseline, readBaseline } from "../baseline/read-baseline.ts";
import type { ReportFlags } from "../commands/report.ts";
import { CliError } from "../exit.ts";
import { rendered } from "../run/rendered.ts";
import { assertWritable, reportFiles, writeReports } from "../run/report-files.ts";
import { print } from "../terminal.ts";
import { readReport } from "./read-report.ts";

/** Renders a report again, or the shards of a run as one; gives the exit code of its verdict. */
export async function renderReport(flags: ReportFlags): Promise<number> {
  const cwd = process.cwd();
  const formats = flags.format ?? [];
  const onStdout = formats.filter((format) => !format.includes("="));
  const files = reportFiles(
    formats.filter((format) => format.includes("=")),
    cwd,
    "--format",
  );
  await assertWritable(files);
  const reports = await Promise.all(flags.files.map((file) => readReport(file, cwd)));
  const report = await finished(flags, reports, cwd);
  await writeReports(files, { report, bundle: noBundle }, flags);
  for (const kind of onStdout) await print(await inFormat(kind, report, flags));
  if (formats.length === 0) await print(await rendered(report, flags));
  return report.verdict.exitCode;
}

async function finished(flags: ReportFlags, reports: readonly Report[], cwd: string): Promise<Report> {
  const [first] = reports;
  const id = first?.run.profile ?? "";
  if (first === undefined || !isRunnable(id)) {
    throw new CliError({ code: "UNKNOWN_PROFILE", message: `this version does not know the profile "${id}"` });
  }
  const profile = await profiles[id]();
  const failOn = flags["fail-on"] ?? "must";
  const report = reports.length > 1 || first.run.shard !== undefined ? merged(reports, profile, failOn) : first;
  if (flags.baseline === undefined) return report;
  return overBaseline(report, await readBaseline(`${cwd}/${flags.baseline}`, flags.baseline), profile, failOn);
}

function merged(reports: readonly Report[], profile: Profile, failOn: FailOn): Report {
  try {
    return mergeShards(reports, { order: plannedChecks(profile).map(({ check }) => check.id), failOn });
  } catch (error) {
    if (!(error instanceof NotShardsError)) throw error;
    throw new CliError({
      code: error.code,
      message: `these are not all shards of one run: ${error.message}`,
      mend: "give each report that `gateproof run … --shard i/n --report json=FILE` wrote, once",
    });
  }
}

async function inFormat(kind: string, report: Report, { lang }: ReportFlags): Promise<string> {
  if (isReportKind(kind)) return renderedAs(kind, report, { lang });
  const kinds = reportKinds.join(", ");
  throw new CliError({
    code: "UNKNOWN_REPORT_KIND",
    message: `--format ${kind}: there is no such kind; kinds: ${kinds}`,
  });
}

/** A bundle has the evidence of every check, and a report has not. */
async function noBundle(): Promise<Uint8Array> {
  throw new CliError({
    code: "NO_EVIDENCE",
    message: "--format bundle: a report has not the evidence that a bundle is made of",
    mend: "ask the run for it: gateproof run … --report bundle=FILE",
  });
}
