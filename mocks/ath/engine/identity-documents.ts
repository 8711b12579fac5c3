import { createPublicKey, type KeyObject } from "node:crypto";
import type { Clock } from "../../core/clock.ts";
import { harmlessKey } from "../../core/public-key.ts";
import { isJsonObject, type JsonObject, own } from "../json.ts";
import type { AthRules } from "../rules.ts";
import type { GatewayState, IdentityEntry } from "../state.ts";
import type { FetchText } from "./context.ts";

/** The identity documents of the agents, fetched when needed and kept for a while. */
export interface IdentityDocuments {
  /** The document, from the cache while it is young enough. Rejects when it cannot be fetched. */
  current(url: string): Promise<{ readonly entry: IdentityEntry; readonly fetchedForThis: boolean }>;
  /**
   * A document fetched after this one, because a signature did not match; undefined when the limit of such fetches is
   * reached. Rejects when it cannot be fetched.
   */
  newer(than: IdentityEntry): Promise<IdentityEntry | undefined>;
}

/** A public key from a JWK or a PEM; private members of a JWK are not looked at. */
function readKey(published: unknown): KeyObject | undefined {
  try {
    if (typeof published === "string") return harmlessKey(createPublicKey(published));
    if (!isJsonObject(published)) return undefined;
    const { kty, crv, x, y } = published;
    if (typeof kty !== "string" || typeof crv !== "string" || typeof x !== "string") return undefined;
    return createPublicKey({ key: { kty, crv, x, ...(typeof y === "string" ? { y } : {}) }, format: "jwk" });
  } catch {
    return undefined;
  }
}

function entryOf(url: string, document: JsonObject, fetchedAt: number): IdentityEntry {
  let key: { readonly read: KeyObject | undefined } | undefined;
  return {
    url,
    document,
    fetchedAt,
    publishedKey: () => {
      key ??= { read: readKey(own(document, "public_key")) };
      return key.read;
    },
  };
}

export interface IdentitySources {
  readonly state: GatewayState;
  readonly rules: AthRules;
  readonly clock: Clock;
  readonly fetchText: FetchText;
}

/** Documents are cached by URL; concurrent fetches of one URL are one fetch. */
export function identityDocuments({ state, rules, clock, fetchText }: IdentitySources): IdentityDocuments {
  const underWay = new Map<string, Promise<IdentityEntry>>();
  const queues = new Map<string, Promise<unknown>>();

  const load = async (url: string, before: Promise<unknown> | undefined): Promise<IdentityEntry> => {
    await before;
    // The age counts from the start: what is published while we fetch may be newer than what we get.
    const startedAt = clock.now();
    const document: unknown = JSON.parse(await fetchText(url));
    if (!isJsonObject(document)) throw new TypeError("the identity document is not a JSON object");
    const entry = entryOf(url, document, startedAt);
    state.identities.set(url, entry);
    return entry;
  };

  const fetch = (url: string): Promise<IdentityEntry> => {
    const running = underWay.get(url);
    if (running !== undefined) return running;
    const queue = rules["identity.queueOf"]({ url });
    const started = load(url, queues.get(queue));
    const done = started
      .catch(() => {})
      .finally(() => {
        underWay.delete(url);
        if (queues.get(queue) === done) queues.delete(queue);
      });
    underWay.set(url, started);
    queues.set(queue, done);
    return started;
  };

  return {
    async current(url) {
      const known = state.identities.get(url);
      const young = known !== undefined && clock.now() - known.fetchedAt < rules["identity.cacheSeconds"]() * 1000;
      if (young) return { entry: known, fetchedForThis: false };
      const fetchedForThis = !underWay.has(url);
      return { entry: await fetch(url), fetchedForThis };
    },
    async newer(than) {
      const { url } = than;
      // Another request may have asked for it already: what it gets is good for this one too.
      const known = state.identities.get(url);
      if (known !== undefined && known !== than) return known;
      const running = underWay.get(url);
      if (running !== undefined) return running;
      const now = clock.now();
      if (!rules["identity.mayRefetch"]({ url, lastRefetchAt: state.refetches.get(url), now })) return undefined;
      state.refetches.set(url, now);
      return fetch(url);
    },
  };
}
