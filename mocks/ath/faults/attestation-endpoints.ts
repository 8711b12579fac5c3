import { own, ownText } from "../json.ts";
import { fault, foundBy } from "./fault.ts";
import { isHmacOfPublicKey } from "./wrong/keys.ts";

const endpoints = [
  { endpoint: "authorize", requirement: "AUTHZ-3", where: "At authorization" },
  { endpoint: "token", requirement: "TOK-4", where: "At the exchange" },
] as const;

const ofBothEndpoints = endpoints.flatMap(({ endpoint, requirement, where }) => [
  fault({
    id: `${requirement}.hs256-accepted`,
    requirement,
    sentence: `${where} the header's alg is believed, so that an HMAC with the public key as the secret passes.`,
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) =>
      input.endpoint === endpoint && own(input.header, "alg") === "HS256"
        ? isHmacOfPublicKey(input, input.signingInput, input.signature)
        : honest(input),
    kills: foundBy("accepted", `${requirement}.forged`),
  }),
  fault({
    id: `${requirement}.key-from-iss`,
    requirement,
    sentence: `${where} the key is taken from the document at iss, so that any agent can sign for any other.`,
    rule: "attestation.signer",
    wrong: (honest) => (input) =>
      input.endpoint === endpoint && input.iss !== undefined ? { ok: true, documentUrl: input.iss } : honest(input),
    kills: foundBy("accepted", `${requirement}.forged`),
  }),
  fault({
    id: `${requirement}.claims-optional`,
    requirement,
    sentence: `${where} times and jti are judged when they are there, and may be missing.`,
    rule: "attestation.missingClaims",
    wrong: (honest) => (input) =>
      honest(input).filter((name) => input.endpoint !== endpoint || !["exp", "iat", "jti"].includes(name)),
    kills: foundBy("accepted", `${requirement}.incomplete`),
  }),
  fault({
    id: `${requirement}.iat-future-ignored`,
    requirement,
    sentence: `${where} attestations that will be issued at some later time are accepted today.`,
    rule: "attestation.issueTimeFits",
    wrong: (honest) => (input) =>
      (input.endpoint === endpoint && (input.iat ?? 0) * 1000 >= input.now) || honest(input),
    kills: foundBy("accepted", `${requirement}.iat-future`),
  }),
]);

/** An endpoint with a verifier of its own that knows less than the one of registration (AUTHZ-3, TOK-4). */
export const attestationEndpointFaults = [
  ...ofBothEndpoints,
  fault({
    id: "TOK-4.none-accepted",
    requirement: "TOK-4",
    sentence: "At the exchange attestations whose header says alg none pass unverified.",
    rule: "attestation.signatureIsValid",
    wrong: (honest) => (input) =>
      (input.endpoint === "token" && ownText(input.header, "alg") === "none") || honest(input),
    kills: foundBy("accepted", "TOK-4.unsigned"),
  }),
];
