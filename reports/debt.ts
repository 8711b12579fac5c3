import type { CheckResult, Report } from "../schemas/index.ts";
import { printable } from "./printable.ts";
import { counted } from "./wording.ts";

/** What a baseline says of a finding, in one line; undefined when it says nothing. */
export function acceptedWords({ accepted }: Pick<CheckResult, "accepted">): string | undefined {
  if (accepted === undefined) return undefined;
  const { reason, owner, expires, issue, flaky } = accepted;
  const how = flaky ? "known to be flaky" : "accepted by the baseline";
  const where = issue === undefined ? "" : `, ${printable(issue, 200)}`;
  return `${how} until ${expires}: ${printable(reason, 400)} (${printable(owner, 100)}${where})`;
}

/** The debt that a baseline stands for, and what of it must be mended; empty without a baseline. */
export function debtLines({ baseline }: Pick<Report, "baseline">): readonly string[] {
  if (baseline === undefined) return [];
  const { file, entries, accepted, problems } = baseline;
  const entriesWord = entries === 1 ? "1 entry" : `${entries} entries`;
  return [
    `${printable(file, 200)}: ${entriesWord}, ${counted(accepted, "finding")} accepted`,
    ...problems.map(({ check, kind, what }) => `${kind}: ${printable(check, 120)}, ${printable(what, 300)}`),
  ];
}

/** What the run made at the target; undefined where it was not asked to clean up, or left nothing. */
export function leftBehindWords({ leftBehind }: Pick<Report, "leftBehind">): string | undefined {
  if (leftBehind === undefined) return undefined;
  const { agents, tokensRevoked, tokensLeft } = leftBehind;
  if (agents.length + tokensRevoked + tokensLeft === 0) return undefined;
  return `left at the target: ${counted(agents.length, "agent")}, ${counted(tokensLeft, "token")}; ${counted(tokensRevoked, "token")} revoked`;
}
