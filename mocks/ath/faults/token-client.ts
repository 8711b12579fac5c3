import { digest, sameText } from "../random.ts";
import type { Agent } from "../state.ts";
import { fault, foundBy } from "./fault.ts";

/** Characters of a secret of 32 bytes in base64url. */
const SECRET_LENGTH = 43;

/** Attestation and client credentials at the token endpoint (TOK-4, TOK-5, TOK-9). */
export const tokenClientFaults = [
  fault({
    id: "TOK-4.base-audience-demanded",
    requirement: "TOK-4",
    sentence: "The token endpoint wants the base URL as audience, as the other endpoints do, and refuses its own URL.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) => honest(input.endpoint === "token" ? { ...input, endpoint: "authorize" } : input),
    kills: foundBy("refused", "TOK-4.token-endpoint-audience"),
  }),
  fault({
    id: "TOK-4.attestation-optional",
    requirement: "TOK-4",
    sentence: "An exchange is judged by its attestation when it has one, and goes on without.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "token" && input.attestation === undefined ? { treat: "trust" } : honest(input),
    kills: foundBy("accepted", "TOK-4.missing"),
  }),
  fault({
    id: "TOK-4.attestation-ignored",
    requirement: "TOK-4",
    sentence: "An exchange has to carry an attestation, and nobody looks into it.",
    rule: "attestation.treatment",
    wrong: (honest) => (input) =>
      input.endpoint === "token" && input.attestation !== undefined ? { treat: "trust" } : honest(input),
    kills: foundBy(
      "accepted",
      "TOK-4.wrong-key",
      "TOK-4.expired",
      "TOK-4.base-audience",
      "TOK-4.other-audience",
      "TOK-4.other-agent",
      "TOK-4.replayed",
      "TOK-4.iat-past",
    ),
  }),
  fault({
    id: "TOK-4.any-own-audience",
    requirement: "TOK-4",
    sentence: "The token endpoint takes its own URL and the base URL as audience.",
    rule: "attestation.audienceFits",
    wrong: (honest) => (input) =>
      honest(input) || (input.endpoint === "token" && honest({ ...input, endpoint: "authorize" })),
    kills: foundBy("accepted", "TOK-4.base-audience"),
  }),
  fault({
    id: "TOK-4.sub-not-compared",
    requirement: "TOK-4",
    sentence: "An exchange takes any agent's valid attestation.",
    rule: "attestation.subjectIsAgent",
    wrong: (honest) => (input) => input.endpoint === "token" || honest(input),
    kills: foundBy("accepted", "TOK-4.other-agent"),
  }),
  fault({
    id: "TOK-4.jti-forgotten",
    requirement: "TOK-4",
    sentence: "The token endpoint does not remember which attestations it has seen.",
    rule: "attestation.jtiIsFresh",
    wrong: (honest) => (input) => input.endpoint === "token" || honest(input),
    kills: foundBy("accepted", "TOK-4.replayed"),
  }),
  fault({
    id: "TOK-5.secret-ignored",
    requirement: "TOK-5",
    sentence: "An exchange has to carry a client_secret, and it may be any.",
    rule: "credentials.areValid",
    wrong: (honest) => (input) => (input.endpoint === "token" && input.clientSecret !== undefined) || honest(input),
    kills: foundBy("accepted", "TOK-5.wrong-secret", "TOK-5.other-agents-secret"),
  }),
  fault({
    id: "TOK-5.secret-optional",
    requirement: "TOK-5",
    sentence: "The client_secret of an exchange is compared when there is one, and may be missing.",
    rule: "credentials.areValid",
    wrong: (honest) => (input) => (input.endpoint === "token" && input.clientSecret === undefined) || honest(input),
    kills: foundBy("accepted", "TOK-5.missing-secret", "TOK-5.empty-secret"),
  }),
  fault({
    id: "TOK-5.missing-secret-crashes",
    requirement: "TOK-5",
    sentence: "An exchange without client_secret ends in an internal error.",
    rule: "credentials.areValid",
    wrong: (honest) => (input) => {
      if (input.endpoint === "token" && input.clientSecret === undefined) {
        throw new TypeError("the data to be hashed must be a string");
      }
      return honest(input);
    },
    kills: foundBy("server-error", "TOK-5.missing-secret", "ERR-1.missing-fields", "ERR-1.fuzz-token"),
  }),
  fault({
    id: "TOK-5.any-agents-secret",
    requirement: "TOK-5",
    sentence: "A client_secret is accepted when it is that of some agent.",
    rule: "credentials.areValid",
    wrong: (honest) => (input) => {
      const { endpoint, clientSecret, agents } = input;
      if (endpoint !== "token" || clientSecret === undefined) return honest(input);
      const presented = digest(clientSecret);
      return [...agents.values()].some(({ secretDigest }) => sameText(presented, secretDigest));
    },
    kills: foundBy("accepted", "TOK-5.other-agents-secret"),
  }),
  fault({
    id: "TOK-5.case-ignored",
    requirement: "TOK-5",
    sentence: "A client_secret is compared without regard to upper and lower case, as some databases do.",
    rule: "credentials.areValid",
    wrong: (honest) => {
      const stored = new WeakMap<Agent, string>();
      return (input) => {
        const { endpoint, agent, clientSecret } = input;
        const valid = honest(input);
        if (valid && clientSecret !== undefined) stored.set(agent, clientSecret.toLowerCase());
        return (
          valid ||
          (endpoint === "token" && clientSecret !== undefined && stored.get(agent) === clientSecret.toLowerCase())
        );
      };
    },
    kills: foundBy("accepted", "TOK-5.near-secret"),
  }),
  fault({
    id: "TOK-9.known-others-refused",
    requirement: "TOK-9",
    sentence: "The grant types client_credentials and refresh_token are refused, and every other one is taken.",
    rule: "token.grantTypeIsSupported",
    wrong:
      () =>
      ({ grantType }) =>
        typeof grantType === "string" && !["client_credentials", "refresh_token"].includes(grantType),
    kills: foundBy("accepted", "TOK-9.password"),
  }),
  fault({
    id: "TOK-5.secret-cut",
    requirement: "TOK-5",
    sentence: "A client_secret is cut to the length of those that are issued before it is compared.",
    rule: "credentials.areValid",
    wrong: (honest) => (input) => {
      const { endpoint, clientSecret } = input;
      return honest(
        endpoint === "token" && clientSecret !== undefined
          ? { ...input, clientSecret: clientSecret.slice(0, SECRET_LENGTH) }
          : input,
      );
    },
    kills: foundBy("accepted", "TOK-5.longer-secret"),
  }),
  fault({
    id: "TOK-9.grant-type-ignored",
    requirement: "TOK-9",
    sentence: "Whatever grant_type an exchange names, it is treated as authorization_code.",
    rule: "token.grantTypeIsSupported",
    wrong: () => () => true,
    kills: foundBy(
      "accepted",
      "TOK-9.client-credentials",
      "TOK-9.missing-grant-type",
      "TOK-9.refresh-token",
      "ERR-1.fuzz-token",
    ),
  }),
];
