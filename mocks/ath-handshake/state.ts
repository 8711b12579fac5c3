import type { AuditLine } from "./audit-entry.ts";
import type { PublicKey, ServerKey } from "./keys.ts";
import type { Restrictions, User } from "./settings.ts";

/** Where a handshake stands: after step 2, after step 4, while the user is asked, after step 8, after step 9, over. */
export type Stage = "opened" | "proved" | "asking" | "granted" | "completed" | "ended";

/** What scope_result granted. Times are milliseconds since the epoch, here and below. */
export interface Grant {
  readonly userDid: string;
  readonly requested: readonly string[];
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly ttl: number;
  readonly restrictions: Restrictions;
}

export interface Handshake {
  readonly id: string;
  readonly agent: { readonly did: string; readonly key: PublicKey };
  readonly nonceA: string;
  /** The gateway's nonce; only a fault gives a handshake a second one. */
  nonceB: string;
  /** The key announced in step 2. */
  readonly serverKey: ServerKey;
  stage: Stage;
  expiresAt: number;
  grant: Grant | undefined;
}

/** A question put to a user (step 6). */
export interface ConfirmationRequest {
  readonly id: string;
  readonly handshake: Handshake;
  readonly user: User;
  readonly requested: readonly string[];
  /** What the credential allows, and how long, in seconds since the epoch. */
  readonly credential: { readonly scopes: readonly string[]; readonly exp: number };
  /** Seconds asked for. */
  readonly ttl: number;
  readonly expiresAt: number;
  /** The first answer that counted. */
  answer: "approved" | "denied" | "expired" | undefined;
  /** Ends the wait of the open scope_request. */
  readonly settled: (outcome: ScopeOutcome) => void;
}

export interface Denial {
  readonly scope: string;
  readonly reason?: string;
}

/** How step 5 ended. */
export type ScopeOutcome =
  | { readonly outcome: "answered"; readonly grant: Grant; readonly denied: readonly Denial[] }
  | { readonly outcome: "denied" | "expired" }
  | { readonly outcome: "invalid"; readonly problem: string };

/** An issued access token. */
export interface Token {
  readonly jti: string;
  readonly agentDid: string;
  readonly userDid: string;
  readonly scopes: readonly string[];
  readonly restrictions: Restrictions;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Of the session key of step 9: SHA-256, base64url. */
  readonly sessionKeyDigest: string | undefined;
  revoked: boolean;
}

/** How a backend has been answering of late. */
export interface Breaker {
  /** Failures in a row. */
  readonly failures: number;
  /** Until when it is left alone; 0: it is not. */
  readonly openUntil: number;
  /** One call is trying whether it is back. */
  readonly probing: boolean;
  /** Whose call failed last. */
  readonly agentDid: string;
}

/** The calls of one key in the current window. */
export interface RateWindow {
  readonly startedAt: number;
  readonly lengthMs: number;
  count: number;
}

/** Everything the gateway remembers. What is dead is dropped as time passes; each store has a largest size. */
export interface HandshakeState {
  /** By id, oldest first. */
  readonly handshakes: Map<string, Handshake>;
  /** By request_id. */
  readonly confirmations: Map<string, ConfirmationRequest>;
  /** By jti. */
  readonly tokens: Map<string, Token>;
  /** Fingerprint of the key that a DID has proved, and when it was last used. */
  readonly agentKeys: Map<string, { readonly fingerprint: string; readonly usedAt: number }>;
  /** When a user took back what he allowed an agent, by both DIDs. */
  readonly revocations: Map<string, number>;
  readonly rates: Map<string, RateWindow>;
  readonly breakers: Map<string, Breaker>;
  /** Tokens whose signature was verified before, by their text. */
  readonly verified: Map<string, true>;
  readonly audit: AuditLine[];
  /** Handshakes opened since the start. */
  opened: number;
}

export function emptyState(): HandshakeState {
  return {
    handshakes: new Map(),
    confirmations: new Map(),
    tokens: new Map(),
    agentKeys: new Map(),
    revocations: new Map(),
    rates: new Map(),
    breakers: new Map(),
    verified: new Map(),
    audit: [],
    opened: 0,
  };
}

/** How much is remembered, by the name of the store. */
export function sizesOf({ audit, opened: _, ...maps }: HandshakeState): Readonly<Record<string, number>> {
  const sizes = Object.entries(maps).map(([name, map]): [string, number] => [name, map.size]);
  return { ...Object.fromEntries(sizes), audit: audit.length };
}

/** Forgets everything. */
export function clearState(state: HandshakeState): void {
  const { audit, opened: _, ...maps } = state;
  audit.length = 0;
  state.opened = 0;
  for (const map of Object.values(maps)) map.clear();
}

/** Remembers, and forgets the oldest beyond the largest size. */
export function remember<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  for (const oldest of map.keys()) {
    map.delete(oldest);
    return;
  }
}

/** The key under which a user's revocation for an agent is remembered. */
export function revocationKey(userDid: string, agentDid: string): string {
  return JSON.stringify([userDid, agentDid]);
}
