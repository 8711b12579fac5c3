import type { JsonObject } from "../../ath/json.ts";
import { jwtVerifies } from "../jwt.ts";
import { operationFits, pathFits } from "../rules/access.ts";
import type { Operation, System } from "../settings.ts";
import { embeddedKey, hmacVerifies, isUnsigned } from "./credential.ts";
import { fault, foundBy } from "./fault.ts";

function operationsOf({ scopes }: System, granted: readonly string[] = [...scopes.keys()]): readonly Operation[] {
  return granted.flatMap((scope) => scopes.get(scope) ?? []);
}

/** Resolves dot segments, however they are written. */
function resolved(path: string): string {
  const segments: string[] = [];
  for (const segment of path
    .replace(/%2f|%5c|\\/gi, "/")
    .replace(/%2e/gi, ".")
    .split("/")
    .slice(1)) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return `/${segments.join("/")}`;
}

/** The path before its first dot segment, empty segment or encoded separator. */
function plainBeginning(path: string): string {
  return path.replace(/\/(?:\.|%2e){1,2}(?:[/\\]|%2f|%5c|$).*$/i, "").replace(/(?:\/\/|%2f|%5c|\\).*$/i, "");
}

/** Calls through the gateway (HS-21, GW-1, GW-8). */
export const accessFaults = [
  fault({
    id: "HS-21.token-optional",
    requirement: "HS-21",
    sentence: "A call without a token, or with one that cannot be read, may do everything.",
    rule: "access.withoutToken",
    wrong:
      () =>
      ({ systems }): JsonObject => ({ scopes: [...systems.values()].flatMap(({ scopes }) => [...scopes.keys()]) }),
    kills: foundBy("accepted", "HS-21.no-token", "HS-21.garbage"),
  }),
  fault({
    id: "HS-21.signature-ignored",
    requirement: "HS-21",
    sentence: "Whatever looks like an access token is one.",
    rule: "access.tokenIsOurs",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-21.forged", "HS-21.tampered", "HS-21.other-gateway"),
  }),
  fault({
    id: "HS-21.none-accepted",
    requirement: "HS-21",
    sentence: "A token that says it is not signed is taken.",
    rule: "access.tokenIsOurs",
    wrong: (honest) => (input) => isUnsigned(input.jwt) || honest(input),
    kills: foundBy("accepted", "HS-21.alg-none"),
  }),
  fault({
    id: "HS-21.embedded-jwk-trusted",
    requirement: "HS-21",
    sentence: "An access token is verified with the key it brings.",
    rule: "access.tokenIsOurs",
    wrong: (honest) => (input) => {
      const key = embeddedKey(input.jwt.header);
      return key === undefined ? honest(input) : jwtVerifies(input.jwt, key);
    },
    kills: foundBy("accepted", "HS-21.embedded-jwk"),
  }),
  fault({
    id: "HS-21.hs256-accepted",
    requirement: "HS-21",
    sentence: "The gateway's public key is taken as the secret of an HMAC.",
    rule: "access.tokenIsOurs",
    wrong: (honest) => (input) =>
      Object.values(input.keys).some(({ publicKey }) => hmacVerifies(input.jwt, publicKey)) || honest(input),
    kills: foundBy("accepted", "HS-21.hs256-public-key"),
  }),
  fault({
    id: "HS-21.exp-ignored",
    requirement: "HS-21",
    sentence: "Access tokens never expire.",
    rule: "access.isUnexpired",
    wrong: () => () => true,
    kills: foundBy("accepted", "HS-21.expired"),
  }),
  fault({
    id: "GW-1.scopes-unenforced",
    requirement: "GW-1",
    sentence: "Any token opens every operation that some scope allows.",
    rule: "access.isGranted",
    wrong:
      () =>
      ({ method, path, system }) =>
        operationsOf(system).some((operation) => operationFits(operation, method, path)),
    kills: foundBy("accepted", "GW-1.out-of-scope", "GW-1.other-prefix"),
  }),
  fault({
    id: "GW-1.unmapped-reading-allowed",
    requirement: "GW-1",
    sentence: "What no scope is about is open to all who only read.",
    rule: "access.isGranted",
    wrong: (honest) => (input) => {
      const mapped = operationsOf(input.system).some((operation) => operationFits(operation, input.method, input.path));
      return (input.method === "GET" && !mapped) || honest(input);
    },
    kills: foundBy("accepted", "GW-1.unmapped"),
  }),
  fault({
    id: "GW-1.unmapped-allowed",
    requirement: "GW-1",
    sentence: "What no scope is about is open to all.",
    rule: "access.isGranted",
    wrong: (honest) => (input) =>
      honest(input) ||
      !operationsOf(input.system).some((operation) => operationFits(operation, input.method, input.path)),
    kills: foundBy("accepted", "GW-1.unmapped"),
  }),
  fault({
    id: "GW-1.prefix-only",
    requirement: "GW-1",
    sentence: "One scope of a system opens all of it.",
    rule: "access.isGranted",
    wrong:
      () =>
      ({ scopes, system }) =>
        scopes.some((scope) => system.scopes.has(scope)),
    kills: foundBy("accepted", "GW-1.out-of-scope", "GW-1.method", "GW-1.unmapped"),
  }),
  fault({
    id: "GW-1.method-ignored",
    requirement: "GW-1",
    sentence: "A scope that allows one method allows all.",
    rule: "access.isGranted",
    wrong:
      () =>
      ({ path, scopes, system }) =>
        operationsOf(system, scopes).some(({ segments }) => pathFits(segments, path)),
    kills: foundBy("accepted", "GW-1.method"),
  }),
  fault({
    id: "GW-1.any-system",
    requirement: "GW-1",
    sentence: "Scopes of one system open the others as well.",
    rule: "access.isGranted",
    wrong: (honest) => (input) =>
      honest(input) ||
      (!input.scopes.some((scope) => input.system.scopes.has(scope)) &&
        input.scopes.some((scope) => [...input.systems.values()].some((system) => system.scopes.has(scope)))),
    kills: foundBy("accepted", "GW-1.other-prefix"),
  }),
  fault({
    id: "GW-1.scope-map-broken",
    requirement: "GW-1",
    sentence: "A granted scope opens nothing.",
    rule: "access.isGranted",
    wrong: () => () => false,
    kills: foundBy("refused", "GW-1.in-scope"),
  }),
  fault({
    id: "GW-1.dots-resolved",
    requirement: "GW-1",
    sentence: "A path is judged up to its first dot segment and called as the whole resolves.",
    rule: "access.target",
    wrong: (honest) => (input) =>
      honest(input) ?? { operationPath: plainBeginning(input.path), forwardPath: resolved(input.path) },
    kills: foundBy("accepted", "GW-1.path-escape"),
  }),
  fault({
    id: "GW-8.token-revocation-ignored",
    requirement: "GW-8",
    sentence: "A token that was taken back goes on working.",
    rule: "access.tokenIsRevoked",
    wrong: () => () => false,
    kills: foundBy("accepted", "GW-8.token-revoked"),
  }),
  fault({
    id: "GW-8.open-handshake-forgotten",
    requirement: "GW-8",
    sentence: "What a user takes back ends the tokens there are, and not the handshake that is about to give one.",
    rule: "access.revocationEndsHandshakes",
    wrong: () => () => false,
    kills: foundBy("accepted", "GW-8.user-revoked-early"),
  }),
  fault({
    id: "GW-8.user-revocation-ignored",
    requirement: "GW-8",
    sentence: "What a user takes back goes on working.",
    rule: "access.userHasRevoked",
    wrong: () => () => false,
    kills: foundBy("accepted", "GW-8.user-revoked"),
  }),
];
