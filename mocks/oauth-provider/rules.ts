import { createHash, timingSafeEqual } from "node:crypto";
import type { ClientAuthMethod, OAuthClient } from "./options.ts";
import type { CodeRecord, TokenRecord } from "./store.ts";

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Comparison whose time says nothing about how much was right. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(sha256(one), sha256(other));
}

/** A URI as RFC 3986 spells it: ASCII, absolute, without a fragment. */
function isAbsoluteUri(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && !text.includes("#") && URL.canParse(text);
}

/** Every decision of the provider, by name. */
export const honestRules = {
  /** RFC 6749 § 3.1.2.3, RFC 9700 § 2.1: redirect URIs are compared character by character. */
  "authorize.redirectUriIsRegistered": (client: OAuthClient, redirectUri: string): boolean => {
    if (!isAbsoluteUri(redirectUri)) return false;
    return client.redirect_uris?.includes(redirectUri) ?? /^https?:\/\//i.test(redirectUri);
  },
  "authorize.responseTypeIsCode": (responseType: string | undefined): boolean => responseType === "code",
  /** RFC 7636 § 4.2: 43 characters of base64url; `plain` protects nothing and is not spoken here. */
  "pkce.challengeIsS256": (challenge: string | undefined, method: string | undefined): boolean =>
    method === "S256" && challenge !== undefined && /^[A-Za-z0-9_-]{43}$/.test(challenge),
  /** RFC 8707 § 2. */
  "authorize.resourceIsAbsolute": (resource: string): boolean => isAbsoluteUri(resource),
  "authorize.scopesAreKnown": (asked: readonly string[], known: readonly string[]): boolean =>
    asked.length > 0 && asked.every((scope) => known.includes(scope)),
  /** A user grants what was asked for, or less; `known` is everything the provider has. */
  "authorize.grantedScopes": (
    asked: readonly string[],
    allowed: readonly string[],
    _known: readonly string[],
  ): readonly string[] => asked.filter((scope) => allowed.includes(scope)),
  /** RFC 6749 § 4.1.2: exactly as it came. */
  "authorize.returnedState": (state: string | undefined): string | undefined => state,
  /** RFC 9207 § 2. */
  "authorize.returnedIssuer": (issuer: string): string | undefined => issuer,
  /** The form was made for this browser. */
  "consent.formIsOurs": (browser: string | undefined, expected: string): boolean =>
    browser !== undefined && sameSecret(browser, expected),

  "token.clientIsAuthentic": (client: OAuthClient, secret: string, method: ClientAuthMethod): boolean =>
    sameSecret(client.client_secret, secret) && (client.token_endpoint_auth_methods?.includes(method) ?? true),
  "token.codeIsFresh": (code: CodeRecord, now: number): boolean => now < code.expiresAt,
  /** RFC 6749 § 4.1.2: once. */
  "token.codeIsUnused": (code: CodeRecord): boolean => !code.used,
  "token.codeIsForClient": (code: CodeRecord, client: OAuthClient): boolean => code.grant.clientId === client.client_id,
  /** RFC 6749 § 4.1.3: identical, when the authorization request had one. */
  "token.redirectUriMatches": (code: CodeRecord, redirectUri: string | undefined): boolean =>
    code.redirectUri === undefined || code.redirectUri === redirectUri,
  /** RFC 7636 § 4.6; a verifier for a code without challenge is a downgrade (RFC 9700 § 2.1.1). */
  "pkce.verifierMatches": (challenge: string | undefined, verifier: string | undefined): boolean => {
    if (challenge === undefined || verifier === undefined) return challenge === verifier;
    return /^[A-Za-z0-9\-._~]{43,128}$/.test(verifier) && sha256(verifier).toString("base64url") === challenge;
  },
  /** RFC 8707 § 2.2: nothing beyond what was authorized. */
  "token.resourcesAreBound": (bound: readonly string[], asked: readonly string[]): boolean =>
    asked.every((resource) => bound.includes(resource)),
  /** Seconds that an access token lives. */
  "token.accessLifetime": (seconds: number): number => seconds,
  /** What `expires_in` says. */
  "token.reportedLifetime": (seconds: number): number | undefined => seconds,
  "token.type": (): string => "Bearer",
  /** RFC 6749 § 5.1: required when it differs from what was asked; this provider always says. */
  "token.reportedScope": (scopes: readonly string[]): string | undefined => scopes.join(" "),
  "token.refreshTokenIsIssued": (): boolean => true,
  /** Whether and when the token endpoint answers at all. */
  "token.answer": (answer: () => Promise<Response>): Promise<Response> => answer(),

  "refresh.tokenIsGood": (token: TokenRecord, now: number): boolean => now < token.expiresAt,
  /** RFC 9700 § 4.14.2: each refresh token is good once. */
  "refresh.tokenIsRotated": (): boolean => true,
  /** RFC 9700 § 4.14.2: a used refresh token shows a thief; everything of the grant ends. */
  "refresh.reuseIsNoticed": (token: TokenRecord): boolean => token.used,
  /** RFC 6749 § 6: the same scopes or fewer. */
  "refresh.scopesAreWithin": (granted: readonly string[], asked: readonly string[]): boolean =>
    asked.every((scope) => granted.includes(scope)),

  "access.tokenIsAlive": (token: TokenRecord, now: number): boolean => now < token.expiresAt,
  /** RFC 7009 § 2.1: clients revoke what was issued to them. */
  "revoke.tokenIsOwn": (token: TokenRecord, client: OAuthClient): boolean => token.grant.clientId === client.client_id,
  "revoke.takesEffect": (): boolean => true,
};

export type OAuthRules = typeof honestRules;
