import type { Report } from "../../schemas/index.ts";
import type { KitLevel } from "../../specs/requirement.ts";
import type { Outcome } from "./finding.ts";

/** What makes a run fail: broken MUSTs, also broken SHOULDs, also MUSTs that were not tested, or nothing. */
export const failOnChoices = ["must", "should", "not-tested", "none"] as const;
export type FailOn = (typeof failOnChoices)[number];

export interface Judged {
  readonly outcome: Outcome;
  readonly level: KitLevel;
  readonly grounded: boolean;
  readonly reasonCode: string | null;
  /** A baseline lives with this finding: it is shown and does not count. */
  readonly excused?: true;
}

/** Why a run was not judged to its end: what was left is no small hole, and what passed is no verdict. */
const cutShort: Readonly<Record<string, string>> = {
  deadline: "its deadline passed",
  "target-gone": "the target stopped answering",
  "agent-ids-exhausted": "no agent ids were left",
};

export interface OverallOptions {
  readonly failOn: FailOn;
  readonly interrupted: boolean;
  /** Why nothing could be judged. */
  readonly blocked?: string;
  /** Entries of a baseline that must not stay as they are. */
  readonly problems?: number;
}

type Totals = Report["totals"];

/** How many checks came to each outcome. */
export function totalsOf(judged: readonly Pick<Judged, "outcome">[]): Totals {
  const count = (outcome: Outcome) => judged.filter((one) => one.outcome === outcome).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    warn: count("warn"),
    ambiguous: count("ambiguous"),
    notApplicable: count("not-applicable"),
    notTested: count("not-tested"),
    inconclusive: count("inconclusive"),
    kitError: count("kit-error"),
  };
}

/**
 * The one answer of a run: result, exit code and sentence come from here and nowhere else.
 *
 * Exit codes: 0 conformant, 1 findings, 3 nothing could be judged, 4 the kit failed, 130 interrupted.
 */
export function overall(
  judged: readonly Judged[],
  { failOn, interrupted, blocked, problems = 0 }: OverallOptions,
): Report["verdict"] {
  const totals = totalsOf(judged);
  const counted = totalsOf(judged.filter(({ excused }) => !excused));
  const excused = judged.filter((one) => one.excused).length;
  const untestedMusts = judged.filter(({ outcome, level }) => outcome === "not-tested" && level === "must").length;
  const verdict = judge();
  if (!interrupted) return verdict;
  const sofar = `${count(judged.length, "check")}: ${totals.pass} passed, ${totals.fail} failed so far`;
  const result = verdict.result === "conformant" ? "not-testable" : verdict.result;
  return {
    ...verdict,
    result,
    exitCode: 130,
    sentence: `Interrupted after ${sofar}; this is no verdict on the target.`,
  };

  function judge(): Report["verdict"] {
    if (totals.kitError > 0) {
      const sentence = `The kit failed in ${count(totals.kitError, "check")}; nothing is said of the target by these.`;
      return { result: "kit-error", exitCode: 4, sentence };
    }
    if (!judged.some(({ grounded }) => grounded) || totals.pass + totals.fail + totals.warn === 0) {
      const why = blocked ?? "the target granted nothing that a conforming target grants, so no refusal means anything";
      return { result: "not-testable", exitCode: 3, sentence: `Not testable: ${why}.` };
    }
    const found = [
      ...(counted.fail > 0 ? [`${count(counted.fail, "MUST check")} failed`] : []),
      ...(counted.warn > 0 ? [`${count(counted.warn, "SHOULD check")} failed`] : []),
      ...(untestedMusts > 0 ? [`${count(untestedMusts, "MUST check")} could not be tested`] : []),
      ...(excused > 0 ? [`${count(excused, "finding")} accepted by the baseline`] : []),
      ...(problems > 0 ? [`${count(problems, "baseline entry", "baseline entries")} to mend`] : []),
    ];
    const counts: Record<FailOn, number> = {
      must: counted.fail + problems,
      should: counted.fail + counted.warn + problems,
      "not-tested": counted.fail + untestedMusts + problems,
      none: 0,
    };
    if (counted.fail > 0 || problems > 0 || counts[failOn] > 0) {
      const exitCode = counts[failOn] > 0 ? 1 : 0;
      const start = counted.fail + counted.warn === 0 && problems > 0 ? "Baseline to mend" : "Not conformant";
      return { result: "findings", exitCode, sentence: `${start}: ${found.join(", ")}; ${totals.pass} passed.` };
    }
    const left = judged.filter(({ outcome, level }) => outcome === "not-tested" && level === "must");
    const why = left.map(({ reasonCode }) => cutShort[reasonCode ?? ""]).find((reason) => reason !== undefined);
    if (why !== undefined) {
      const sentence = `Not judged to the end, because ${why}: ${found.join(" and ")}; ${totals.pass} passed.`;
      return { result: "not-testable", exitCode: 3, sentence };
    }
    if (totals.fail > 0) {
      const sentence = `Nothing new, and not conformant: ${found.join(", ")}; ${totals.pass} passed.`;
      return { result: "findings", exitCode: 0, sentence };
    }
    const but = found.length === 0 ? "" : `, but ${found.join(" and ")}`;
    const start = untestedMusts > 0 ? "Conformant as far as it was tested" : "Conformant";
    return { result: "conformant", exitCode: 0, sentence: `${start}: ${count(totals.pass, "check")} passed${but}.` };
  }
}

function count(n: number, what: string, many = `${what}s`): string {
  return `${n} ${n === 1 ? what : many}`;
}
