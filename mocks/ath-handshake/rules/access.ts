import { type JsonObject, own } from "../../ath/json.ts";
import { type Jwt, jwtVerifies } from "../jwt.ts";
import type { ServerKeys } from "../keys.ts";
import type { Operation, System } from "../settings.ts";
import { remember } from "../state.ts";

/** A path that may be forwarded. */
export interface Target {
  /** By this it is judged. */
  readonly operationPath: string;
  /** This is called. */
  readonly forwardPath: string;
}

/** Calls through the gateway (HS-21, GW-1, GW-8). */
export interface AccessRules {
  /** HS-21: the claims that a call without a readable token has. */
  "access.withoutToken": (input: { readonly systems: ReadonlyMap<string, System> }) => JsonObject | undefined;
  /** HS-21: issued by this gateway, signed by its key. `verified`: tokens whose signature was verified before. */
  "access.tokenIsOurs": (input: {
    readonly jwt: Jwt;
    readonly issuer: string;
    readonly keys: ServerKeys;
    readonly verified: Map<string, true>;
  }) => boolean;
  /** HS-21: Seconds, and milliseconds. */
  "access.isUnexpired": (input: { readonly exp: number; readonly now: number }) => boolean;
  /** GW-8: the token was taken back. */
  "access.tokenIsRevoked": (input: { readonly revoked: boolean }) => boolean;
  /** GW-8: the user took back what he allowed. Milliseconds. */
  "access.userHasRevoked": (input: { readonly issuedAt: number; readonly revokedAt: number | undefined }) => boolean;
  /** GW-8: whether what the user takes back ends the handshakes that rest on it and have given no token yet. */
  "access.revocationEndsHandshakes": () => boolean;
  /** GW-1: a path whose segments are plain; undefined: nobody can say what a backend makes of it. */
  "access.target": (input: { readonly path: string }) => Target | undefined;
  /** GW-1: a granted scope of this system allows exactly this method and path. */
  "access.isGranted": (input: {
    readonly method: string;
    readonly path: string;
    readonly scopes: readonly string[];
    readonly system: System;
    readonly systems: ReadonlyMap<string, System>;
  }) => boolean;
}

/** More tokens than this are verified anew. */
const MAX_VERIFIED = 10_000;

export function pathFits(segments: readonly string[], path: string): boolean {
  const given = path.split("/");
  return (
    given.length === segments.length &&
    segments.every((segment, at) => {
      const value = given[at] ?? "";
      return /^\{.+\}$/.test(segment) ? value !== "" : segment === value;
    })
  );
}

/** Whether an operation is this method and path. */
export function operationFits({ method, segments }: Operation, called: string, path: string): boolean {
  return method === called && pathFits(segments, path);
}

function isPlainSegment(segment: string): boolean {
  try {
    const plain = decodeURIComponent(segment);
    return plain !== "" && plain !== "." && plain !== ".." && !/[/\\%\u0000-\u001f\u007f]/.test(plain);
  } catch {
    return false;
  }
}

function operationsOf({ scopes }: System, granted: readonly string[]): readonly Operation[] {
  return granted.flatMap((scope) => scopes.get(scope) ?? []);
}

export const honestAccess: AccessRules = {
  "access.withoutToken": () => undefined,
  "access.tokenIsOurs": ({ jwt, issuer, keys, verified }) => {
    if (verified.has(jwt.text)) return true;
    const key = own(jwt.header, "alg") === "EdDSA" ? keys.EdDSA : keys.ES256;
    if (own(jwt.claims, "iss") !== issuer || !jwtVerifies(jwt, key.publicKey)) return false;
    remember(verified, jwt.text, true, MAX_VERIFIED);
    return true;
  },
  "access.isUnexpired": ({ exp, now }) => exp * 1000 > now,
  "access.tokenIsRevoked": ({ revoked }) => revoked,
  "access.userHasRevoked": ({ issuedAt, revokedAt }) => revokedAt !== undefined && issuedAt <= revokedAt,
  "access.revocationEndsHandshakes": () => true,
  "access.target": ({ path }) =>
    path.split("/").slice(1).every(isPlainSegment) ? { operationPath: path, forwardPath: path } : undefined,
  "access.isGranted": ({ method, path, scopes, system }) =>
    operationsOf(system, scopes).some((operation) => operationFits(operation, method, path)),
};
