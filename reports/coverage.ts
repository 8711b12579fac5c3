import type { CheckResult, Report } from "../schemas/index.ts";
import { type Requirement, requirements } from "../specs/index.ts";

type Outcome = CheckResult["outcome"];

const judging: ReadonlySet<Outcome> = new Set(["pass", "fail", "warn", "ambiguous"]);

/** How much of what a profile demands a run says something about, counted in requirements and not in checks. */
export interface Coverage {
  /** MUST requirements of the profile. */
  readonly musts: number;
  /** Those that a check judged. */
  readonly judged: readonly Requirement[];
  /** Those that ask for a feature or a transport that the target does not have. */
  readonly notApplicable: readonly Requirement[];
  /** Those that had checks, none of which came to a verdict. */
  readonly notTested: readonly Requirement[];
  /** Those that no check of this run was about: only a part of the profile was asked for, or the run ended early. */
  readonly notRun: readonly Requirement[];
  /** Those that no test from outside can judge. */
  readonly untestable: readonly Requirement[];
}

/** What the verdict of a report covers. A profile that this edition of the catalogue does not have covers nothing. */
export function coverageOf({ run, checks }: Pick<Report, "run" | "checks">): Coverage {
  const rows = requirements().filter(
    ({ profiles, kit }) => kit === "must" && profiles.some((id) => id === run.profile),
  );
  const outcomes = new Map<string, Set<Outcome>>();
  for (const { requirement, outcome } of checks) {
    outcomes.set(requirement, (outcomes.get(requirement) ?? new Set<Outcome>()).add(outcome));
  }
  const kindOf = (row: Requirement): Exclude<keyof Coverage, "musts"> => {
    const found = outcomes.get(row.id);
    if (found === undefined) return "untestable" in row.tested ? "untestable" : "notRun";
    if ([...found].some((outcome) => judging.has(outcome))) return "judged";
    return [...found].every((outcome) => outcome === "not-applicable") ? "notApplicable" : "notTested";
  };
  const of = (kind: keyof Coverage) => rows.filter((row) => kindOf(row) === kind);
  return {
    musts: rows.length,
    judged: of("judged"),
    notApplicable: of("notApplicable"),
    notTested: of("notTested"),
    notRun: of("notRun"),
    untestable: of("untestable"),
  };
}
