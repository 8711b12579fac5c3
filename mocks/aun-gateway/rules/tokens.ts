import { type KeyObject, verify } from "node:crypto";
import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import type { KeyPair } from "../../core/key-pair.ts";
import type { VerifiedToken } from "../method.ts";

/** What a token is made for. */
export type TokenUse = "login" | "refresh" | "connect";

/** The claims of an access token (AUN 01 § 1.7). */
export interface TokenClaims extends JsonObject {
  readonly aid: string;
  readonly aud: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
}

/** What makes a token one of this service: its tokens are made with these, and believed with these only. */
export interface TokenTerms {
  readonly iss: string;
  readonly aud: string;
  /** The claim that names the AID beside `aid`. */
  readonly subjectClaim: string;
}

/** A JWT in its parts, nothing verified. */
export interface ParsedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signingInput: string;
  readonly signature: Uint8Array;
}

const MAX_TOKEN = 8 * 1024;

function jsonPart(part: string): JsonObject | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the compact form (RFC 7515 § 3.1); undefined when it is none. */
export function parsedToken(token: string): ParsedToken | undefined {
  if (token.length > MAX_TOKEN) return undefined;
  const [first, second, third, ...rest] = token.split(".");
  if (first === undefined || second === undefined || third === undefined || rest.length > 0) return undefined;
  const header = jsonPart(first);
  const claims = jsonPart(second);
  if (header === undefined || claims === undefined || !/^[\w-]*$/.test(third)) return undefined;
  return { header, claims, signingInput: `${first}.${second}`, signature: Buffer.from(third, "base64url") };
}

/** What tokens say and which are believed. */
export interface TokenRules {
  /** The text of a new token (A94). */
  "token.text"(input: { readonly aid: string; readonly use: TokenUse; readonly make: () => string }): string;
  /** How long a token lives, in seconds, as `expires_in` says (A94). */
  "token.lifetime"(): number;
  /** A94. */
  "token.header"(input: { readonly header: JsonObject; readonly use: TokenUse }): JsonObject;
  /** A94. */
  "token.terms"(input: { readonly issuer: string }): TokenTerms;
  /** A94, A32, A112. */
  "token.claims"(input: { readonly claims: TokenClaims; readonly use: TokenUse }): JsonObject;
  /** The keys that sign tokens and verify them (A94). */
  "token.keys"(input: { readonly auth: KeyPair }): KeyPair;
  /**
   * Whom a token presented at `auth.connect` is of; undefined: nobody. `holderOf` judges by all the other rules;
   * `refreshHolder` tells whom a refresh token is of (A22, A24, A32).
   */
  "token.holder"(input: {
    readonly token: string;
    readonly holderOf: (token: string) => VerifiedToken | undefined;
    readonly refreshHolder: (token: string) => string | undefined;
    readonly aids: () => Iterable<string>;
    readonly issuer: string;
  }): VerifiedToken | undefined;
  /** A24. */
  "token.signatureIsValid"(input: { readonly parsed: ParsedToken; readonly key: KeyObject }): boolean;
  /** The AID of a signed token; undefined when its claims are not of this service (A24). */
  "token.subject"(input: { readonly claims: JsonObject; readonly terms: TokenTerms }): string | undefined;
  /** A23; milliseconds. */
  "token.isUnexpired"(input: { readonly expiresAt: number; readonly now: number }): boolean;
}

export const honestTokens: TokenRules = {
  "token.text": ({ make }) => make(),
  "token.lifetime": () => 3600,
  "token.header": ({ header }) => header,
  "token.terms": ({ issuer }) => ({ iss: `auth.${issuer}`, aud: "aun", subjectClaim: "sub" }),
  "token.claims": ({ claims }) => claims,
  "token.keys": ({ auth }) => auth,
  "token.holder": ({ token, holderOf }) => holderOf(token),
  "token.signatureIsValid": ({ parsed: { header, signingInput, signature }, key }) =>
    own(header, "alg") === "ES256" &&
    verify("sha256", Buffer.from(signingInput, "latin1"), { key, dsaEncoding: "ieee-p1363" }, signature),
  "token.subject": ({ claims, terms: { iss, aud, subjectClaim } }) => {
    const aid = ownText(claims, "aid");
    const isOurs = own(claims, "iss") === iss && own(claims, "aud") === aud;
    return isOurs && own(claims, subjectClaim) === aid ? aid : undefined;
  },
  "token.isUnexpired": ({ expiresAt, now }) => now < expiresAt,
};
