import type { Denial, Stage } from "../state.ts";

/** Steps 5 and 8 (HS-9, HS-12, HS-13, HS-17, HS-18). */
export interface ScopeRules {
  /** HS-12: exactly what is requested, in the credential, approved and allowed. */
  "scopes.granted": (input: {
    readonly requested: readonly string[];
    readonly credential: readonly string[];
    readonly approved: readonly string[];
    readonly allowed: readonly string[];
  }) => readonly string[];
  /** HS-13: every requested scope that is not granted, with the reason. */
  "scopes.denied": (input: {
    readonly requested: readonly string[];
    readonly granted: readonly string[];
    readonly reasonFor: (scope: string) => string;
  }) => readonly Denial[];
  /** HS-17: seconds; nothing outlives what it comes from. */
  "scopes.ttl": (input: {
    readonly asked: number;
    readonly most: number;
    readonly credentialLeft: number;
    readonly confirmationLeft: number;
  }) => number;
  /** HS-18: where a handshake stands after scope_result. */
  "scopes.stageAfter": (input: { readonly granted: readonly string[] }) => Stage;
  /** HS-9: whether another scope_request is granted unseen after scope_result. */
  "scopes.takesAgain": (input: { readonly stage: Stage }) => boolean;
}

/** As many seconds as all of them allow; a broken bound before this one must not end in a token of the past. */
export function leastSeconds(...bounds: readonly number[]): number {
  return Math.max(1, Math.floor(Math.min(...bounds)));
}

export const honestScopes: ScopeRules = {
  "scopes.granted": ({ requested, credential, approved, allowed }) =>
    [...new Set(requested)].filter(
      (scope) => credential.includes(scope) && approved.includes(scope) && allowed.includes(scope),
    ),
  "scopes.denied": ({ requested, granted, reasonFor }) =>
    [...new Set(requested)]
      .filter((scope) => !granted.includes(scope))
      .map((scope) => ({ scope, reason: reasonFor(scope) })),
  "scopes.ttl": ({ asked, most, credentialLeft, confirmationLeft }) =>
    leastSeconds(asked, most, credentialLeft, confirmationLeft),
  "scopes.stageAfter": ({ granted }) => (granted.length > 0 ? "granted" : "ended"),
  "scopes.takesAgain": () => false,
};
