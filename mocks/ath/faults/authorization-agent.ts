import { fault, foundBy } from "./fault.ts";
import { coded } from "./wrong/codes.ts";

/** The agent that asks for authorization (AUTHZ-1, AUTHZ-2, AUTHZ-3, AUTHZ-10). */
export const authorizationAgentFaults = [
  fault({
    id: "AUTHZ-1.client-by-attestation",
    requirement: "AUTHZ-1",
    sentence: "With an unknown client_id the agent is found by the sub of its attestation.",
    rule: "authorization.client",
    wrong: (honest) => (input) => {
      const { agents, claimedSub } = input;
      return honest(input) ?? [...agents.values()].find(({ agentId }) => agentId === claimedSub());
    },
    kills: foundBy("accepted", "AUTHZ-1.unknown-client"),
  }),
  fault({
    id: "AUTHZ-1.wrong-code",
    requirement: "AUTHZ-1",
    sentence: "An agent that was never registered is told that its approval is pending.",
    rule: "errors.code",
    wrong: coded("client-unknown", "AGENT_UNAPPROVED"),
    kills: foundBy("unfitting-code", "AUTHZ-1.unknown-client"),
  }),
  fault({
    id: "AUTHZ-2.status-ignored",
    requirement: "AUTHZ-2",
    sentence: "Agents are authorized as soon as they are registered, also those that are pending or denied.",
    rule: "authorization.agentIsApproved",
    wrong: () => () => true,
    kills: foundBy("accepted", "AUTHZ-2.pending-agent", "AUTHZ-2.denied-agent"),
  }),
  fault({
    id: "AUTHZ-3.attestation-optional",
    requirement: "AUTHZ-3",
    sentence: "An authorization is judged by its attestation when it has one, and goes on without.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "authorize" && input.attestation === undefined ? { treat: "trust" } : honest(input),
    kills: foundBy("accepted", "AUTHZ-3.missing"),
  }),
  fault({
    id: "AUTHZ-3.attestation-ignored",
    requirement: "AUTHZ-3",
    sentence: "An authorization has to carry an attestation, and nobody looks into it.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "authorize" && input.attestation !== undefined ? { treat: "trust" } : honest(input),
    kills: foundBy(
      "accepted",
      "AUTHZ-3.wrong-key",
      "AUTHZ-3.tampered",
      "AUTHZ-3.expired",
      "AUTHZ-3.other-audience",
      "AUTHZ-3.iat-past",
      "AUTHZ-3.alg-none",
    ),
  }),
  fault({
    id: "AUTHZ-3.signature-ignored",
    requirement: "AUTHZ-3",
    sentence: "Signatures are verified at registration, and at authorization no more.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) => input.endpoint === "authorize" || honest(input),
    kills: foundBy("accepted", "AUTHZ-3.wrong-key", "AUTHZ-3.tampered", "AUTHZ-3.alg-none"),
  }),
  fault({
    id: "AUTHZ-3.claims-ignored",
    requirement: "AUTHZ-3",
    sentence: "At authorization the signature counts, and neither expiry nor audience nor issue time.",
    rule: "attestation.claimsAreJudged",
    wrong: (honest) => (input) => input.endpoint !== "authorize" && honest(input),
    kills: foundBy("accepted", "AUTHZ-3.expired", "AUTHZ-3.other-audience", "AUTHZ-3.iat-past"),
  }),
  fault({
    id: "AUTHZ-10.sub-not-compared",
    requirement: "AUTHZ-10",
    sentence: "An authorization takes any agent's valid attestation together with anybody's client_id.",
    rule: "attestation.subjectIsAgent",
    wrong: (honest) => (input) => input.endpoint === "authorize" || honest(input),
    kills: foundBy("accepted", "AUTHZ-10.other-agents-attestation"),
  }),
  fault({
    id: "AUTHZ-10.sub-begins",
    requirement: "AUTHZ-10",
    sentence: "At authorization the attestation's sub only has to begin with the registered agent_id.",
    rule: "attestation.subjectIsAgent",
    wrong: (honest) => (input) =>
      (input.endpoint === "authorize" && input.sub?.startsWith(input.agentId) === true) || honest(input),
    kills: foundBy("accepted", "AUTHZ-10.longer-sub"),
  }),
];
