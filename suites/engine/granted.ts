import type { Exchange, Frame, Purpose } from "./evidence.ts";
import { isObject, member, parseJson, strings, text } from "./json.ts";

/**
 * What "the target granted it" means for each kind of request: not a status, but the thing that was asked for. So a
 * target that says 200 to everything, or sends the request back, has granted nothing.
 */
const proofs: Partial<Record<Purpose, (body: unknown) => boolean>> = {
  discovery: (body) => text(body, "ath_version") !== undefined,
  register: (body) => hasText(body, "client_id") && text(body, "agent_status") !== undefined,
  authorize: (body) => hasText(body, "authorization_url") && hasText(body, "ath_session_id"),
  token: (body) => hasText(body, "access_token"),
  "handshake-hello": (body) => hasText(body, "server_pubkey") && hasText(body, "nonce"),
  "handshake-proof": (body) => member(body, "success") === true,
  "handshake-scopes": (body) => (strings(member(body, "scopes_granted")) ?? []).length > 0,
  "handshake-complete": (body) => hasText(body, "access_token"),
  "agent-status": (body) => text(body, "agent_status") !== undefined || text(body, "client_id") !== undefined,
};

function hasText(body: unknown, name: string): boolean {
  return (text(body, name) ?? "") !== "";
}

/** True when the answer gives what the request asked for. A redirect grants where no proof in the body is due. */
export function granted({ purpose, response }: Exchange): boolean {
  if (response === null) return false;
  const proof = proofs[purpose];
  if (proof === undefined) return response.status >= 200 && response.status < 400;
  return response.status >= 200 && response.status < 300 && proof(parseJson(response.body));
}

/**
 * True when an answer of the target shows that it speaks the protocol: a body that proves the grant. A mere 2xx or
 * redirect grounds nothing, and neither does what a target says of an agent it knows.
 */
export function groundedBy(exchange: Exchange): boolean {
  const { to, purpose } = exchange;
  return to === "target" && purpose !== "agent-status" && proofs[purpose] !== undefined && granted(exchange);
}

/** The same of a WebSocket message: a JSON-RPC result that logs in, connects or certifies. */
export function groundedByFrame({ from, kind, text: sent }: Frame): boolean {
  if (from !== "target" || kind !== "text") return false;
  const message = parseJson(sent);
  const result = isObject(message) ? message["result"] : undefined;
  return text(result, "status") === "ok" || (text(result, "cert") ?? "").includes("BEGIN CERTIFICATE");
}

/** True when the target refused as the text asks: a 4xx, nothing granted. */
export function refused({ response }: Exchange): boolean {
  return response !== null && response.status >= 400 && response.status < 500;
}

/** The ATHError code of an answer; undefined when there is none. */
export function errorCode({ response }: Exchange): string | undefined {
  return response === null || response.status < 400 ? undefined : text(parseJson(response.body), "code");
}

/** One line that says what came: status and code, or the transport failure. */
export function answerOf({ response, error }: Exchange): string {
  if (response === null) return error === null ? "no answer" : `no answer (${error.code}: ${error.message})`;
  const code = text(parseJson(response.body), "code");
  return code === undefined ? `HTTP ${response.status}` : `HTTP ${response.status} ${code}`;
}
