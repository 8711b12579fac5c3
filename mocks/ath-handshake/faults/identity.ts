import { fault, foundBy } from "./fault.ts";

const everyForgery = [
  "HS-7.other-key",
  "HS-7.other-nonce",
  "HS-7.replayed",
  "HS-7.empty-signature",
  "HS-7.wrong-encoding",
  "HS-7.swapped-agent",
  "HS-7.eddsa-other-key",
];

/** Steps 3 and 4 (HS-7, HS-9, HS-10), and what a DID and its handshakes are worth (HS-22, HS-23). */
export const identityFaults = [
  fault({
    id: "HS-7.signature-ignored",
    requirement: "HS-7",
    sentence: "Any proof proves.",
    rule: "identity.proofHolds",
    wrong: () => () => true,
    kills: foundBy("accepted", ...everyForgery),
  }),
  fault({
    id: "HS-7.any-nonce-of-agent",
    requirement: "HS-7",
    sentence: "A proof counts over the nonce of any handshake of this agent.",
    rule: "identity.proofHolds",
    wrong:
      () =>
      ({ handshake, verifies, handshakes }) =>
        [...handshakes()].some(({ agent, nonceB }) => agent.did === handshake.agent.did && verifies(handshake, nonceB)),
    kills: foundBy("accepted", "HS-7.replayed"),
  }),
  fault({
    id: "HS-7.nonce-a-accepted",
    requirement: "HS-7",
    sentence: "A proof over the agent's own nonce counts as well.",
    rule: "identity.proofHolds",
    wrong: (honest) => (input) => honest(input) || input.verifies(input.handshake, input.handshake.nonceA),
    kills: foundBy("accepted", "HS-7.other-nonce"),
  }),
  fault({
    id: "HS-7.empty-signature-accepted",
    requirement: "HS-7",
    sentence: "An empty signature counts.",
    rule: "identity.proofHolds",
    wrong: (honest) => (input) => input.signature === "" || honest(input),
    kills: foundBy("accepted", "HS-7.empty-signature"),
  }),
  fault({
    id: "HS-7.any-known-key",
    requirement: "HS-7",
    sentence: "A proof counts by the key of any agent with a handshake, over its nonce or this one's.",
    rule: "identity.proofHolds",
    wrong:
      () =>
      ({ handshake, verifies, handshakes }) =>
        [...handshakes()].some((other) => verifies(other, handshake.nonceB) || verifies(other, other.nonceB)),
    kills: foundBy("accepted", "HS-7.swapped-agent"),
  }),
  fault({
    id: "HS-7.failure-not-final",
    requirement: "HS-7",
    sentence: "After a proof that does not hold, another may be tried.",
    rule: "identity.stageAfterFailure",
    wrong: () => () => "opened" as const,
    kills: foundBy("took-effect", "HS-7.nothing-after"),
  }),
  fault({
    id: "HS-7.eddsa-refused",
    requirement: "HS-7",
    sentence: "The gateway announces EdDSA and verifies ES256 only.",
    rule: "identity.proofHolds",
    wrong: (honest) => (input) => input.handshake.agent.key.algorithm === "ES256" && honest(input),
    kills: foundBy("refused", "HS-7.eddsa"),
  }),
  fault({
    id: "HS-7.eddsa-unverified",
    requirement: "HS-7",
    sentence: "Ed25519 proofs are not verified.",
    rule: "identity.proofHolds",
    wrong: (honest) => (input) => input.handshake.agent.key.algorithm === "EdDSA" || honest(input),
    kills: foundBy("accepted", "HS-7.eddsa-other-key"),
  }),
  fault({
    id: "HS-9.proof-repeatable",
    requirement: "HS-9",
    sentence: "After a proof, another is taken for it, by whatever key.",
    rule: "identity.takesAgain",
    wrong:
      () =>
      ({ stage }) =>
        stage === "proved",
    kills: foundBy("accepted", "HS-9.proof-twice"),
  }),
  fault({
    id: "HS-10.metadata-missing",
    requirement: "HS-10",
    sentence: "A successful identity_result does not tell what may be asked for.",
    rule: "identity.metadata",
    wrong: () => () => undefined,
    kills: foundBy("schema", "HS-10.success"),
  }),
  fault({
    id: "HS-10.failure-without-error",
    requirement: "HS-10",
    sentence: "A failed identity_result does not say why.",
    rule: "identity.error",
    wrong: () => () => undefined,
    kills: foundBy("no-error", "HS-10.failure"),
  }),
  fault({
    id: "HS-22.key-replaced",
    requirement: "HS-22",
    sentence: "Whoever brings another key takes over the DID.",
    rule: "hello.keyIsKept",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-22.other-key"),
  }),
  fault({
    id: "HS-23.never-expires",
    requirement: "HS-23",
    sentence: "An abandoned handshake can be gone on with at any time.",
    rule: "order.isAlive",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-23.expires"),
  }),
  fault({
    id: "HS-23.proved-lives-on",
    requirement: "HS-23",
    sentence: "Once the agent has proved who it is, a handshake never expires.",
    rule: "order.isAlive",
    wrong: (honest) => (input) => input.stage !== "opened" || honest(input),
    kills: foundBy("accepted", "HS-23.expires"),
  }),
  fault({
    id: "HS-23.capacity-without-expiry",
    requirement: "HS-23",
    sentence: "Room for a thousand handshakes is never given back.",
    rule: "hello.room",
    wrong:
      () =>
      ({ opened }) =>
        opened < 1_000 ? "open" : "refuse",
    kills: foundBy("exhausted", "HS-23.many"),
  }),
];
