import { type JsonObject, own } from "../json.ts";

/** Limits of one fetch in milliseconds; undefined: none. */
export interface FetchTimeouts {
  readonly connectMs: number | undefined;
  /** Between two pieces of the answer. */
  readonly idleMs: number | undefined;
  /** From the first attempt to connect to the last byte. */
  readonly totalMs: number | undefined;
}

/** How identity documents are fetched and kept (ATH 0.1 client/identity § Caching). */
export interface IdentityRules {
  /** ATT-9: for how long a document is used without fetching it again. */
  "identity.cacheSeconds": () => number;
  /**
   * ATT-10, ATT-11: whether a document is fetched again, past the cache, because a signature did not match it.
   * `lastRefetchAt` is undefined when this agent's document never was.
   */
  "identity.mayRefetch": (input: {
    readonly url: string;
    readonly lastRefetchAt: number | undefined;
    readonly now: number;
  }) => boolean;
  /** ATT-12: a document host that hangs or drips does not hold a request for ever. */
  "identity.timeouts": (input: { readonly configuredMs: number }) => FetchTimeouts;
  /** ATT-12: fetches in the same queue wait for each other, so that one hanging host blocks its own document only. */
  "identity.queueOf": (input: { readonly url: string }) => string;
  /** ATT-13: the document says that it belongs to the URI it was fetched from. */
  "identity.documentIsOfItsUrl": (input: { readonly document: JsonObject; readonly url: string }) => boolean;
}

export const honestIdentity: IdentityRules = {
  "identity.cacheSeconds": () => 300,
  "identity.mayRefetch": ({ lastRefetchAt, now }) => lastRefetchAt === undefined || now - lastRefetchAt >= 60_000,
  "identity.timeouts": ({ configuredMs }) => ({ connectMs: configuredMs, idleMs: configuredMs, totalMs: configuredMs }),
  "identity.queueOf": ({ url }) => url,
  "identity.documentIsOfItsUrl": ({ document, url }) => own(document, "agent_id") === url,
};
