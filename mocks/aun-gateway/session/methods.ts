import type { JsonObject } from "../../ath/json.ts";
import { connect } from "../connect/connect.ts";
import type { AunContext } from "../context.ts";
import { federationMethods } from "../federation/inbound.ts";
import { bootstrap, putDeviceKey } from "../messages/device-keys.ts";
import { queryOnline } from "../messages/presence.ts";
import { ack, ackV2, pull, pullV2 } from "../messages/pull.ts";
import { recall } from "../messages/recall.ts";
import { send } from "../messages/send.ts";
import { logout, ping, status, trustRoots } from "../meta/meta.ts";
import type { Session } from "./session.ts";

/** A method of the gateway: gives the result or throws RpcError. */
export type GatewayMethod = (session: Session, params: JsonObject) => JsonObject | Promise<JsonObject>;

/** Every method that the gateway answers, by name; those of the auth service are asked there. */
export function gatewayMethods(context: AunContext): ReadonlyMap<string, GatewayMethod> {
  const methods = new Map<string, GatewayMethod>();
  for (const [name, method] of context.auth.methods) {
    methods.set(name, (session, params) => method({ params, session }));
  }
  const own: Readonly<Record<string, GatewayMethod>> = {
    "auth.connect": (session, params) => connect(context, session, params),
    "auth.logout": logout,
    "meta.ping": (session, params) => ping(context, session, params),
    "meta.status": (session, params) => status(context, session, params),
    "meta.trust_roots": () => trustRoots(context),
    "message.send": (session, params) => send(context, session, params),
    "message.v2.send": (session, params) => send(context, session, params),
    "message.pull": (session, params) => pull(context, session, params),
    "message.v2.pull": (session, params) => pullV2(context, session, params),
    "message.ack": (session, params) => ack(context, session, params),
    "message.v2.ack": (session, params) => ackV2(context, session, params),
    "message.recall": (session, params) => recall(context, session, params),
    "message.query_online": (_, params) => queryOnline(context, params),
    "message.v2.put_peer_pk": (session, params) => putDeviceKey(context, session, params),
    "message.v2.bootstrap": (_, params) => bootstrap(context, params),
  };
  for (const [name, method] of Object.entries(own)) methods.set(name, method);
  for (const [name, method] of federationMethods(context)) methods.set(name, method);
  return methods;
}
