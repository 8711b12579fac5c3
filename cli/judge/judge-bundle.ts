import { resolve } from "node:path";
import { provenBy } from "../../mocks/faults-of.ts";
import { visible, wordsIn } from "../../reports/index.ts";
import type { Words } from "../../reports/words/en.ts";
import type { CheckResult, Report } from "../../schemas/index.ts";
import { judgeAgain, UnknownCheckError } from "../../suites/engine/recorded.ts";
import { buildReport } from "../../suites/engine/report.ts";
import { isRunnable, profiles } from "../../suites/profiles/index.ts";
import { type Bundle, readBundle } from "../bundle/read-bundle.ts";
import type { JudgeFlags } from "../commands/judge.ts";
import { CliError, exitCodes } from "../exit.ts";
import { keepHeapSmall } from "../run/frugal.ts";
import { rendered } from "../run/rendered.ts";
import { print } from "../terminal.ts";
import { kitVersion } from "../version.ts";

/** Judges a bundle again, says what comes out and whether it is what the bundle's own report says; gives the exit code. */
export async function judgeBundle(flags: JudgeFlags): Promise<number> {
  keepHeapSmall();
  const bundle = await readBundle(resolve(process.cwd(), flags.bundle), flags.bundle);
  const report = await reportAgain(bundle, flags.bundle);
  const differences = differencesOf(bundle.report, report);
  await print(await rendered(report, flags));
  await print(comparison(bundle, report, { differences, words: await wordsIn(flags.lang) }), process.stderr);
  return differences.length > 0 ? Math.max(exitCodes.findings, report.verdict.exitCode) : report.verdict.exitCode;
}

/** The report of a bundle, made again from its evidence. Throws CliError when this version cannot judge it. */
export async function reportAgain({ run, evidenceOf }: Bundle, shown: string): Promise<Report> {
  const { profile: id } = run.run;
  if (!isRunnable(id)) {
    throw new CliError({
      code: "UNKNOWN_PROFILE",
      message: `${shown} is a run of the profile ${id}, which this version does not judge`,
      mend: `judge it with version ${run.kit} of the kit`,
    });
  }
  try {
    return buildReport(judgeAgain(run, await profiles[id](), evidenceOf), {
      kitVersion: kitVersion(),
      command: run.command,
      failOn: run.failOn,
      provenBy: await provenBy(id),
      ...(run.implementation && { implementation: run.implementation }),
    });
  } catch (error) {
    if (!(error instanceof UnknownCheckError)) throw error;
    throw new CliError({
      code: error.code,
      message: `${shown} cannot be judged: ${error.message}`,
      mend: `judge it with version ${run.kit} of the kit`,
    });
  }
}

/** What is compared: everything that a verdict says. */
const verdictOf = ({ outcome, reasonCode, expected, actual, cause }: CheckResult) =>
  JSON.stringify({ outcome, reasonCode, expected, actual, cause });

/** The checks whose verdicts are not the recorded ones, and the verdict of the run when that differs. */
export function differencesOf(recorded: Report, again: Report): readonly string[] {
  const before = new Map(recorded.checks.map((check) => [check.id, check]));
  const after = new Map(again.checks.map((check) => [check.id, check]));
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  const changed = ids.flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was === undefined) return [`${id}: the report in the bundle leaves it out; it is ${is?.outcome}`];
    if (is === undefined) return [`${id}: the report in the bundle says ${was.outcome}; there is no evidence of it`];
    return verdictOf(was) === verdictOf(is) ? [] : [`${id}: recorded ${was.outcome}, judged ${is.outcome}`];
  });
  const sentence = recorded.verdict.sentence === again.verdict.sentence ? [] : ["the verdict of the run itself"];
  return [...changed, ...sentence];
}

interface Telling {
  readonly differences: readonly string[];
  readonly words: Words;
}

function comparison({ run }: Bundle, report: Report, { differences, words }: Telling): string {
  const version = kitVersion();
  const by = run.kit === version ? "" : ` (recorded by version ${visible(run.kit)}, judged by ${version})`;
  if (differences.length === 0)
    return `${words.say(`judged again: ${report.checks.length} of ${report.checks.length} verdicts the same${by}`)}\n`;
  return [
    words.say(
      `judged again: ${differences.length} of ${report.checks.length} differ from the report in the bundle${by}`,
    ),
    ...differences.slice(0, 40).map((line) => `  ${visible(words.say(line))}`),
    "",
  ].join("\n");
}
