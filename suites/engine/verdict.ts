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

/**
 * The target was not there: what decided were attempts to connect that the network refused, and nothing else. That says
 * something of the machine it runs on, and nothing of how it keeps a requirement.
 */
function nobodyThere({ outcome, exchanges }: Finding, evidence: Evidence): boolean {
  if (outcome !== "violated") return false;
  const toTarget = allExchanges(evidence).filter(({ id, to }) => to === "target" && exchanges.includes(id));
  return toTarget.length > 0 && toTarget.every(({ error }) => error?.code === "CONNECTION_REFUSED");
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
    const finding = check.judge(evidence);
    if (!nobodyThere(finding, evidence)) return finding;
    return {
      ...finding,
      outcome: "not-tested",
      reasonCode: "transport",
      expected: "the target can be reached while it is judged",
      cause: "environment",
    };
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

/** What is said in the end: a check that had to be driven twice is no pass. */
export function finalVerdict(
  { check, level }: { readonly check: Pick<Check, "judge">; readonly level: KitLevel },
  evidence: Evidence,
  attempts: number,
): Verdict {
  const verdict = verdictOf(check, level, evidence);
  return attempts > 1 && !brokeOff(evidence) ? unsteady(verdict) : verdict;
}

/** The connection broke while the check was driven: worth a second attempt. A time-out is an answer of a kind and is not. */
export function brokeOff(evidence: Evidence): boolean {
  return allExchanges(evidence).some(({ to, error }) => to === "target" && error?.code === "CONNECTION_RESET");
}

/**
 * A request went out twice because a kept connection ended as it was used again. What the target then says may be its
 * answer to a repetition, so nothing bad is said of it for that: the check is driven once more.
 */
export function mayHaveRepeated(evidence: Evidence, { outcome }: Verdict): boolean {
  const isBad = outcome === "fail" || outcome === "warn";
  return isBad && allExchanges(evidence).some(({ to, error }) => to === "target" && error?.code === "STALE_CONNECTION");
}

/** What passed only on the second attempt is not a pass. A connection that breaks each time is the target's way. */
function unsteady(verdict: Verdict): Verdict {
  if (verdict.outcome !== "pass") return verdict;
  return {
    ...verdict,
    outcome: "inconclusive",
    reasonCode: "flaky-transport",
    expected: "an answer on the first attempt",
    actual: "the connection broke on the first attempt; the second one passed",
    cause: "environment",
  };
}
