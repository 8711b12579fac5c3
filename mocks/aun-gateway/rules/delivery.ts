import { isJsonObject, own } from "../../ath/json.ts";
import type { Connection, DeliveryMode } from "../connect/connection.ts";

/** Which instance a sender's messages go to. */
export interface Binding {
  readonly connectionId: string;
  /** When the sender was bound to it. */
  readonly since: number;
  /** 0: for as long as the instance lives. */
  readonly ttlMs: number;
}

export interface DeliveryRules {
  /** A55: whether the mode is one. */
  "delivery.modeFits": (input: { readonly mode: unknown }) => boolean;
  /** A55, A58: whether the routing is one. */
  "delivery.routingFits": (input: { readonly routing: unknown; readonly mode: unknown }) => boolean;
  /** A57: the modes that a newcomer's must agree with. */
  "delivery.others": (input: {
    readonly live: readonly DeliveryMode[];
    readonly last: DeliveryMode | undefined;
  }) => readonly DeliveryMode[];
  /** A56, A57: whether two modes of one AID disagree. */
  "delivery.conflicts": (input: { readonly mine: DeliveryMode; readonly theirs: DeliveryMode }) => boolean;
  /** A59, A60, A127: who gets a message of those who could. */
  "delivery.receivers": (input: {
    readonly mode: DeliveryMode["mode"];
    /** The online instances of the receiver. */
    readonly instances: readonly Connection[];
    readonly everyone: () => readonly Connection[];
    /** The one whose turn it is; undefined when there is none. */
    readonly next: () => Connection | undefined;
  }) => readonly Connection[];
  /** A62: whether a sender stays with an instance. */
  "delivery.sticks": (input: { readonly delivery: DeliveryMode }) => boolean;
  /** A63, A64: what a binding is worth: it holds, it is open to change, or the message is lost. */
  "delivery.binding": (input: {
    readonly binding: Binding;
    readonly alive: boolean;
    readonly now: number;
  }) => "holds" | "open" | "lost";
  /** A61: whose turn it is. */
  "delivery.turn": (input: { readonly turn: number; readonly count: number }) => number;
  /** A65: the mode as it is shown; undefined: not at all. */
  "delivery.shown": (input: {
    readonly mode: DeliveryMode["mode"];
    readonly where: "event" | "result";
  }) => string | undefined;
}

export const fanout: DeliveryMode = { mode: "fanout", routing: "", affinityTtlMs: 0 };

const routings: readonly unknown[] = [undefined, null, "", "round_robin", "sender_affinity"];

/** What a client declared, once the rules found it fit; left out members have their defaults. */
export function deliveryOf(given: unknown): DeliveryMode {
  if (!isJsonObject(given) || own(given, "mode") !== "queue") return fanout;
  const sticky = own(given, "routing") === "sender_affinity";
  const ttl = own(given, "affinity_ttl_ms");
  return sticky
    ? { mode: "queue", routing: "sender_affinity", affinityTtlMs: typeof ttl === "number" ? ttl : 0 }
    : { mode: "queue", routing: "round_robin", affinityTtlMs: 0 };
}

export const honestDelivery: DeliveryRules = {
  "delivery.modeFits": ({ mode }) => mode === undefined || mode === "fanout" || mode === "queue",
  "delivery.routingFits": ({ routing }) => routings.includes(routing),
  "delivery.others": ({ live }) => live,
  "delivery.conflicts": ({ mine, theirs }) =>
    mine.mode !== theirs.mode || mine.routing !== theirs.routing || mine.affinityTtlMs !== theirs.affinityTtlMs,
  "delivery.receivers": ({ mode, instances, next }) => {
    if (mode === "fanout") return instances;
    const one = next();
    return one === undefined ? [] : [one];
  },
  "delivery.sticks": ({ delivery }) => delivery.routing === "sender_affinity",
  "delivery.binding": ({ binding, alive, now }) =>
    alive && (binding.ttlMs === 0 || now < binding.since + binding.ttlMs) ? "holds" : "open",
  "delivery.turn": ({ turn, count }) => turn % count,
  "delivery.shown": ({ mode }) => mode,
};
