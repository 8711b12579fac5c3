import type { CheckResult, Report } from "../../schemas/index.ts";

/** A check that came to something else. */
export interface Change {
  readonly check: string;
  /** null: the report does not have it. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What changed from one report to a later one. */
export interface Differences {
  /** Passed before, and is a finding now: the target got worse. */
  readonly regressed: readonly Change[];
  /** A finding before, and passes now. */
  readonly mended: readonly Change[];
  /** A finding of a check that the earlier report did not have: the kit grew, the target need not have changed. */
  readonly newlySeen: readonly Change[];
  /** Checks that were added and pass or could not be judged. */
  readonly added: readonly Change[];
  /** Checks that are no longer there. */
  readonly removed: readonly Change[];
  /** Anything else: another reason, not tested any more, tested now. */
  readonly otherwise: readonly Change[];
}

const isFinding = (check: CheckResult) => check.outcome === "fail" || check.outcome === "warn";
const word = (check: CheckResult | undefined) =>
  check === undefined ? null : check.reasonCode === null ? check.outcome : `${check.outcome} (${check.reasonCode})`;

/** Compares two reports of one profile, check by check. */
export function differencesBetween(before: Report, after: Report): Differences {
  const was = new Map(before.checks.map((check) => [check.id, check]));
  const is = new Map(after.checks.map((check) => [check.id, check]));
  const sorts = { regressed: [], mended: [], newlySeen: [], added: [], removed: [], otherwise: [] } satisfies {
    readonly [Sort in keyof Differences]: Change[];
  };
  const sorted: Record<keyof Differences, Change[]> = sorts;
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, fresh] = [was.get(id), is.get(id)];
    if (word(old) === word(fresh)) continue;
    sorted[sortOf(old, fresh)].push({ check: id, before: word(old), after: word(fresh) });
  }
  return sorted;
}

function sortOf(old: CheckResult | undefined, fresh: CheckResult | undefined): keyof Differences {
  if (fresh === undefined) return "removed";
  if (old === undefined) return isFinding(fresh) ? "newlySeen" : "added";
  if (old.outcome === "pass" && isFinding(fresh)) return "regressed";
  if (isFinding(old) && fresh.outcome === "pass") return "mended";
  return "otherwise";
}
