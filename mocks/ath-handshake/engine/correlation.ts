import type { JsonObject } from "../../ath/json.ts";
import { jsonResponse } from "../../core/json.ts";
import { ownString } from "../json.ts";
import { type HandshakeContext, secondsNow } from "./context.ts";

export const idHeader = "x-ath-handshake-id";
export const idCookie = "ath_handshake";

function cookieOf(request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${idCookie}=`))?.slice(idCookie.length + 1);
}

/** The handshake's id that a message carries, where the configured binding carries it. */
export function carriedId({ settings }: HandshakeContext, request: Request, body: JsonObject): string | undefined {
  const { correlation } = settings.binding;
  if (correlation === "header") return request.headers.get(idHeader) ?? undefined;
  return correlation === "cookie" ? cookieOf(request) : ownString(body, "handshake_id");
}

/** Where the binding puts the handshake's id: members and header fields to add. */
export function carrier(
  { settings }: HandshakeContext,
  handshakeId: string,
): { readonly members: JsonObject; readonly headers: Readonly<Record<string, string>> } {
  const { correlation, path } = settings.binding;
  if (correlation === "header") return { members: {}, headers: { [idHeader]: handshakeId } };
  if (correlation === "body") return { members: { handshake_id: handshakeId }, headers: {} };
  return { members: {}, headers: { "set-cookie": `${idCookie}=${handshakeId}; Path=${path}; HttpOnly` } };
}

/** The gateway's next message, with the id where the binding carries it. */
export function answerIn(
  context: HandshakeContext,
  handshakeId: string,
  type: string,
  members: JsonObject,
  status = 200,
): Response {
  const told = carrier(context, handshakeId);
  const message = { type, timestamp: secondsNow(context), ...members, ...told.members };
  return jsonResponse(message, { status, headers: { "cache-control": "no-store", ...told.headers } });
}
