import { freshExchangeKey, offCurvePem, strangersKey } from "../exchange-key.ts";
import { fault, foundBy } from "./fault.ts";

/** A key for all handshakes. */
const keptKey = { ...freshExchangeKey() };

/** Public keys of other curves than P-256 begin so in SPKI PEM. */
const otherCurve = /-----BEGIN PUBLIC KEY-----\s+(?:M(?:HYw|CowBQYDK2V))/;

const hour = 3600;

/** Step 9 (HS-19, HS-20). */
export const completionFaults = [
  fault({
    id: "HS-19.signed-by-other-key",
    requirement: "HS-19",
    sentence: "The access token is signed by another key than the one announced.",
    rule: "token.signingKey",
    wrong:
      () =>
      ({ fresh }) =>
        fresh(),
    kills: foundBy("signature-invalid", "HS-19.signature"),
  }),
  fault({
    id: "HS-19.wrong-agent",
    requirement: "HS-19",
    sentence: "The access token names another agent.",
    rule: "token.claims",
    wrong: (honest) => (input) => ({ ...honest(input), sub: "did:ath:agent:somebody-else" }),
    kills: foundBy("wrong-agent", "HS-19.claims"),
  }),
  fault({
    id: "HS-19.user-missing",
    requirement: "HS-19",
    sentence: "The access token does not say for which user.",
    rule: "token.claims",
    wrong: (honest) => (input) => {
      const { user_did: _, ...rest } = honest(input);
      return rest;
    },
    kills: foundBy("wrong-user", "HS-19.claims"),
  }),
  fault({
    id: "HS-19.requested-scopes",
    requirement: "HS-19",
    sentence: "The access token holds the scopes that were asked for.",
    rule: "token.claims",
    wrong: (honest) => (input) => ({ ...honest(input), scopes: input.requested }),
    kills: foundBy("wrong-scopes", "HS-19.claims"),
  }),
  fault({
    id: "HS-19.fixed-lifetime",
    requirement: "HS-19",
    sentence: "Every access token lives fifty minutes, whatever was granted.",
    rule: "token.claims",
    wrong: (honest) => (input) => ({ ...honest(input), exp: input.claims.iat + 3_000 }),
    kills: foundBy("wrong-lifetime", "HS-19.claims"),
  }),
  fault({
    id: "HS-24.eight-hours",
    requirement: "HS-24",
    sentence: "Access tokens live a working day.",
    rule: "token.claims",
    wrong: (honest) => (input) => ({ ...honest(input), exp: input.claims.iat + 8 * hour }),
    kills: foundBy("too-long", "HS-24.lifetime"),
  }),
  fault({
    id: "HS-19.same-jti",
    requirement: "HS-19",
    sentence: "All access tokens have the same jti.",
    rule: "token.claims",
    wrong: (honest) => (input) => ({ ...honest(input), jti: "token" }),
    kills: foundBy("repeated", "HS-19.unique"),
  }),
  fault({
    id: "HS-20.point-unchecked",
    requirement: "HS-20",
    sentence: "Whatever the agent sends as its public key is taken.",
    rule: "exchange.agentKey",
    wrong: (honest) => (input) => honest(input) ?? (otherCurve.test(input.pem) ? undefined : strangersKey()),
    kills: foundBy("accepted", "HS-20.off-curve", "HS-20.identity-point", "HS-20.garbage-key"),
  }),
  fault({
    id: "HS-20.curve-unchecked",
    requirement: "HS-20",
    sentence: "A public key on another curve is taken.",
    rule: "exchange.agentKey",
    wrong: (honest) => (input) => honest(input) ?? (otherCurve.test(input.pem) ? strangersKey() : undefined),
    kills: foundBy("accepted", "HS-20.wrong-curve"),
  }),
  fault({
    id: "HS-20.algorithm-unchecked",
    requirement: "HS-20",
    sentence: "Any key exchange and any cipher is agreed to.",
    rule: "exchange.suiteIsKnown",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-20.wrong-algorithm", "HS-20.weak-cipher"),
  }),
  fault({
    id: "HS-20.bad-point-crashes",
    requirement: "HS-20",
    sentence: "A public key that is none ends in an internal error.",
    rule: "exchange.agentKey",
    wrong: (honest) => (input) => {
      const key = honest(input);
      if (key === undefined) throw new TypeError("the point has no coordinates");
      return key;
    },
    kills: foundBy("server-error", "HS-20.off-curve", "HS-20.identity-point", "HS-20.garbage-key"),
  }),
  fault({
    id: "HS-20.constant-garbage-key",
    requirement: "HS-20",
    sentence: "What the gateway sends as its public key is no point of the curve.",
    rule: "exchange.ownKey",
    wrong: (honest) => (input) => ({ ...honest(input), pem: offCurvePem() }),
    kills: foundBy("invalid-key", "HS-20.real-ecdh"),
  }),
  fault({
    id: "HS-20.key-reused",
    requirement: "HS-20",
    sentence: "The gateway uses one key for all key exchanges.",
    rule: "exchange.ownKey",
    wrong: () => () => keptKey,
    kills: foundBy("repeated", "HS-20.fresh"),
  }),
];
