import { fault, foundBy } from "./fault.ts";

/** The end of a token (REV-1 to REV-4). */
export const revocationFaults = [
  fault({
    id: "REV-1.not-revoked",
    requirement: "REV-1",
    sentence: "A revocation is answered with success and changes nothing.",
    rule: "revocation.end",
    wrong: () => () => {},
    kills: foundBy("accepted", "REV-1.revoked"),
  }),
  fault({
    id: "REV-2.unauthenticated",
    requirement: "REV-2",
    sentence: "Whoever knows a token can revoke it without credentials.",
    rule: "revocation.caller",
    wrong: (honest) => (input) => {
      const { clientSecret, token, agents } = input;
      return clientSecret === undefined && token !== undefined ? agents.get(token.clientId) : honest(input);
    },
    kills: foundBy("token-died", "REV-2.no-credentials", "REV-2.missing-secret"),
  }),
  fault({
    id: "REV-2.secret-optional",
    requirement: "REV-2",
    sentence: "The client_secret of a revocation is compared when there is one, and may be missing.",
    rule: "revocation.caller",
    wrong: (honest) => (input) =>
      input.clientSecret === undefined ? input.agents.get(input.clientId ?? "") : honest(input),
    kills: foundBy("token-died", "REV-2.missing-secret", "REV-2.empty-secret"),
  }),
  fault({
    id: "REV-2.secret-ignored",
    requirement: "REV-2",
    sentence: "A revocation has to carry a client_secret, and it may be any.",
    rule: "revocation.caller",
    wrong: (honest) => (input) =>
      input.clientSecret === undefined ? honest(input) : input.agents.get(input.clientId ?? ""),
    kills: foundBy("token-died", "REV-2.wrong-secret"),
  }),
  fault({
    id: "REV-3.any-agent",
    requirement: "REV-3",
    sentence: "Any registered agent can revoke any token.",
    rule: "revocation.isOwn",
    wrong: () => () => true,
    kills: foundBy("token-died", "REV-3.other-agent"),
  }),
  fault({
    id: "REV-4.unknown-refused",
    requirement: "REV-4",
    sentence: "The revocation of a token that is unknown is refused.",
    rule: "revocation.whenUnknown",
    wrong: () => () => "refuse" as const,
    kills: foundBy("not-200", "REV-4.unknown-token"),
  }),
];
