import type { Baseline, Report } from "../../schemas/index.ts";
import { withBaseline } from "../../suites/engine/baseline.ts";
import type { FailOn } from "../../suites/engine/overall.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import type { Profile } from "../../suites/engine/profile.ts";
import { readConfig } from "../config.ts";

/** A baseline and where it came from. */
export interface KnownFindings {
  readonly file: string;
  readonly baseline: Baseline;
}

/** Reads and validates a baseline; `shown`: its path as the user wrote it. Throws CliError with line and key. */
export async function readBaseline(path: string, shown: string): Promise<KnownFindings> {
  const { value } = await readConfig("Baseline", path, shown, {});
  return { file: shown, baseline: value };
}

/** Lays a baseline over a report; one for another profile has nothing to say of it. */
export function overBaseline(
  report: Report,
  { file, baseline }: KnownFindings,
  profile: Profile,
  failOn: FailOn,
  today: string = new Date().toISOString().slice(0, 10),
): Report {
  if (baseline.profile !== profile.id) return report;
  const known = new Set(plannedChecks(profile).map(({ check }) => check.id));
  return withBaseline(report, baseline, { file, failOn, today, known });
}
