import type { ProviderGrant } from "../state.ts";

/** A request to the provider's token endpoint as it goes out. */
export interface WireRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the implementor behaves as an OAuth client of the provider. */
export interface BridgeRules {
  /** BRG-1: form-encoded, with the code_verifier and the redirect_uri of the authorization request. */
  "bridge.wireRequest": (input: {
    readonly purpose: "exchange" | "refresh";
    readonly headers: Readonly<Record<string, string>>;
    readonly form: URLSearchParams;
  }) => WireRequest;
  /** RFC 6749 § 5.1: the scopes that the provider reports; as asked when it reports none. */
  "bridge.consentedScopes": (input: {
    readonly reported: string | undefined;
    readonly requested: readonly string[];
  }) => readonly string[];
  /** BRG-2: what agents and users are told about the provider's failure; never what the provider said. */
  "bridge.failureMessage": (input: {
    /** Undefined when there was no answer. */
    readonly status: number | undefined;
    /** The provider's words. */
    readonly body: string;
  }) => string;
  /**
   * BRG-3: whether the provider's token is refreshed first. Asked before a call, and once more with the status when the
   * provider's API refused the token. `now` in milliseconds.
   */
  "bridge.needsRefresh": (input: {
    readonly grant: ProviderGrant;
    readonly now: number;
    readonly upstreamStatus: number | undefined;
  }) => boolean;
  /** BRG-3: a refresh that failed is said clearly (OAUTH_ERROR); `go-on` calls with the dead token. */
  "bridge.onRefreshFailure": (input: { readonly grant: ProviderGrant }) => "refuse" | "go-on";
}

export const honestBridge: BridgeRules = {
  "bridge.wireRequest": ({ headers, form }) => ({
    headers: { ...headers, "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  }),
  "bridge.consentedScopes": ({ reported, requested }) =>
    reported === undefined ? requested : [...new Set(reported.split(" ").filter((scope) => scope !== ""))],
  "bridge.failureMessage": ({ status }) =>
    status === undefined
      ? "the provider's authorization server could not be reached"
      : `the provider's authorization server refused with status ${status}`,
  "bridge.needsRefresh": ({ grant, now, upstreamStatus }) =>
    upstreamStatus === 401 || (grant.expiresAt !== undefined && grant.expiresAt <= now),
  "bridge.onRefreshFailure": () => "refuse",
};
