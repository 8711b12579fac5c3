import type { Json } from "../../engine/json.ts";
import type { ConnectOptions, Members } from "./world.ts";

/** Delivery mode as the public clients send it when the application chose none. */
const sdkDelivery = { mode: "fanout", routing: "", affinity_ttl_ms: 0 };

/** What the public clients declare. */
const sdkCapabilities = {
  e2ee: true,
  group_e2ee: true,
  supported_p2p_e2ee: ["e2ee_v2"],
  supported_group_e2ee: ["group_e2ee_v2"],
};

/** The place of a connection: device and slot as auth.connect will name them. */
export interface Place {
  readonly device: string | undefined;
  readonly slot: string | undefined;
}

export function placeOf({ device, slot = "default" }: ConnectOptions, ownDevice: string): Place {
  return { device: device === null ? undefined : (device ?? ownDevice), slot: slot ?? undefined };
}

/**
 * The params of auth.connect as the public TypeScript client 0.5.4 sends them, with what the options change. Null where an
 * option allows it, and undefined in `params`, leave a member out.
 */
export function connectParams(nonce: string, token: string, { device, slot }: Place, options: ConnectOptions): Members {
  const { delivery = sdkDelivery, extraInfo } = options;
  const auth: Json | undefined = "auth" in options ? options.auth : { method: "kite_token", token };
  return {
    nonce,
    auth,
    protocol: { min: "1.0", max: "1.0" },
    device: device === undefined ? undefined : { id: device, type: "sdk" },
    client: { ...(slot === undefined ? {} : { slot_id: slot }), sdk_lang: "typescript", sdk_version: "0.5.4" },
    delivery_mode: delivery === null ? undefined : delivery,
    capabilities: sdkCapabilities,
    options: options.options,
    extra_info: extraInfo,
    ...options.params,
  };
}
