import { isJsonObject, type JsonObject, own, ownText, ownTexts } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { deliver } from "../messages/deliver.ts";
import { isOnline } from "../messages/presence.ts";
import { RpcError } from "../method.ts";
import { federationCodes } from "../rules/federation.ts";
import type { GatewayMethod } from "../session/methods.ts";
import { ClosingError, type Session } from "../session/session.ts";
import { issuerOf } from "../settings.ts";
import { deniedClose } from "./link.ts";
import { helloText, provesIssuer } from "./proof.ts";

function denied(message: string): ClosingError {
  return new ClosingError(new RpcError(federationCodes.refused, message), deniedClose);
}

/**
 * `federation.hello`: a gateway says whose it is and signs our nonce as that domain's auth service. Its certificate is
 * fetched from where we were told that the domain's gateway is, so nobody else can speak for the domain.
 */
async function hello(context: AunContext, session: Session, params: JsonObject): Promise<JsonObject> {
  const { rules, settings, federation } = context;
  const issuer = ownText(params, "issuer") ?? "";
  const signature = ownText(params, "signature") ?? "";
  const nonce = typeof session.nonce === "string" ? session.nonce : "";
  if (!settings.peers.has(issuer)) throw denied("this domain is no peer of this gateway");
  let certificate: string;
  try {
    certificate = await federation.certificateOf(issuer);
  } catch {
    throw denied("the certificate of this domain cannot be had");
  }
  const verified = provesIssuer(certificate, issuer, helloText(issuer, settings.issuer, nonce), signature);
  if (!rules["federation.helloHolds"]({ verified })) throw denied("the signature is not that of this domain");
  session.peerIssuer = issuer;
  return { status: "ok", issuer: settings.issuer };
}

function requirePeer({ peerIssuer }: Session): string {
  if (peerIssuer === undefined) throw new RpcError(-32013, "call federation.hello first");
  return peerIssuer;
}

/** `federation.relay`: a message from another domain for somebody here. */
function relay(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const { rules, settings, auth } = context;
  const issuer = requirePeer(session);
  const inner = own(params, "params");
  if (ownText(params, "method") !== "message.send" || !isJsonObject(inner)) {
    throw new RpcError(federationCodes.refused, "only message.send is relayed");
  }
  const from = ownText(inner, "from") ?? "";
  const to = ownText(inner, "to") ?? "";
  if (!rules["federation.senderIsOfPeer"]({ from, issuer })) {
    throw new RpcError(federationCodes.refused, "a gateway speaks for its own domain only");
  }
  if (issuerOf(to) !== settings.issuer || !auth.known(to)) throw new RpcError(-32603, "nobody has this AID");
  const message = {
    from: rules["federation.shownFrom"]({ from }),
    to,
    messageId: ownText(inner, "message_id"),
    payload: own(inner, "payload") ?? null,
    type: own(inner, "type"),
    encrypted: own(inner, "encrypted") === true,
    params: inner,
    weight: session.frameLength,
  };
  if (rules["federation.delivers"]({ from })) return deliver(context, message);
  return { message_id: message.messageId, seq: 0, timestamp: context.clock.now() / 1000, status: "sent" };
}

function queryOnline(context: AunContext, session: Session, params: JsonObject): JsonObject {
  requirePeer(session);
  const aids = ownTexts(params, "aids").filter((aid) => issuerOf(aid) === context.settings.issuer);
  return { online: Object.fromEntries(aids.map((aid) => [aid, isOnline(context, aid)])) };
}

/** What other gateways call. */
export function federationMethods(context: AunContext): readonly (readonly [string, GatewayMethod])[] {
  return [
    ["federation.hello", (session, params) => hello(context, session, params)],
    ["federation.relay", (session, params) => relay(context, session, params)],
    ["federation.query_online", (session, params) => queryOnline(context, session, params)],
  ];
}
