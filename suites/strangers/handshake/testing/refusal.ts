import type { Character, Situation } from "./character.ts";
import { type Claims, isObject } from "./keys.ts";

/** Why a message was not taken. */
export class Refusal extends Error {
  readonly situation: Situation;
  readonly headers: Readonly<Record<string, string>>;
  constructor(situation: Situation, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.situation = situation;
    this.headers = headers;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Where every gateway agrees, whatever its other statuses are. */
const fixed: Readonly<Partial<Record<Situation, number>>> = {
  "too-many": 429,
  "backend-failed": 502,
  "backend-cut-off": 503,
};

export function answerTo({ situation, message, headers }: Refusal, { refusals, extras }: Character): Answer {
  const status = fixed[situation] ?? refusals.statuses[situation] ?? 400;
  return { status, headers, body: { ...extras, code: refusals.code(situation), message } };
}

/** A member that must be there; `what` is said of it. */
export function text(body: Claims, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Refusal("malformed", `${name} has to be a text`);
}

export function texts(body: Claims, name: string): readonly string[] {
  const value = body[name];
  const isText = (item: unknown): item is string => typeof item === "string" && item !== "";
  if (Array.isArray(value) && value.every(isText)) return [...new Set(value)];
  throw new Refusal("malformed", `${name} has to be a list of texts`);
}

export function number(body: Claims, name: string): number {
  const value = body[name];
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new Refusal("malformed", `${name} has to be a whole number`);
}

export function objectIn(body: Claims, name: string): Claims {
  const value = body[name];
  if (isObject(value)) return value;
  throw new Refusal("malformed", `${name} has to be an object`);
}

const driftS = 300;

export function timely(body: Claims, now: number): void {
  if (Math.abs(number(body, "timestamp") - now / 1000) > driftS) throw new Refusal("stale", "the timestamp is off");
}
