import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested } from "../engine/finding.ts";
import { allHeard } from "../engine/heard.ts";
import type { RecordingWorld } from "../engine/world.ts";

/**
 * After this time no further input is tried, and a counterexample stays as small as it is: with a target that is slow or
 * does not answer, a smaller series says more than a check that was given up.
 */
export const generationMs = 60_000;

type JudgeCase = (evidence: Evidence) => Finding;

/** Runs generated cases, each in a world of its own, and keeps what they recorded. */
export interface Cases<World> {
  /** Drives and judges one case; false when it violates the requirement. */
  holds(drive: (own: World) => Promise<void>): Promise<boolean>;
  /** Every case that held, and the smallest that did not, last. */
  all(): readonly Evidence[];
}

export function runCases<World extends RecordingWorld<World>>(world: World, judge: JudgeCase): Cases<World> {
  const passed: Evidence[] = [];
  let failed: Evidence | undefined;
  return {
    async holds(drive) {
      const { world: own, finish } = world.fork();
      const evidence = await drive(own)
        .finally(allHeard)
        .then(
          () => finish(),
          (error: unknown) => finish(error),
        );
      const violated = judgeCase(evidence, judge).outcome === "violated";
      if (violated) failed = evidence;
      else passed.push(evidence);
      return !violated;
    },
    all: () => (failed === undefined ? passed : [...passed, failed]),
  };
}

/** The finding of a whole series: its smallest violation, else the first case that could not be judged, else a pass. */
export function judgeCases({ cases = [] }: Evidence, judge: JudgeCase, shown: (smallest: Evidence) => string): Finding {
  if (cases.length === 0) {
    return untested({ reasonCode: "nothing-generated", expected: "at least one case", actual: "none was run" });
  }
  const findings = cases.map((one) => judgeCase(one, judge));
  const finding =
    findings.findLast(({ outcome }) => outcome === "violated") ?? findings.find(({ outcome }) => outcome !== "pass");
  if (finding === undefined) return pass([], [`held for ${cases.length} generated inputs`]);
  const smallest = cases[findings.indexOf(finding)];
  return smallest === undefined ? finding : { ...finding, notes: [...finding.notes, shown(smallest)] };
}

/** A case that stopped early was not judged; nothing can be said of it. */
function judgeCase(evidence: Evidence, judge: JudgeCase): Finding {
  const { stopped } = evidence;
  if (stopped === undefined) return judge(evidence);
  return {
    outcome: stopped.kind,
    reasonCode: stopped.reasonCode,
    expected: stopped.mend ?? "the case can be driven to its end",
    actual: stopped.message,
    cause: stopped.cause,
    exchanges: stopped.exchanges ?? [],
    notes: [],
  };
}
