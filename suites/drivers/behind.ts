/**
 * The kit's OAuth provider and its API behind the target (consent driver `provider`): what it is told to do, and what it
 * saw. Everything it sees for a check's own authorizations and tokens is recorded in that check's evidence, as exchanges
 * from `target` to `provider` (purpose provider-token) and to `upstream` (purpose upstream-call). A call that arrives
 * outside the API, or at another server of the kit, goes from `target` to `other` (purpose upstream-call): it escaped.
 */
export interface BehindTarget {
  readonly origin: string;
  /** Path prefix of the upstream API, "/api". */
  readonly apiPath: string;
  /** How the next authorizations of this check are answered at the token endpoint. */
  issue(how: {
    /** Lifetime in seconds of the access tokens that codes are exchanged for; refreshed ones live for a day. */
    readonly accessSeconds?: number;
    /** `fail`: the token endpoint refuses refresh tokens (invalid_grant). */
    readonly refresh?: "work" | "fail";
    /** `quote-secret`: the code exchange fails with a 400 whose body quotes the client's credentials. */
    readonly exchange?: "work" | "quote-secret";
    /** The `scope` to report instead of what was granted. */
    readonly reportScope?: string;
  }): void;
  /** What the upstream API answers to the calls of this check's tokens from now on. Default: 200 and an echo as JSON. */
  answer(how: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: Buffer | string;
  }): void;
  /** The calls that arrived for this check so far, inside the API and outside of it. */
  upstreamCalls(): readonly UpstreamCall[];
  /** The token requests that arrived for this check's authorizations so far. */
  tokenRequests(): readonly ProviderTokenRequest[];
}

export interface UpstreamCall {
  /** The exchange recorded for it. */
  readonly exchange: number;
  readonly method: string;
  /** Path and query exactly as they arrived. */
  readonly rawTarget: string;
  /** Of the server of the kit where it arrived. */
  readonly origin: string;
  /** It arrived outside the provider's API: at another path, or at another host. */
  readonly escaped: boolean;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The user whose provider token came with the call; undefined when none of ours did. */
  readonly user?: string;
}

export interface ProviderTokenRequest {
  readonly exchange: number;
  readonly contentType: string;
  /** The form parameters when the body was a form. */
  readonly form: Readonly<Record<string, string>>;
  /** Of the authorization the code belongs to. */
  readonly challenge?: string;
  /** `plain` when the authorization request named none (RFC 7636 § 4.3). */
  readonly challengeMethod?: string;
  readonly redirectUri?: string;
}
