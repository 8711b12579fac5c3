/**
 * The kit's OAuth provider and its API behind the target (consent driver `provider`): what it is told to do, and what it
 * saw. Everything it sees for a check's own authorizations and tokens is recorded in that check's evidence, as exchanges
 * from `target` to `provider` (purposes provider-token) and to `upstream` (purpose upstream-call).
 */
export interface BehindTarget {
  readonly origin: string;
  /** Path prefix of the upstream API, "/api". */
  readonly apiPath: string;
  /** How the next authorizations of this check are answered at the token endpoint. */
  issue(how: {
    /** Lifetime of the provider's access tokens in seconds. */
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
  /** The calls that arrived upstream for this check so far. */
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
  readonly redirectUri?: string;
}
