import { isUtf8 } from "node:buffer";
import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import { nestsWithin } from "../../core/nesting.ts";
import type { RefusalReason } from "../refusal.ts";
import { refusals } from "../refusal.ts";

/** The messages that come from outside. */
export const messageTypes = [
  "handshake_request",
  "identity_proof",
  "scope_request",
  "handshake_complete",
  "authorization_confirmation_response",
] as const;
export type MessageType = (typeof messageTypes)[number];

export type Parsed =
  | { readonly ok: true; readonly value: unknown }
  /** `problem` is to be read after "the message". */
  | { readonly ok: false; readonly problem: string };

export interface Issue {
  readonly member: string;
  readonly kind: "missing" | "type";
  /** To be read after the member's name. */
  readonly problem: string;
}

/** An error's body on the wire. */
export interface ErrorBody {
  readonly contentType: string;
  readonly text: string;
}

/** Form and time of messages (HS-5, HS-6). */
export interface MessageRules {
  /** HS-5: the largest message read, in bytes. */
  "message.maxBytes": (input: { readonly configured: number }) => number;
  /** HS-5: text that nests deeper than any honest message is not parsed. */
  "message.depthIsBearable": (input: { readonly text: string }) => boolean;
  /** HS-5: JSON in UTF-8, nothing else. */
  "message.parse": (input: {
    readonly bytes: Uint8Array;
    readonly depthIsBearable: (text: string) => boolean;
  }) => Parsed;
  /** HS-5: null, a list or a scalar is no message. */
  "message.asObject": (input: { readonly value: unknown }) => JsonObject | undefined;
  /** HS-5: which message it says it is; undefined: none that is known. */
  "message.type": (input: { readonly message: JsonObject }) => MessageType | undefined;
  /**
   * HS-5: members that are missing or of a wrong type. The user's credential and the agent's signature over it are left
   * to the rules about credentials; what passes here is read leniently afterwards.
   */
  "message.issues": (input: { readonly type: MessageType; readonly message: JsonObject }) => readonly Issue[];
  /** HS-6: a timestamp at most 5 minutes off, either way; a missing one is another rule's. Seconds, and milliseconds. */
  "message.timestampFits": (input: {
    readonly type: MessageType;
    readonly timestamp: number | undefined;
    readonly now: number;
  }) => boolean;
  /** HS-5: a JSON object with code and message; never a stack trace. */
  "errors.body": (input: {
    readonly reason: RefusalReason;
    readonly message: string;
    readonly members: JsonObject;
  }) => ErrorBody;
}

/** The deepest nesting of a message; honest ones need 3 and what their context brings. */
export const MAX_DEPTH = 32;

/** The tolerated distance of a timestamp from now, in milliseconds. */
export const DRIFT_MS = 5 * 60 * 1000;

const MAX_TEXT = 1_024;
const MAX_KEY = 4_096;
const MAX_LIST = 100;

/** Gives what is wrong with a value, to be read after the member's name; undefined: nothing. */
type Form = (value: unknown) => string | undefined;

function text(least: number, most: number): Form {
  return (value) =>
    typeof value === "string" && value.length >= least && value.length <= most
      ? undefined
      : `must be a string of ${least} to ${most} characters`;
}

function texts(least: number): Form {
  const item = text(1, 200);
  return (value) =>
    Array.isArray(value) &&
    value.length >= least &&
    value.length <= MAX_LIST &&
    value.every((one) => item(one) === undefined)
      ? undefined
      : `must be a list of ${least} to ${MAX_LIST} strings`;
}

const did: Form = (value) =>
  typeof value === "string" && value.length <= 300 && /^did:[a-z0-9]+:\S+$/.test(value) ? undefined : "must be a DID";
const seconds: Form = (value) => (Number.isSafeInteger(value) ? undefined : "must be Unix seconds, a whole number");
const positive: Form = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? undefined : "must be a whole number above 0";
const object: Form = (value) => (isJsonObject(value) ? undefined : "must be an object");
const flag: Form = (value) => (typeof value === "boolean" ? undefined : "must be true or false");
const list: Form = (value) => (Array.isArray(value) ? undefined : "must be a list");
const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined ? undefined : form(value);

const authorization: Form = (value) => {
  if (value === undefined) return undefined;
  if (!isJsonObject(value)) return "must be an object";
  const [credential, signature] = [own(value, "credential"), own(value, "signature")];
  const problem = optional(text(0, 16 * 1024))(credential) ?? optional(text(0, MAX_TEXT))(signature);
  return problem === undefined ? undefined : `is wrong inside: credential and signature ${problem}`;
};

const forms: Readonly<Record<MessageType, Readonly<Record<string, Form>>>> = {
  handshake_request: {
    timestamp: seconds,
    client_did: did,
    client_pubkey: text(1, MAX_KEY),
    versions: texts(0),
    capabilities: texts(0),
    nonce: text(1, MAX_TEXT),
  },
  identity_proof: { timestamp: seconds, signature: text(0, MAX_TEXT), credentials: optional(list) },
  scope_request: {
    timestamp: seconds,
    scopes: texts(1),
    ttl: positive,
    user_authorization: authorization,
    context: optional(object),
  },
  handshake_complete: {
    timestamp: seconds,
    key_exchange_alg: text(1, 100),
    key_exchange_params: text(1, MAX_KEY),
    cipher_suite: text(1, 100),
  },
  authorization_confirmation_response: {
    timestamp: seconds,
    request_id: text(1, 200),
    approved: flag,
    approved_scopes: texts(0),
    expires_at: seconds,
    signature: text(0, MAX_TEXT),
  },
};

function issuesOf(type: MessageType, message: JsonObject): readonly Issue[] {
  const issues: Issue[] = [];
  for (const [member, form] of Object.entries(forms[type])) {
    const value = own(message, member);
    const problem = form(value);
    if (problem === undefined) continue;
    issues.push(
      value === undefined ? { member, kind: "missing", problem: "is missing" } : { member, kind: "type", problem },
    );
  }
  return issues;
}

export const honestMessage: MessageRules = {
  "message.maxBytes": ({ configured }) => configured,
  "message.depthIsBearable": ({ text }) => nestsWithin(text, MAX_DEPTH),
  "message.parse": ({ bytes, depthIsBearable }) => {
    if (!isUtf8(bytes)) return { ok: false, problem: "is not UTF-8" };
    const json = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    if (!depthIsBearable(json)) return { ok: false, problem: `nests deeper than ${MAX_DEPTH} levels` };
    try {
      const value: unknown = JSON.parse(json);
      return { ok: true, value };
    } catch {
      return { ok: false, problem: "is not JSON" };
    }
  },
  "message.asObject": ({ value }) => (isJsonObject(value) ? value : undefined),
  "message.type": ({ message }) => {
    const type = own(message, "type");
    return messageTypes.find((known) => known === type);
  },
  "message.issues": ({ type, message }) => issuesOf(type, message),
  "message.timestampFits": ({ timestamp, now }) =>
    timestamp === undefined || Math.abs(now - timestamp * 1000) <= DRIFT_MS,
  "errors.body": ({ reason, message, members }) => ({
    contentType: "application/json",
    text: JSON.stringify({ code: refusals[reason].code, message, ...members }),
  }),
};
