import { isJsonObject, type JsonObject, own } from "../../ath/json.ts";
import { RpcError } from "../method.ts";
import { connectCodes } from "../rules/connect.ts";
import { deliveryOf } from "../rules/delivery.ts";
import type { AunRules } from "../rules.ts";
import type { ConnectionKind, DeliveryMode } from "./connection.ts";

/** What auth.connect asks for, apart from who asks. */
export interface ConnectParameters {
  readonly deviceId: string | undefined;
  readonly slotId: string | undefined;
  readonly slotKey: string;
  readonly kind: ConnectionKind;
  readonly shortTtlMs: number | undefined;
  readonly delivery: DeliveryMode;
  readonly extraInfo: JsonObject;
  readonly capabilities: JsonObject;
}

function unfit(message: string): RpcError {
  return new RpcError(connectCodes.parameter, message);
}

/** An object member; empty when it is left out. */
function objectMember(params: JsonObject, name: string): JsonObject {
  const value = own(params, name) ?? {};
  if (!isJsonObject(value)) throw unfit(`${name} must be an object`);
  return value;
}

/** The name of a device or slot; empty text counts as none. */
function nameMember(rules: AunRules, object: JsonObject, member: string, what: "device" | "slot"): string | undefined {
  const name = own(object, member) ?? "";
  if (name === "") return undefined;
  if (typeof name !== "string" || !rules["places.nameFits"]({ what, name }))
    throw unfit(`this cannot be the name of a ${what}`);
  return name;
}

function milliseconds(object: JsonObject, name: string): number | undefined {
  const value = own(object, name) ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw unfit(`${name} must be a whole number of milliseconds`);
  }
  return value;
}

/** Reads the parameters of auth.connect that say how to be connected. Throws {@link RpcError} 4000. */
export function connectParameters(rules: AunRules, params: JsonObject): ConnectParameters {
  if (!rules["connect.membersFit"]({ params })) throw unfit("unknown member");
  const device = objectMember(params, "device");
  if (!rules["connect.deviceTypeFits"]({ type: own(device, "type") })) throw unfit("unknown device.type");
  const client = objectMember(params, "client");
  const deviceId = nameMember(rules, device, "id", "device");
  const slotId = nameMember(rules, client, "slot_id", "slot");
  if (slotId !== undefined && !rules["places.slotAllowed"]({ deviceId })) {
    throw unfit(rules["places.message"]({ conflict: "slot_requires_device_id" }));
  }
  if (deviceId === undefined && !rules["places.legacyAllowed"]()) throw unfit("missing parameter: device.id");

  const declared = objectMember(params, "delivery_mode");
  const mode = own(declared, "mode");
  if (!rules["delivery.modeFits"]({ mode })) throw unfit("delivery_mode.mode must be fanout or queue");
  if (!rules["delivery.routingFits"]({ routing: own(declared, "routing"), mode })) {
    throw unfit("delivery_mode.routing must be round_robin or sender_affinity");
  }
  milliseconds(declared, "affinity_ttl_ms");

  const options = own(params, "options") ?? undefined;
  const given = options === undefined ? undefined : objectMember(params, "options");
  const kind = rules["kinds.kind"]({ options: given, kind: given === undefined ? undefined : own(given, "kind") });
  if (kind === undefined) throw unfit("options.kind must be long or short");
  return {
    deviceId,
    slotId,
    slotKey: slotId === undefined ? "" : rules["places.slotKey"]({ slotId }),
    kind,
    shortTtlMs: given === undefined ? undefined : milliseconds(given, "short_ttl_ms"),
    delivery: deliveryOf(declared),
    extraInfo: objectMember(params, "extra_info"),
    capabilities: objectMember(params, "capabilities"),
  };
}
