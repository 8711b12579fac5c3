import type { Clock } from "../core/clock.ts";
import type { RequestLog } from "../core/request-log.ts";
import type { ActiveFault } from "../core/rules.ts";
import type { ConsentPageContent } from "./consent-page.ts";

export type ClientAuthMethod = "client_secret_basic" | "client_secret_post";

/** A confidential client that the provider knows. */
export interface OAuthClient {
  readonly client_id: string;
  readonly client_secret: string;
  /** Compared character by character; undefined: any http(s) URI without a fragment. */
  readonly redirect_uris?: readonly string[];
  /** How the client may authenticate; default: both ways. */
  readonly token_endpoint_auth_methods?: readonly ClientAuthMethod[];
}

/** Lifetimes in seconds. */
export interface Lifetimes {
  readonly code: number;
  readonly access: number;
  readonly refresh: number;
}

export const defaultLifetimes: Lifetimes = { code: 60, access: 3600, refresh: 30 * 24 * 3600 };

export interface OAuthProviderOptions {
  /** The public URL, without a trailing slash; a function where the port is known only once the server listens. */
  readonly issuer: string | (() => string);
  readonly clock: Clock;
  readonly clients: readonly OAuthClient[];
  /** Every scope that can be granted. */
  readonly scopes: readonly string[];
  /** Who can be picked at the consent page; default alice and bob. */
  readonly users?: readonly string[];
  readonly ttl?: Partial<Lifetimes>;
  /** The page at /authorize; default: the provider's own. Its form posts `csrf`, `user`, `scope` and `decision`. */
  readonly consentPage?: (content: ConsentPageContent) => Response;
  /** Faults from the start. */
  readonly faults?: readonly ActiveFault[];
  /** Where requests are logged; default: a log of the provider's own. */
  readonly requests?: RequestLog;
}
