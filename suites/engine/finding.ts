import type { Cause, Exchange } from "./evidence.ts";

/** The closed set of outcomes (docs: `gateproof explain outcomes`). */
export const outcomes = [
  "pass",
  "fail",
  "warn",
  "ambiguous",
  "not-applicable",
  "not-tested",
  "inconclusive",
  "kit-error",
] as const;
export type Outcome = (typeof outcomes)[number];

/** What a judge says of the evidence. `violated` becomes fail for a MUST and warn for a SHOULD. */
export interface Finding {
  readonly outcome: Exclude<Outcome, "fail" | "warn"> | "violated";
  /** null for a pass only. */
  readonly reasonCode: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly cause: Cause | null;
  /** Ids of the exchanges that decided it. */
  readonly exchanges: readonly number[];
  /** What a reader should know besides, for example which reading the target follows. */
  readonly notes: readonly string[];
}

type Deciding = readonly Pick<Exchange, "id">[];
const ids = (exchanges: Deciding) => [...new Set(exchanges.map(({ id }) => id))];

export function pass(exchanges: Deciding = [], notes: readonly string[] = []): Finding {
  return {
    outcome: "pass",
    reasonCode: null,
    expected: null,
    actual: null,
    cause: null,
    exchanges: ids(exchanges),
    notes,
  };
}

interface NonPass {
  readonly reasonCode: string;
  readonly expected: string;
  readonly actual: string;
  readonly exchanges?: Deciding;
  readonly cause?: Cause;
  readonly notes?: readonly string[];
}

const nonPass =
  (outcome: Finding["outcome"], defaultCause: Cause | null) =>
  ({ reasonCode, expected, actual, exchanges = [], cause, notes = [] }: NonPass): Finding => ({
    outcome,
    reasonCode,
    expected,
    actual,
    cause: cause ?? defaultCause,
    exchanges: ids(exchanges),
    notes,
  });

/** The requirement is broken. */
export const violated = nonPass("violated", "target");
/** Two honest readings, and the target follows the one the kit did not take. */
export const ambiguous = nonPass("ambiguous", null);
/** The observations contradict each other. */
export const inconclusive = nonPass("inconclusive", null);
/** It applies and could not be judged from this evidence. */
export const untested = nonPass("not-tested", null);
/** The target does not declare or show the feature. */
export const inapplicable = nonPass("not-applicable", null);
