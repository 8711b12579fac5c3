import { isUtf8 } from "node:buffer";
import { type Messages, type SchemaIssue, validate } from "../../../schemas/index.ts";
import { nestsWithin } from "../../core/nesting.ts";
import { isJsonObject, type JsonObject } from "../json.ts";

/** The endpoints that take a JSON body. */
export type BodyEndpoint = "register" | "authorize" | "token" | "revoke";

export type ParsedBody =
  | { readonly ok: true; readonly value: unknown }
  /** `problem` is to be read after "the body". */
  | { readonly ok: false; readonly problem: string };

export interface BodyRules {
  /** ERR-1: the largest body read, in bytes. */
  "body.maxBytes": (input: { readonly endpoint: BodyEndpoint; readonly configured: number }) => number;
  /** ERR-1: text that nests deeper than any honest request is not parsed. */
  "body.depthIsBearable": (input: { readonly endpoint: BodyEndpoint; readonly text: string }) => boolean;
  /** ERR-1: JSON under a JSON media type, nothing else; a form body or malformed JSON is a problem, not a crash. */
  "body.parse": (input: {
    readonly endpoint: BodyEndpoint;
    readonly contentType: string | undefined;
    readonly bytes: Uint8Array;
    readonly depthIsBearable: (text: string) => boolean;
  }) => ParsedBody;
  /** ERR-1: a body that is null, a list or a scalar is no request. */
  "body.asObject": (input: { readonly endpoint: BodyEndpoint; readonly value: unknown }) => JsonObject | undefined;
  /**
   * REG-4, AUTHZ-7, ERR-1: what is wrong with the request by its schema. Members that another rule judges when they are
   * missing (see {@link judgedElsewhere}) are not complained about here; what passes is read leniently afterwards.
   */
  "body.issues": (input: { readonly endpoint: BodyEndpoint; readonly body: JsonObject }) => readonly SchemaIssue[];
}

/** The deepest nesting of a request; honest ones need 4. */
export const MAX_DEPTH = 64;

const messages = {
  register: "AgentRegistrationRequest",
  authorize: "AuthorizationRequest",
  token: "TokenExchangeRequest",
  revoke: "TokenRevocationRequest",
} as const satisfies Readonly<Record<BodyEndpoint, keyof Messages>>;

/**
 * What is left to the rule of the matter: `attestation.treatment`, `registration.agentId`, `token.grantTypeIsSupported`,
 * `credentials.areValid`, `token.session`, `token.codeFits`, each named by JSON pointer and schema keyword.
 */
export const judgedElsewhere: Readonly<Record<BodyEndpoint, ReadonlySet<string>>> = {
  register: new Set(["/agent_attestation required", "/agent_id required", "/agent_id format"]),
  authorize: new Set(["/agent_attestation required"]),
  token: new Set([
    "/agent_attestation required",
    "/grant_type required",
    "/grant_type const",
    "/client_secret required",
    "/client_secret minLength",
    "/ath_session_id required",
  ]),
  revoke: new Set(),
};

/** `application/json` or any `+json` type, whatever its parameters. */
function isJsonMediaType(contentType: string | undefined): boolean {
  const type = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return type === "application/json" || /^[\w.-]+\/[\w.-]+\+json$/.test(type);
}

export const honestBody: BodyRules = {
  "body.maxBytes": ({ configured }) => configured,
  "body.depthIsBearable": ({ text }) => nestsWithin(text, MAX_DEPTH),
  "body.parse": ({ contentType, bytes, depthIsBearable }) => {
    if (!isJsonMediaType(contentType)) {
      return { ok: false, problem: `must be application/json, is ${contentType ?? "of no declared type"}` };
    }
    if (!isUtf8(bytes)) return { ok: false, problem: "is not UTF-8" };
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
    if (!depthIsBearable(text)) return { ok: false, problem: `nests deeper than ${MAX_DEPTH} levels` };
    try {
      const value: unknown = JSON.parse(text);
      return { ok: true, value };
    } catch {
      return { ok: false, problem: "is not JSON" };
    }
  },
  "body.asObject": ({ value }) => (isJsonObject(value) ? value : undefined),
  "body.issues": ({ endpoint, body }) => {
    const validation = validate(messages[endpoint], body);
    if (validation.ok) return [];
    return validation.errors.filter(({ path, keyword }) => !judgedElsewhere[endpoint].has(`${path} ${keyword}`));
  },
};
