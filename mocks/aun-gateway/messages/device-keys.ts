import { type JsonObject, own, ownText } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import type { Session } from "../session/session.ts";
import { setBounded } from "./bounded.ts";

const badParams = -32602;

/** Devices of one AID whose keys are kept. */
const mostDevices = 64;

/** Members of a pre-key that are handed to whoever wants to encrypt for the device. */
const keyMembers = ["key_source", "spk_id", "spk_pk", "spk_signature", "spk_timestamp"] as const;

/** `message.v2.put_peer_pk`: keeps the pre-key of the caller's device as it came; the clients verify it. */
export function putDeviceKey({ mail }: AunContext, session: Session, params: JsonObject): JsonObject {
  const key = Object.fromEntries(keyMembers.map((name) => [name, own(params, name) ?? null]));
  const { deviceKeys } = mail.of(session.aid ?? "");
  setBounded(deviceKeys, session.connection?.deviceId ?? "", key, mostDevices);
  return { success: true };
}

/** `message.v2.bootstrap`: the devices of a peer with their keys; the identity key is that of the peer's certificate. */
export function bootstrap({ auth, mail }: AunContext, params: JsonObject): JsonObject {
  const peer = ownText(params, "peer_aid");
  if (peer === undefined) throw new RpcError(badParams, "message.v2.bootstrap needs `peer_aid`");
  const identity = auth.keyOf(peer);
  if (identity === undefined) throw new RpcError(-32008, "nobody has this AID");
  const ik = identity.export({ type: "spki", format: "der" }).toString("base64");
  const devices = mail.find(peer)?.deviceKeys ?? new Map<string, JsonObject>();
  return {
    peer_devices: [...devices].map(([device, key]) => ({ aid: peer, device_id: device, ik_pk: ik, ...key })),
    audit_recipients: [],
  };
}
