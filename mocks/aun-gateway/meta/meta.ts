import type { JsonObject } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import type { Session } from "../session/session.ts";

/** `meta.ping` (services § meta.ping): the server's time, whatever the client sent. */
export function ping({ rules, clock }: AunContext, session: Session, params: JsonObject): JsonObject {
  if (!rules["meta.pingAllowed"]({ given: session.paramsGiven })) throw new RpcError(-32602, "params are required");
  return rules["meta.pong"]({ now: clock.now(), params });
}

/** `meta.status`: what the gateway knows of this connection. */
export function status({ rules, settings }: AunContext, { connection, aid }: Session, params: JsonObject): JsonObject {
  return rules["meta.status"]({
    aid: aid ?? "",
    connectedAt: connection?.connectedAt ?? 0,
    protocol: connection?.protocol ?? settings.protocol.max,
    params,
  });
}

/** `meta.trust_roots`: the roots that certificates of this domain lead to. */
export function trustRoots({ rules, auth }: AunContext): JsonObject {
  return rules["meta.trustRoots"]({ roots: auth.trustRoots() });
}

/** `auth.logout`, which some clients send before they close: nothing has to be done. */
export function logout(): JsonObject {
  return { success: true };
}
