import { type Language, visible, wordsIn } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { CheckResult, Report } from "../../schemas/index.ts";
import { type Change, differencesBetween } from "../../suites/engine/differences.ts";
import type { DiffFlags } from "../commands/diff.ts";
import { CliError, exitCodes } from "../exit.ts";
import { readReport } from "../report/read-report.ts";
import { print } from "../terminal.ts";
import { diffWordsIn } from "./diff-words.ts";

/** Says what changed between two reports; gives 1 when the target regressed. */
export async function diffReports(flags: DiffFlags): Promise<number> {
  const cwd = process.cwd();
  const [before, after] = await Promise.all([readReport(flags.before, cwd), readReport(flags.after, cwd)]);
  if (before.run.profile !== after.run.profile) {
    throw new CliError({
      code: "OTHER_PROFILE",
      message: `${flags.before} is of ${before.run.profile}, and ${flags.after} of ${after.run.profile}`,
      mend: "compare two runs of one profile",
    });
  }
  const differences = differencesBetween(before, after);
  await print(flags.json ? seenJson(differences) : await differencesSaid(before, after, flags.lang));
  return differences.regressed.length > 0 ? exitCodes.findings : exitCodes.conformant;
}

const sorts = ["regressed", "newlySeen", "mended", "otherwise", "added", "removed"] as const;

/** What changed from one report to a later one of the same profile, for a person. */
export async function differencesSaid(before: Report, after: Report, language?: Language): Promise<string> {
  const [own, words] = [diffWordsIn(language), await wordsIn(language)];
  const differences = differencesBetween(before, after);
  const resultsOf = ({ checks }: Report) => {
    const results = new Map(checks.map((check) => [check.id, check]));
    return (id: string) => result(results.get(id));
  };
  const result = (check: CheckResult | undefined) => {
    if (check === undefined) return own.notThere;
    const outcome = words.outcomes[check.outcome].one;
    return check.reasonCode === null ? outcome : `${outcome} (${words.reason(check.reasonCode)})`;
  };
  const [was, is] = [resultsOf(before), resultsOf(after)];
  const line = ({ check }: Change) => `  ${check}: ${was(check)} → ${is(check)}`;
  const parts = sorts
    .map((sort) => ({ heading: own.headings[sort], changes: differences[sort] }))
    .filter(({ changes }) => changes.length > 0)
    .map(({ heading, changes }) => [own.heading(heading, changes.length), ...changes.map(line), ""].join("\n"));
  const [oldKit, newKit] = [before.kit.version, after.kit.version];
  const kits = oldKit === newKit ? [] : [own.kits(oldKit, newKit), ""];
  const verdicts = [`${own.before}${words.sentence(before)}`, `${own.after}${words.sentence(after)}`, ""];
  const pages = [...kits, ...(parts.length === 0 ? [own.nothing, ""] : parts), ...verdicts];
  // A report may come from anywhere, and its words from a target.
  return pages.join("\n").split("\n").map(visible).join("\n");
}
