import { type JsonObject, own } from "../../ath/json.ts";
import { type AunContext, onlineOf } from "../context.ts";
import { RpcError } from "../method.ts";
import { issuerOf } from "../settings.ts";

const badParams = -32602;

/** Whether an AID of this domain is online. */
export function isOnline(context: AunContext, aid: string): boolean {
  return context.rules["messages.online"]({ aid, online: onlineOf(context, aid) });
}

/** `message.query_online` (services § message.query_online); other domains are asked. */
export function queryOnline(context: AunContext, params: JsonObject): JsonObject | Promise<JsonObject> {
  const { rules, settings, federation } = context;
  const given = own(params, "aids");
  const aids = Array.isArray(given) ? given.filter((aid) => typeof aid === "string") : [];
  if (!Array.isArray(given) || aids.length < given.length) {
    throw new RpcError(badParams, "message.query_online needs `aids`, a list of AIDs");
  }
  const most = rules["messages.queryLimit"]();
  if (aids.length > most) throw new RpcError(badParams, `message.query_online takes at most ${most} AIDs`);

  // Object.fromEntries defines members, so an AID called __proto__ stays a member like any other.
  const local = aids.filter((aid) => issuerOf(aid) === settings.issuer || !aid.includes("."));
  const entries = local.map((aid) => [aid, isOnline(context, aid)] as const);
  if (local.length === aids.length) return { online: Object.fromEntries(entries) };
  const foreign = aids.filter((aid) => !local.includes(aid));
  return federation.online(foreign).then((answers) => ({ online: Object.fromEntries([...entries, ...answers]) }));
}
