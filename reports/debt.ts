import type { CheckResult, Report } from "../schemas/index.ts";
import { printable } from "./printable.ts";
import { english, type Words } from "./words/en.ts";

/** What a baseline says of a finding, in one line; undefined when it says nothing. */
export function acceptedWords(
  { accepted }: Pick<CheckResult, "accepted">,
  { debt }: Words = english,
): string | undefined {
  if (accepted === undefined) return undefined;
  const { reason, owner, expires, issue, flaky } = accepted;
  const how = flaky ? debt.flaky : debt.accepted;
  const where = issue === undefined ? "" : `, ${printable(issue, 200)}`;
  return debt.until(how, expires, printable(reason, 400), `${printable(owner, 100)}${where}`);
}

/** The debt that a baseline stands for, and what of it must be mended; empty without a baseline. */
export function debtLines({ baseline }: Pick<Report, "baseline">, { debt }: Words = english): readonly string[] {
  if (baseline === undefined) return [];
  const { file, entries, accepted, problems } = baseline;
  return [
    debt.entries(printable(file, 200), entries, accepted),
    ...problems.map(({ check, kind, what }) =>
      debt.problem(debt.kinds[kind] ?? kind, printable(check, 120), printable(what, 300)),
    ),
  ];
}

/** What the run made at the target; undefined where it was not asked to clean up, or left nothing. */
export function leftBehindWords(
  { leftBehind }: Pick<Report, "leftBehind">,
  { debt }: Words = english,
): string | undefined {
  if (leftBehind === undefined) return undefined;
  const { agents, tokensRevoked, tokensLeft } = leftBehind;
  if (agents.length + tokensRevoked + tokensLeft === 0) return undefined;
  return debt.left(agents.length, tokensLeft, tokensRevoked);
}
