import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { type AttestationVerifier, createAttestations } from "./attestations.ts";
import type { Character } from "./character.ts";
import { Refusal } from "./refusals.ts";

/** A service behind the gateway: `METHOD /path` lines by scope. */
export interface Service {
  readonly id: string;
  readonly name: string;
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

/** Where the provider behind the gateway is. */
export interface Connection {
  readonly authorization: string;
  readonly token: string;
  readonly userinfo: string;
  readonly api: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface RegisteredAgent {
  readonly agentId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly status: "approved" | "pending" | "denied";
  /** Approved scopes by provider. */
  readonly approved: ReadonlyMap<string, readonly string[]>;
  readonly redirectUris: readonly string[];
  /** Milliseconds since the epoch. */
  readonly approvedUntil: number;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** What the provider gave for one user; changed when it is refreshed. */
export interface ProviderTokens {
  access: string;
  refresh: string | undefined;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface Session {
  readonly id: string;
  readonly agent: RegisteredAgent;
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly agentState: string;
  readonly redirectUri: string | undefined;
  readonly resource: string | undefined;
  readonly createdAt: number;
  /** Of the leg to the provider. */
  readonly state: string;
  readonly verifier: string;
  readonly code: string;
  phase: "begun" | "came-back" | "consented" | "denied" | "failed" | "taken";
  /** The secret in the cookie of the browser that was sent to consent. */
  browser: string | undefined;
  /** What was agreed to on a page of the gateway's own; undefined when there is none. */
  agreed: readonly string[] | undefined;
  providerCode: string | undefined;
  consent: { readonly user: string; readonly scopes: readonly string[]; readonly tokens?: ProviderTokens } | undefined;
}

export interface AccessToken {
  readonly agent: RegisteredAgent;
  readonly user: string;
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly tokens: ProviderTokens | undefined;
  state: "live" | "revoked";
}

/** All that the gateway knows. */
export interface House {
  readonly character: Character;
  /** The public base URL. */
  readonly base: string;
  readonly services: readonly Service[];
  readonly connection: () => Connection;
  readonly attestations: AttestationVerifier;
  readonly byClient: Map<string, RegisteredAgent>;
  readonly byId: Map<string, RegisteredAgent>;
  readonly sessions: Map<string, Session>;
  readonly byState: Map<string, Session>;
  readonly tokens: Map<string, AccessToken>;
  /** Developers whose agents wait, and those that are turned away. */
  readonly policy: { readonly pending: string; readonly denied: string };
  readonly entries: Readonly<Record<string, unknown>>[];
  now(): number;
  advance(seconds: number): void;
  log(event: string, members: Readonly<Record<string, unknown>>): void;
  /** An unguessable name in this implementor's style. */
  newId(): string;
  /** HMAC-signed, for tokens and states that are JWTs. */
  newJwt(claims: Readonly<Record<string, unknown>>): string;
  /** Refuses when the agent called too often. */
  count(agentId: string): void;
}

interface HouseOptions {
  readonly character: Character;
  readonly base: string;
  readonly services: readonly Service[];
  readonly connection: () => Connection;
}

const minuteMs = 60_000;

export function openHouse({ character, base, services, connection }: HouseOptions): House {
  let shiftMs = 0;
  const now = () => Date.now() + shiftMs;
  const key = randomBytes(32);
  const calls = new Map<string, number[]>();
  const entries: Readonly<Record<string, unknown>>[] = [];
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString("base64url");
  return {
    character,
    base,
    services,
    connection,
    attestations: createAttestations({ character, now }),
    byClient: new Map(),
    byId: new Map(),
    sessions: new Map(),
    byState: new Map(),
    tokens: new Map(),
    policy: { pending: "waiting-room", denied: "unwanted" },
    entries,
    now,
    advance(seconds) {
      shiftMs += seconds * 1000;
    },
    log(event, members) {
      entries.push({ timestamp: new Date(now()).toISOString(), event, ...members });
    },
    newId() {
      if (character.ids === "urn") return `urn:ath:${randomBytes(24).toString("base64url")}`;
      if (character.ids === "uuid") return `${randomUUID()}-${randomUUID()}`;
      return randomBytes(32).toString(character.ids);
    },
    newJwt(claims) {
      const input = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
      return `${input}.${createHmac("sha256", key).update(input).digest("base64url")}`;
    },
    count(agentId) {
      const { perMinute, retryAfter } = character.limits;
      const recent = (calls.get(agentId) ?? []).filter((at) => at > now() - minuteMs);
      calls.set(agentId, recent);
      if (recent.length < perMinute) {
        recent.push(now());
        return;
      }
      const freeAt = (recent[0] ?? now()) + minuteMs;
      const wait = retryAfter === "date" ? new Date(freeAt).toUTCString() : String(Math.ceil((freeAt - now()) / 1000));
      throw new Refusal("too-many", `${perMinute} calls a minute`, { "Retry-After": wait });
    },
  };
}

/** Compares credentials without telling by the time how far they agree. */
export function same(given: string, wanted: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
}
