import type { JsonObject } from "../../ath/json.ts";

/** A long connection is there to receive; a short one makes a few calls and goes. */
export type ConnectionKind = "long" | "short";

/** How messages are spread over the online instances of an AID. */
export interface DeliveryMode {
  readonly mode: "fanout" | "queue";
  /** "" with fanout. */
  readonly routing: "" | "round_robin" | "sender_affinity";
  /** How long a sender stays with an instance; 0: as long as the instance lives. */
  readonly affinityTtlMs: number;
}

/** Where a connection sits: what two connections are compared by. */
export interface Place {
  readonly aid: string;
  /** Undefined for clients of old, which name no device. */
  readonly deviceId: string | undefined;
  /** The slot as it was given. */
  readonly slotId: string | undefined;
  /** What of the slot counts; "" without a slot. */
  readonly slotKey: string;
  readonly kind: ConnectionKind;
}

/** An authenticated connection. */
export interface Connection extends Place {
  /** `conn_…`, unique. */
  readonly id: string;
  readonly delivery: DeliveryMode;
  readonly protocol: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly extraInfo: JsonObject;
  /** Sends a notification as the text it is on the wire. */
  push(text: string): void;
  /** Says why (`event/gateway.disconnect`) and closes with the same code. */
  disconnect(code: number, reason: string, detail: JsonObject): void;
}

/** A connection as the control API shows it. */
export interface ShownConnection {
  readonly id: string;
  readonly aid: string;
  readonly device_id: string | null;
  readonly slot_id: string | null;
  readonly kind: ConnectionKind;
  readonly delivery_mode: DeliveryMode["mode"];
  readonly connected_at: string;
}
