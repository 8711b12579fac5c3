import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import type { ReadRequest } from "../rules/rpc.ts";
import type { AunRules } from "../rules.ts";

/** A request with everything that carrying it out needs. */
export interface SoundRequest extends ReadRequest {
  readonly problem: undefined;
  readonly method: string;
  readonly fields: JsonObject;
  /** A notification gets no answer. */
  readonly expectsAnswer: boolean;
}

/** A frame that is no request, or one whose params are unfit. */
export interface UnsoundRequest extends ReadRequest {
  readonly problem: NonNullable<ReadRequest["problem"]>;
  readonly expectsAnswer: boolean;
}

const none: JsonObject = {};

function isId(value: unknown): value is string | number | null {
  return typeof value === "string" || value === null || (typeof value === "number" && Number.isFinite(value));
}

/** Reads a text frame as a JSON-RPC 2.0 request (JSON-RPC 2.0 § 4). Never throws. */
export function readRequest(text: string, rules: AunRules, frameCharacters: number): SoundRequest | UnsoundRequest {
  const bad = (problem: UnsoundRequest["problem"], more: Partial<UnsoundRequest> = {}): UnsoundRequest => ({
    text,
    id: undefined,
    method: undefined,
    params: undefined,
    expectsAnswer: true,
    ...more,
    problem,
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad("not-json");
  }
  if (Array.isArray(value)) return bad("batch");
  if (!isJsonObject(value)) return bad("not-a-request");
  const given = own(value, "id");
  const id = isId(given) ? given : undefined;
  const method = own(value, "method");
  if (typeof method !== "string" || method === "" || (given !== undefined && id === undefined)) {
    return bad("not-a-request", { id });
  }
  const params = own(value, "params");
  const read = { id, method, params, expectsAnswer: given !== undefined };
  if (!rules["rpc.versionFits"]({ version: own(value, "jsonrpc") }))
    return bad("not-a-request", { ...read, expectsAnswer: true });
  if (text.length > rules["rpc.frameLimit"]({ configured: frameCharacters })) return bad("too-long", read);
  if (params !== undefined && params !== null && !isJsonObject(params)) return bad("bad-params", read);
  return { text, ...read, problem: undefined, fields: isJsonObject(params) ? params : none };
}
