import { fault, foundBy } from "./fault.ts";

/** Rate limits (RATE-1). */
export const rateFaults = [
  fault({
    id: "RATE-1.no-limit",
    requirement: "RATE-1",
    sentence: "An agent may send as many requests as it likes.",
    rule: "rate.requestsPerMinute",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("no-limit", "RATE-1.burst"),
  }),
  fault({
    id: "RATE-1.global-limit",
    requirement: "RATE-1",
    sentence: "All agents share one limit, so that a busy one locks the others out.",
    rule: "rate.key",
    wrong: () => () => "everybody",
    kills: foundBy("others-limited", "RATE-1.others-unaffected"),
  }),
  fault({
    id: "RATE-1.no-retry-after",
    requirement: "RATE-1",
    sentence: "A refusal for too many requests does not say when to come again.",
    rule: "rate.headers",
    wrong: () => () => ({}),
    kills: foundBy("no-retry-after", "RATE-1.retry-after"),
  }),
];
