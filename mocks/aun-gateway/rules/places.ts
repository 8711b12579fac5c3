import type { JsonObject } from "../../ath/json.ts";
import type { Connection, ConnectionKind, Place } from "../connect/connection.ts";
import type { ConflictPolicy } from "../settings.ts";

/** Conflicts by the message that the documents give them. */
export type ConflictMessage =
  | "slot_requires_device_id"
  | "device_singleton_conflict"
  | "slot_conflict"
  | "delivery_mode_conflict";

/** What a connection is told before it is closed. */
export interface Notice {
  readonly code: number;
  readonly reason: string;
  readonly detail: JsonObject;
}

export interface PlaceRules {
  /** A47: whether a slot may be given with this device. */
  "places.slotAllowed": (input: { readonly deviceId: string | undefined }) => boolean;
  /** A52: whether clients that name no device are let in. */
  "places.legacyAllowed": () => boolean;
  /** A53: whether text can be the name of a device or slot. */
  "places.nameFits": (input: { readonly what: "device" | "slot"; readonly name: string }) => boolean;
  /** A53: what of a slot's name counts. */
  "places.slotKey": (input: { readonly slotId: string }) => string;
  /** A48, A49, A50, A51, A53, A68: the connections whose place the newcomer wants. */
  "places.holders": (input: {
    readonly newcomer: Place;
    readonly ofAid: readonly Connection[];
    readonly everyone: () => readonly Connection[];
  }) => readonly Connection[];
  /** A48, A49: what is done about it. */
  "places.conflict": (input: { readonly policy: ConflictPolicy }) => ConflictPolicy | "end-both";
  /** A47, A48, A49, A56: how a conflict is called. */
  "places.message": (input: { readonly conflict: ConflictMessage }) => string;
  /** A49, A56: what becomes of the holders when the newcomer is refused. */
  "places.afterRefusal": (input: { readonly conflict: ConflictMessage }) => "stay" | "unregistered" | "closed";
  /** A51: the connections that are taken off the list when one has closed. */
  "places.freed": (input: { readonly closed: Connection }) => readonly Connection[];
  /** A54: what a connection is told before it is closed; undefined: nothing. */
  "places.notice": (input: Notice) => Notice | undefined;
  /** A73: how many slots a device and how many devices an AID may have. */
  "places.quota": (input: { readonly of: "slots" | "devices" }) => number;
  /** A73: who goes when there are too many; the oldest comes first. */
  "places.evicted": (input: {
    readonly candidates: readonly Connection[];
    readonly newcomer: Connection;
  }) => Connection | undefined;
}

export interface KindRules {
  /** A67: the kind; undefined when it is none. */
  "kinds.kind": (input: {
    readonly options: JsonObject | undefined;
    readonly kind: unknown;
  }) => ConnectionKind | undefined;
  /** A69: short connections that a slot bears. */
  "kinds.shortLimit": () => number;
  /** A70, A71: milliseconds without a frame after which a connection ends; undefined: never. */
  "kinds.idleMs": (input: {
    readonly kind: ConnectionKind;
    readonly shortTtlMs: number | undefined;
  }) => number | undefined;
  /** A70: from when idleness counts. */
  "kinds.idleFrom": (input: { readonly connectedAt: number; readonly lastFrameAt: number }) => number;
  /** A72: whether somebody with this connection is online and gets messages. */
  "kinds.online": (input: { readonly kind: ConnectionKind }) => boolean;
  /** A72: whether messages are pushed to this connection. */
  "kinds.receives": (input: { readonly kind: ConnectionKind }) => boolean;
}

const names = {
  device: /^[A-Za-z0-9._-]{1,128}$/,
  slot: /^[A-Za-z0-9._-][A-Za-z0-9._/ :-]{0,127}$/,
} as const;

/** Whether two long connections of one AID want the same place. */
export function samePlace(one: Place, other: Place): boolean {
  return one.deviceId !== undefined && one.deviceId === other.deviceId && one.slotKey === other.slotKey;
}

export const honestPlaces: PlaceRules = {
  "places.slotAllowed": ({ deviceId }) => deviceId !== undefined,
  "places.legacyAllowed": () => true,
  "places.nameFits": ({ what, name }) => names[what].test(name),
  "places.slotKey": ({ slotId }) => slotId.replace(/[/: ].*$/s, ""),
  "places.holders": ({ newcomer, ofAid }) =>
    newcomer.kind === "short" ? [] : ofAid.filter((one) => one.kind === "long" && samePlace(one, newcomer)),
  "places.conflict": ({ policy }) => policy,
  "places.message": ({ conflict }) => conflict,
  "places.afterRefusal": () => "stay",
  "places.freed": ({ closed }) => [closed],
  "places.notice": (notice) => notice,
  "places.quota": () => 10,
  "places.evicted": ({ candidates }) => candidates[0],
};

export const honestKinds: KindRules = {
  "kinds.kind": ({ kind }) => (kind === undefined ? "long" : kind === "long" || kind === "short" ? kind : undefined),
  "kinds.shortLimit": () => 10,
  "kinds.idleMs": ({ kind, shortTtlMs }) => (kind === "short" ? shortTtlMs : undefined),
  "kinds.idleFrom": ({ lastFrameAt }) => lastFrameAt,
  "kinds.online": ({ kind }) => kind === "long",
  "kinds.receives": ({ kind }) => kind === "long",
};
