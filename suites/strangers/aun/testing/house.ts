import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { X509Certificate } from "@peculiar/x509";
import type { WebSocket } from "ws";
import type { Character } from "./character.ts";
import { type Authority, openAuthority } from "./pki.ts";

export type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Why a request is not granted; the code depends on the chapter that a gateway follows. */
export class Refusal extends Error {
  readonly code: number;
  readonly data: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export interface Place {
  readonly device: string | undefined;
  readonly slot: string | undefined;
  readonly kind: "long" | "short";
  readonly mode: "fanout" | "queue";
  readonly routing: string;
  readonly ttlMs: number;
}

/** A connection that has authenticated. */
export interface Session extends Place {
  readonly id: string;
  readonly aid: string;
  readonly since: number;
  readonly shortTtlMs: number;
  readonly extraInfo: unknown;
  readonly connection: Connection;
}

export interface Connection {
  readonly socket: WebSocket;
  readonly openedAt: number;
  nonce: string;
  session: Session | undefined;
  usedAt: number;
  /** How much of its rate it has used up. */
  readonly spent: { requests: number; at: number };
  push(method: string, params: Members): void;
  end(code: number, reason: string): void;
}

export interface Agent {
  readonly aid: string;
  /** SPKI DER in base64. */
  key: string;
  certificate: X509Certificate;
}

/** A login that was begun. */
export interface Login {
  readonly aid: string;
  readonly nonce: string;
  readonly at: number;
}

export interface RefreshChain {
  readonly aid: string;
  count: number;
  readonly begun: number;
}

export interface Message {
  readonly seq: number;
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly payload: unknown;
  readonly at: number;
  readonly mode: "fanout" | "queue";
  recalled: boolean;
}

export interface House {
  readonly character: Character;
  readonly authority: Authority;
  readonly agents: Map<string, Agent>;
  readonly revoked: Set<string>;
  /** By request_id. */
  readonly logins: Map<string, Login>;
  /** By refresh token. */
  readonly chains: Map<string, RefreshChain>;
  readonly pairings: Map<string, string>;
  readonly connections: Set<Connection>;
  readonly boxes: Map<string, { readonly messages: Message[]; acked: number; last: number; mode: "fanout" | "queue" }>;
  /** Whose messages go where, by sender and receiver. */
  readonly bindings: Map<string, { readonly session: string; readonly until: number }>;
  readonly turns: Map<string, number>;
  now(): number;
  advance(seconds: number): void;
  sessionsOf(aid: string): readonly Session[];
  connectionId(): string;
}

export async function openHouse(character: Character): Promise<House> {
  let shiftMs = 0;
  const now = () => Date.now() + shiftMs;
  const connections = new Set<Connection>();
  return {
    character,
    authority: await openAuthority(character, now()),
    agents: new Map(),
    revoked: new Set(),
    logins: new Map(),
    chains: new Map(),
    pairings: new Map(),
    connections,
    boxes: new Map(),
    bindings: new Map(),
    turns: new Map(),
    now,
    advance(seconds) {
      shiftMs += seconds * 1000;
    },
    sessionsOf: (aid) => [...connections].flatMap(({ session }) => (session?.aid === aid ? [session] : [])),
    connectionId: () => (character.numbers.connectionIds === "uuid" ? randomUUID() : String(randomInt(1e12))),
  };
}

/** A text of many random bits. */
export const secret = () => randomBytes(24).toString("base64url");

/** The code of chapter 03, or that of chapter 07 for the same case. */
export function either({ character }: Pick<House, "character">, third: number, seventh: number): number {
  return character.codes === "03" ? third : seventh;
}

export function text(params: Members, name: string, house: House): string {
  const value = params[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Refusal(either(house, 4000, -32602), `${name} is missing`);
}

export function optional(params: Members, name: string): Members {
  const value = params[name];
  return isObject(value) ? value : {};
}
