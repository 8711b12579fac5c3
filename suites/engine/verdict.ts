import type { KitLevel } from "../../specs/requirement.ts";
import type { Check } from "./check.ts";
import type { Evidence, Exchange, Frame } from "./evidence.ts";
import type { Finding, Outcome } from "./finding.ts";
import { groundedBy, groundedByFrame } from "./granted.ts";

/** What the kit says of one check: the finding, weighed by the level of its requirement. */
export interface Verdict extends Omit<Finding, "outcome"> {
  readonly outcome: Outcome;
  /**
   * Whether the target granted anything while this check was driven. A run in which nothing is grounded judged nothing:
   * a dead or constant target is not testable, whatever single answers look like.
   */
  readonly grounded: boolean;
}

/** Every exchange of the evidence, those of generated cases included. */
export function allExchanges(evidence: Evidence): readonly Exchange[] {
  return [...evidence.exchanges, ...(evidence.cases ?? []).flatMap(allExchanges)];
}

/** Every frame of the evidence, those of generated cases included. */
export function allFrames(evidence: Evidence): readonly Frame[] {
  return [...(evidence.frames ?? []), ...(evidence.cases ?? []).flatMap(allFrames)];
}

/**
 * The verdict of a check on recorded evidence. Pure: live, from a bundle, today or next year, the same evidence gives the
 * same verdict.
 */
export function verdictOf(check: Pick<Check, "judge">, level: KitLevel, evidence: Evidence): Verdict {
  const { outcome, ...finding } = findingOf(check, evidence);
  const grounded = allExchanges(evidence).some(groundedBy) || allFrames(evidence).some(groundedByFrame);
  return { ...finding, outcome: outcome === "violated" ? (level === "must" ? "fail" : "warn") : outcome, grounded };
}

function findingOf(check: Pick<Check, "judge">, evidence: Evidence): Finding {
  const { stopped } = evidence;
  if (stopped !== undefined) {
    return {
      outcome: stopped.kind,
      reasonCode: stopped.reasonCode,
      expected: stopped.mend ?? null,
      actual: stopped.message,
      cause: stopped.cause,
      exchanges: stopped.exchanges ?? [],
      notes: [],
    };
  }
  try {
    return check.judge(evidence);
  } catch (error) {
    return {
      outcome: "kit-error",
      reasonCode: "judge-crashed",
      expected: "the judge can read its own evidence",
      actual: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      cause: "kit",
      exchanges: [],
      notes: [],
    };
  }
}
