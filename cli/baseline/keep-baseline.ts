import { resolve } from "node:path";
import { wordsIn } from "../../reports/index.ts";
import type { Baseline, Report } from "../../schemas/index.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { isRunnable, profiles } from "../../suites/profiles/index.ts";
import type { BaselineFlags } from "../commands/baseline.ts";
import { exists } from "../config/file.ts";
import { writeWanted } from "../config/writing.ts";
import { CliError, exitCodes } from "../exit.ts";
import { readReport } from "../report/read-report.ts";
import { print } from "../terminal.ts";
import { baselineWordsIn } from "./baseline-words.ts";
import { overBaseline, readBaseline } from "./read-baseline.ts";

const defaultFile = "gateproof.baseline.yaml";
const day = 24 * 60 * 60 * 1000;
/** Long enough to mend it, short enough not to be forgotten. */
const usualDays = 90;

/** Writes or checks a baseline; gives the exit code. */
export function keepBaseline(flags: BaselineFlags): Promise<number> {
  return flags.action === "update" ? update(flags) : check(flags);
}

async function update(flags: BaselineFlags): Promise<number> {
  const { report: shown, file = defaultFile, owner, reason, issue } = flags;
  if (shown === undefined) throw missing("a report", "gateproof baseline update report.json --owner … --reason …");
  const cwd = process.cwd();
  const report = await readReport(shown, cwd);
  const path = resolve(cwd, file);
  const before = (await exists(path)) ? (await readBaseline(path, file)).baseline : emptyFor(report);
  if (before.profile !== report.run.profile) throw otherProfile(file, before, report);
  const kept = (before.accepted ?? []).filter((entry) => stillFound(entry, report));
  const excused = (id: string, reasonCode: string) =>
    kept.some((entry) => entry.check === id && entry.reason_code === reasonCode) ||
    (before.flaky ?? []).some((entry) => entry.check === id);
  const fresh = report.checks.filter(
    ({ id, outcome, reasonCode }) => (outcome === "fail" || outcome === "warn") && !excused(id, reasonCode ?? ""),
  );
  if (fresh.length > 0 && (owner === undefined || reason === undefined)) {
    const left = [owner === undefined ? "--owner" : "", reason === undefined ? "--reason" : ""].filter(Boolean);
    throw missing(left.join(" and "), `new findings (${fresh.length}) need a reason and somebody who answers for them`);
  }
  const expires = flags.expires ?? new Date(Date.now() + usualDays * day).toISOString().slice(0, 10);
  const entries = fresh.map(({ id, reasonCode }) => ({
    check: id,
    reason_code: reasonCode ?? "",
    reason: reason ?? "",
    ...(issue !== undefined && { issue }),
    owner: owner ?? "",
    expires,
  }));
  const after: Baseline = { ...before, accepted: [...kept, ...entries] };
  const { stringify } = await import("yaml");
  await writeWanted(path, `--file ${file}`, stringify(after));
  await readBaseline(path, file);
  const gone = (before.accepted ?? []).length - kept.length;
  const own = baselineWordsIn(flags.lang);
  await print(`${own.updated(file, { added: entries.length, gone, kept: kept.length })}\n`);
  return exitCodes.conformant;
}

async function check({ report: shown, file = defaultFile, lang }: BaselineFlags): Promise<number> {
  const cwd = process.cwd();
  const known = await readBaseline(resolve(cwd, file), file);
  const { profile: id } = known.baseline;
  if (!isRunnable(id)) {
    throw new CliError({
      code: "UNKNOWN_PROFILE",
      message: `${file} is for the profile "${id}", which does not exist`,
    });
  }
  const profile = await profiles[id]();
  const ids = plannedChecks(profile).map(({ check: { id: checkId } }) => checkId);
  const report = shown === undefined ? undefined : await readReport(shown, cwd);
  const laid = overBaseline(report ?? reportOfNothing(id), known, profile, "must");
  const { entries = 0, problems = [] } = laid.baseline ?? {};
  const [own, words] = [baselineWordsIn(lang), await wordsIn(lang)];
  const lines = problems.map(({ check: name, kind, what }) => `  ${own.kinds[kind]} ${name}: ${words.say(what)}`);
  const compared = shown === undefined ? own.checksOf(ids.length, id) : own.report(shown);
  await print([own.checked(file, entries, problems.length, compared), ...lines, ""].join("\n"));
  return problems.length > 0 ? exitCodes.findings : exitCodes.conformant;
}

type Accepted = NonNullable<Baseline["accepted"]>[number];

/** An entry stays while its finding does, and where the report does not speak of its check. */
function stillFound({ check: id, reason_code }: Accepted, { checks }: Report): boolean {
  const result = checks.find((one) => one.id === id);
  if (result === undefined) return true;
  return (result.outcome === "fail" || result.outcome === "warn") && result.reasonCode === reason_code;
}

function emptyFor({ run }: Report): Baseline {
  return { schema: "gateproof.baseline/1", profile: run.profile };
}

/** Entries can be looked at without a run: whether they have expired, and whether their checks exist. */
function reportOfNothing(profile: string): Report {
  return {
    schema: "gateproof.report/1",
    run: { id: "none", startedAt: new Date(0).toISOString(), durationMs: 0, seed: 0, profile, command: "" },
    kit: { name: "gateproof", version: "0", selftest: null },
    target: { url: "", role: "none", fingerprint: null, headersRedacted: [] },
    verdict: { result: "not-testable", exitCode: 3, sentence: "" },
    totals: { pass: 0, fail: 0, warn: 0, ambiguous: 0, notApplicable: 0, notTested: 0, inconclusive: 0, kitError: 0 },
    checks: [],
    expectedSet: { count: 0, digest: "", missing: [] },
  };
}

function missing(what: string, why: string): CliError {
  return new CliError({ code: "USAGE", message: `give ${what}: ${why}`, mend: "`gateproof baseline --help`" });
}

function otherProfile(file: string, { profile }: Baseline, { run }: Report): CliError {
  return new CliError({
    code: "OTHER_PROFILE",
    message: `${file} is for ${profile}, and the report is of ${run.profile}`,
    mend: "keep a baseline for each profile: --file",
  });
}
