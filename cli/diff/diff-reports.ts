import { visible } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { Report } from "../../schemas/index.ts";
import { type Change, type Differences, differencesBetween } from "../../suites/engine/differences.ts";
import type { DiffFlags } from "../commands/diff.ts";
import { CliError, exitCodes } from "../exit.ts";
import { readReport } from "../report/read-report.ts";
import { print } from "../terminal.ts";

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
  await print(flags.json ? seenJson(differences) : described(differences, before, after));
  return differences.regressed.length > 0 ? exitCodes.findings : exitCodes.conformant;
}

const headings: Record<keyof Differences, string> = {
  regressed: "You regressed: passed before, and is a finding now",
  newlySeen: "The kit grew: findings of checks that the earlier report did not have",
  mended: "Mended",
  added: "Added to the kit",
  removed: "No longer in the kit, or not asked for",
  otherwise: "Came out otherwise",
};
const sorts = ["regressed", "newlySeen", "mended", "otherwise", "added", "removed"] as const;

function described(differences: Differences, before: Report, after: Report): string {
  const line = ({ check, before: was, after: is }: Change) =>
    `  ${check}: ${was ?? "not there"} → ${is ?? "not there"}`;
  const parts = sorts
    .filter((sort) => differences[sort].length > 0)
    .map((sort) => [`${headings[sort]} (${differences[sort].length})`, ...differences[sort].map(line), ""].join("\n"));
  const kits = before.kit.version === after.kit.version ? [] : [`kit ${before.kit.version} → ${after.kit.version}`, ""];
  const verdicts = [`before: ${before.verdict.sentence}`, `after:  ${after.verdict.sentence}`, ""];
  const pages = [...kits, ...(parts.length === 0 ? ["No check came out otherwise.", ""] : parts), ...verdicts];
  // A report may come from anywhere, and its words from a target.
  return pages.join("\n").split("\n").map(visible).join("\n");
}
