import type { EvidenceOf } from "../../reports/har.ts";
import type { Run } from "../../suites/engine/run.ts";

/** What was recorded of the checks of a run, by their ids. */
export function evidenceOfRun({ results }: Run): EvidenceOf {
  const byId = new Map(results.map(({ check, evidence }) => [check.id, evidence]));
  return (checkId) => byId.get(checkId);
}
