import { digest } from "../random.ts";
import { jtiKeptUntil } from "../rules/attestation.ts";
import { fault, foundBy } from "./fault.ts";
import { roundTrip } from "./wrong/slow-store.ts";

/** Memory of what was used (ATT-5). */
export const attestationReplayFaults = [
  fault({
    id: "ATT-5.jti-forgotten",
    requirement: "ATT-5",
    sentence: "Every attestation has to have a jti, and nobody remembers it.",
    rule: "attestation.jtiIsFresh",
    wrong: () => () => true,
    kills: foundBy("accepted", "ATT-5.replayed", "ATT-5.across-endpoints", "ATT-5.reused-jti"),
  }),
  fault({
    id: "ATT-5.jti-per-endpoint",
    requirement: "ATT-5",
    sentence: "Every endpoint remembers its own jti values, so that an attestation is good once at each.",
    rule: "attestation.jtiIsFresh",
    wrong: (honest) => (input) => honest({ ...input, agentId: `${input.endpoint} ${input.agentId}` }),
    kills: foundBy("accepted", "ATT-5.across-endpoints"),
  }),
  fault({
    id: "ATT-5.remembers-token-not-jti",
    requirement: "ATT-5",
    sentence: "The whole text of used attestations is remembered, so that a jti can be signed again with other times.",
    rule: "attestation.jtiIsFresh",
    wrong: (honest) => (input) => honest({ ...input, jti: digest(input.token) }),
    kills: foundBy("accepted", "ATT-5.reused-jti"),
  }),
  fault({
    id: "ATT-5.jti-for-minutes",
    requirement: "ATT-5",
    sentence: "A jti is remembered for five minutes, however long its attestation lives.",
    rule: "attestation.jtiIsFresh",
    wrong: (honest) => (input) => honest({ ...input, exp: input.now / 1000 }),
    kills: foundBy("accepted", "ATT-5.replayed-later"),
  }),
  fault({
    id: "ATT-5.jti-race",
    requirement: "ATT-5",
    sentence: "A jti is looked up and written down in two steps, so that two requests at once both find it unused.",
    rule: "attestation.jtiIsFresh",
    wrong:
      () =>
      async ({ agentId, jti, exp, now, seen }) => {
        const key = JSON.stringify([agentId, jti]);
        if (seen.has(key)) return false;
        await roundTrip();
        seen.add(key, jtiKeptUntil(exp, now));
        return true;
      },
    kills: foundBy("accepted", "ATT-5.concurrent"),
  }),
];
