import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Algorithm, Character } from "./character.ts";
import { newOwnKey, type OwnKey } from "./keys.ts";
import { Refusal } from "./refusal.ts";

export interface System {
  readonly prefix: string;
  readonly format: Character["api"]["backends"][number];
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}

export interface User {
  readonly did: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  readonly confirmationUrl: string;
}

/** What was granted at step 8. */
export interface Grant {
  readonly user: string;
  readonly scopes: readonly string[];
  readonly ttlS: number;
}

export interface Handshake {
  readonly id: string;
  readonly did: string;
  readonly pem: string;
  readonly algorithm: Algorithm;
  readonly nonceB: string;
  readonly openedAt: number;
  stage: "opened" | "proven" | "asking" | "granted" | "over";
  grant: Grant | undefined;
}

/** An answer of a user on his way to the request that waits for it. */
export interface Waiting {
  readonly take: (answer: unknown) => void;
}

export interface House {
  readonly character: Character;
  readonly systems: readonly System[];
  readonly users: () => readonly User[];
  /** Where the legacy systems are. */
  readonly backend: string;
  readonly did: string;
  readonly keys: ReadonlyMap<Algorithm, OwnKey>;
  readonly handshakes: Map<string, Handshake>;
  readonly waiting: Map<string, Waiting>;
  readonly nonces: Set<string>;
  /** PEM by DID. */
  readonly agentKeys: Map<string, string>;
  readonly revoked: Set<string>;
  readonly entries: unknown[];
  /** What may be granted to agents. */
  readonly scopes: readonly string[];
  now(): number;
  advance(seconds: number): void;
  newId(): string;
  log(about: LogEntry): void;
  /** Refuses when somebody has called too often. */
  count(who: string, most: number): void;
}

export interface LogEntry {
  readonly what: string;
  readonly agent: string;
  readonly user?: string;
  readonly system?: string;
  readonly scopes?: readonly string[];
  readonly went: "granted" | "refused";
}

const minuteMs = 60_000;

export function openHouse(options: Pick<House, "character" | "systems" | "users" | "backend">): House {
  const { character, systems } = options;
  const { ids, pem, algorithms, api, audit } = character;
  let shiftMs = 0;
  const now = () => Date.now() + shiftMs;
  const calls = new Map<string, number[]>();
  const entries: unknown[] = [];
  const made = {
    uuid: () => randomUUID(),
    bytes: () => randomBytes(16).toString("base64url"),
    digits: () => Array.from({ length: 24 }, () => randomInt(10)).join(""),
    urn: () => `urn:handshake:{${randomUUID()}}`,
  };
  return {
    ...options,
    did: `did:ath:gateway:${character.name.replaceAll(" ", "-")}`,
    keys: new Map(algorithms.map((algorithm) => [algorithm, newOwnKey(algorithm, pem)])),
    handshakes: new Map(),
    waiting: new Map(),
    nonces: new Set(),
    agentKeys: new Map(),
    revoked: new Set(),
    entries,
    scopes: grantable(character, systems),
    now,
    advance(seconds) {
      shiftMs += seconds * 1000;
    },
    newId: made[ids],
    log({ what, agent, user, system, scopes, went }) {
      const at = new Date(now()).toISOString();
      if (audit === "flat") entries.push({ at, what, agent, user, backend: system, scopes, verdict: went });
      if (audit !== "nested") return;
      const event = { action: what, outcome: went === "granted" ? "success" : "failure" };
      entries.push({
        "@timestamp": at,
        event,
        source: { agent },
        user: { id: user },
        target: { system, scope: scopes?.join(" ") },
      });
    },
    count(who, most) {
      const recent = (calls.get(who) ?? []).filter((at) => at > now() - minuteMs);
      calls.set(who, recent);
      if (recent.length < most) {
        recent.push(now());
        return;
      }
      const freeAt = (recent[0] ?? now()) + minuteMs;
      const wait =
        api.retryAfter === "date" ? new Date(freeAt).toUTCString() : String(Math.ceil((freeAt - now()) / 1000));
      throw new Refusal("too-many", `${most} calls a minute`, { "Retry-After": wait });
    },
  };
}

function grantable({ policy }: Character, systems: readonly System[]): readonly string[] {
  const scopes = systems.flatMap((system) => Object.keys(system.scopes));
  return policy === "every-scope" ? scopes : scopes.slice(0, -1);
}

/** The same key for the same handshake, however its id is written. */
export function keyOf(id: string, { ids }: Character): string {
  return ids === "bytes" ? Buffer.from(id, "base64url").toString("hex") : id;
}
