import { fault, foundBy, resultFault } from "./auth-service-fault.ts";

/** Refreshing a session (A96 to A101). */
export const refreshFaults = [
  resultFault({
    id: "A96.no-diagnostic",
    sentence: "A refresh says nothing about itself.",
    method: "refresh_token",
    wrong: { diagnostic: undefined },
    check: "A96.result",
    reasonCode: "schema",
  }),
  fault({
    id: "A96.same-refresh-token",
    requirement: "A96",
    sentence: "A refresh gives back the refresh token that was used.",
    rule: "refresh.next",
    wrong:
      () =>
      ({ used }) =>
        used,
    kills: foundBy("not-new", "A96.result"),
  }),
  fault({
    id: "A96.count-stuck",
    requirement: "A96",
    sentence: "Refreshes are not counted.",
    rule: "refresh.count",
    wrong:
      () =>
      ({ count }) =>
        Math.max(count, 1),
    kills: foundBy("count", "A96.result"),
  }),
  fault({
    id: "A97.reusable",
    requirement: "A97",
    sentence: "A refresh token stays good after its use.",
    rule: "refresh.isSpent",
    wrong: () => () => false,
    kills: foundBy("accepted", "A97.dead"),
  }),
  fault({
    id: "A98.old-token-killed",
    requirement: "A98",
    sentence: "A refresh kills the access token before it, which other connections still use.",
    rule: "refresh.killed",
    wrong:
      () =>
      ({ chain }) => [chain.accessJti],
    kills: foundBy("refused", "A98.old-token-lives"),
  }),
  fault({
    id: "A99.success-on-garbage",
    requirement: "A99",
    sentence: "An unknown refresh token starts a session of its own.",
    rule: "refresh.chain",
    wrong: (honest) => (input) => {
      const [aid] = input.aids();
      const made = aid === undefined ? undefined : { aid, startedAt: input.now, count: 0, accessJti: "" };
      return honest(input) ?? made;
    },
    kills: foundBy("accepted", "A99.failure"),
  }),
  fault({
    id: "A99.bare-false",
    requirement: "A99",
    sentence: "A refresh that failed says so and nothing else, so that clients do not log in again.",
    rule: "refresh.failure",
    wrong: () => () => ({ success: false }),
    kills: foundBy("schema", "A99.failure"),
  }),
  fault({
    id: "A99.echoes-token",
    requirement: "A99",
    sentence: "A refresh that failed repeats the token in its diagnostic.",
    rule: "refresh.failure",
    wrong: (honest) => (input) => ({ ...honest(input), diagnostic: { reason: "unknown", refresh_token: input.token } }),
    kills: foundBy("secret-echoed", "A99.no-secrets"),
  }),
  fault({
    id: "A100.needs-session",
    requirement: "A100",
    sentence: "Only an authenticated connection may refresh, and clients open a new one for it.",
    rule: "refresh.connectionFits",
    wrong:
      () =>
      ({ sessionAid }) =>
        sessionAid !== undefined,
    kills: foundBy("refused", "A100.unauthenticated"),
  }),
  fault({
    id: "A100.refused-in-session",
    requirement: "A100",
    sentence: "An authenticated connection may not refresh.",
    rule: "refresh.connectionFits",
    wrong:
      () =>
      ({ sessionAid }) =>
        sessionAid === undefined,
    kills: foundBy("refused", "A100.in-session"),
  }),
  fault({
    id: "A101.endless-count",
    requirement: "A101",
    sentence: "A login can be refreshed without end, within 30 days.",
    rule: "refresh.chainIsOpen",
    wrong: (honest) => (input) => honest({ ...input, chain: { ...input.chain, count: 0 } }),
    kills: foundBy("no-limit", "A101.chain-count"),
  }),
  fault({
    id: "A101.endless-age",
    requirement: "A101",
    sentence: "A login can be refreshed for ever, 720 times.",
    rule: "refresh.chainIsOpen",
    wrong: (honest) => (input) => honest({ ...input, chain: { ...input.chain, startedAt: input.now } }),
    kills: foundBy("no-limit", "A101.chain-age"),
  }),
];
