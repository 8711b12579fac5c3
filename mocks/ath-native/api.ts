import { answer } from "../ath/engine/answers.ts";
import { logCall, tokenOfCall } from "../ath/engine/api-call.ts";
import type { AthContext } from "../ath/engine/context.ts";
import type { Call } from "../ath/engine/route.ts";
import { isJsonObject, ownText } from "../ath/json.ts";
import { Refused } from "../ath/refusal.ts";
import { containedPath } from "../ath/rules/forwarding.ts";
import type { Token } from "../ath/state.ts";
import { BodyError, readJson } from "../core/json.ts";
import { mailApp } from "./app.ts";
import type { Draft, Mailboxes } from "./mailboxes.ts";

/** The token of a call that its scopes allow. Throws {@link Refused}, logged when a scope is missing. */
function admitted(context: AthContext, { request, rest }: Call): { readonly token: Token; readonly path: string } {
  const { rules, state, settings } = context;
  const token = tokenOfCall(context, request, mailApp.id);
  const path = `/${rest}`;
  const method = rules["proxy.judgedMethod"](request);
  const scopes = rules["proxy.scopes"]({ token, tokens: state.tokens });
  const operations = settings.providers.get(mailApp.id)?.operations ?? new Map<string, readonly string[]>();
  const allowed =
    containedPath(path) && rules["proxy.operationIsGranted"]({ method, operationPath: path, scopes, operations });
  if (allowed) return { token, path };
  const refused = new Refused("operation-not-granted", "no granted scope covers this operation");
  logCall(context, "scope_violation", token, refused.message);
  throw refused;
}

/** What a request to send says; a mail without an address stays with its sender. */
async function draftOf(request: Request, user: string, maxBytes: number): Promise<Draft> {
  let body: unknown;
  try {
    body = await readJson(request, maxBytes);
  } catch (error) {
    if (error instanceof BodyError) throw new Refused("malformed-request", error.message);
    throw error;
  }
  if (!isJsonObject(body)) throw new Refused("malformed-request", "the body must be a JSON object");
  return {
    to: ownText(body, "to") ?? user,
    subject: ownText(body, "subject") ?? "",
    text: ownText(body, "text") ?? "",
  };
}

/** ANY <api_base>/…: the mail service itself takes the ATH token (ATH 0.1, native mode; server/proxy § Behavior). */
export async function mailApi(context: AthContext, boxes: Mailboxes, call: Call): Promise<Response> {
  const { token, path } = admitted(context, call);
  logCall(context, "proxy_request", token);
  const { userId } = token;
  const { request } = call;
  // What people may do and no scope gives to agents.
  if (path === "/v1/everything") {
    if (request.method !== "DELETE") return answer({ user: userId, messages: boxes.list(userId) });
    boxes.removeAll(userId);
    return new Response(null, { status: 204 });
  }
  const [, , collection, id, ...deeper] = path.split("/");
  if (collection !== "messages" || deeper.length > 0) throw new Refused("route-unknown", "there is no such resource");

  if (id !== undefined && request.method === "DELETE") {
    boxes.remove(userId, id);
    return new Response(null, { status: 204 });
  }
  if (id === undefined && request.method === "POST") {
    return answer(boxes.send(userId, await draftOf(request, userId, context.settings.limits.bodyMaxBytes)), 201);
  }
  if (id === undefined) return answer({ user: userId, messages: boxes.list(userId) });
  const message = boxes.find(userId, id);
  if (message === undefined) throw new Refused("route-unknown", "there is no such message");
  return answer(message);
}
