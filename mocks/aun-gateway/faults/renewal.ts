import { fault, foundBy } from "./auth-service-fault.ts";

/** Renewal and rekey (A102, A103). */
export const renewalFaults = [
  fault({
    id: "A102.signature-ignored",
    requirement: "A102",
    sentence: "A renewal is not verified to come from the key's owner.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.use === "renew" || honest(input),
    kills: foundBy("accepted", "A102.bad-signature"),
  }),
  fault({
    id: "A102.nonce-reusable",
    requirement: "A102",
    sentence: "One login1 is good for as many renewals as fit into its minute.",
    rule: "login.isUsedUp",
    wrong: (honest) => (input) => input.use !== "renew" && honest(input),
    kills: foundBy("accepted", "A102.reused-nonce"),
  }),
  fault({
    id: "A102.no-grace-limit",
    requirement: "A102",
    sentence: "A certificate can be renewed however long it has been dead.",
    rule: "certificate.isWithinGrace",
    wrong: () => () => true,
    kills: foundBy("accepted", "A102.too-late"),
  }),
  fault({
    id: "A103.old-key-lives",
    requirement: "A103",
    sentence: "After a rekey the old certificate stays good until its end.",
    rule: "rekey.revoked",
    wrong: () => () => [],
    kills: foundBy("accepted", "A103.old-dead"),
  }),
  fault({
    id: "A103.new-key-unsigned",
    requirement: "A103",
    sentence: "The new key does not have to be in what the old key signs.",
    rule: "login.signatureIsValid",
    wrong: (honest) => (input) => input.use === "rekey" || honest(input),
    kills: foundBy("accepted", "A103.unsigned-key"),
  }),
];
