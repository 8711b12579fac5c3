import type { JsonObject } from "../../ath/json.ts";
import type { Connection, DeliveryMode } from "../connect/connection.ts";
import type { AunContext } from "../context.ts";
import { fanout } from "../rules/delivery.ts";
import { setBounded } from "./bounded.ts";
import { keep, type Mailbox } from "./mailbox.ts";

/** A message that was found fit, on its way to an AID of this domain. */
export interface Outgoing {
  readonly from: string;
  readonly to: string;
  /** Undefined: the gateway makes one. */
  readonly messageId: string | undefined;
  readonly payload: unknown;
  readonly type: unknown;
  readonly encrypted: boolean;
  readonly params: JsonObject;
  /** Characters of the request it came in. */
  readonly weight: number;
}

/** Senders remembered for one AID in sender affinity. */
const mostBindings = 1_000;

/** Gives a message to its receiver's instances and keeps it for pull; the result of message.send. */
export function deliver(context: AunContext, message: Outgoing): JsonObject {
  const { rules, clock, mail, registry, settings } = context;
  const { from, to } = message;
  const mailbox = mail.of(to);
  const id = message.messageId ?? mail.nextId();
  // An id of ours cannot have come before.
  const key = message.messageId && rules["messages.sameness"]({ sender: from, messageId: message.messageId });
  const known = key === undefined ? undefined : mailbox.remembered.get(key);
  if (known !== undefined && rules["messages.suppresses"]()) {
    return sendResult(context, {
      ...known,
      id,
      status: rules["messages.status"]({ delivered: false, duplicate: true }),
    });
  }

  const now = clock.now();
  const instances = registry.of(to).filter(({ kind }) => rules["kinds.receives"]({ kind }));
  const delivery = instances[0]?.delivery ?? mailbox.delivery ?? fanout;
  const { mode } = delivery;
  const receivers = rules["delivery.receivers"]({
    mode,
    instances,
    everyone: () => registry.everyone(),
    next: () => nextInstance(context, mailbox, { from, instances, delivery, now }),
  });
  const series = rules["messages.series"]({ sender: from });
  const count = (mailbox.counts.get(series) ?? 0) + 1;
  mailbox.counts.set(series, count);
  const seq = rules["messages.seq"]({ count });
  const timestamp = rules["messages.timestamp"]({ now, params: message.params });

  // Made before anything is remembered: what cannot be written as JSON leaves no trace.
  const texts = eventTexts(context, { ...message, id, seq, timestamp, mode });
  mailbox.latest = Math.max(mailbox.latest, seq);
  for (const receiver of receivers) for (const text of texts) receiver.push(text);

  const delivered = receivers.length > 0;
  if (rules["messages.kept"]({ mode, delivered })) {
    const { payload, type, encrypted, weight } = message;
    keep(
      mailbox,
      { id, seq, from, to, payload, type, encrypted, at: now, timestamp, mode, weight, recalled: false },
      rules,
      settings.limits,
    );
  }
  if (key !== undefined) setBounded(mailbox.remembered, key, { seq, timestamp, mode }, settings.limits.rememberedIds);
  return sendResult(context, {
    id,
    seq,
    timestamp,
    mode,
    status: rules["messages.status"]({ delivered, duplicate: false }),
  });
}

interface Turn {
  readonly from: string;
  readonly instances: readonly Connection[];
  readonly delivery: DeliveryMode;
  readonly now: number;
}

/** Queue mode: by turns, or where the sender went before (Gateway mode § delivery mode). */
function nextInstance(
  { rules }: AunContext,
  mailbox: Mailbox,
  { from, instances, delivery, now }: Turn,
): Connection | undefined {
  const sticks = rules["delivery.sticks"]({ delivery });
  const binding = sticks ? mailbox.bindings.get(from) : undefined;
  const bound = binding && instances.find(({ id }) => id === binding.connectionId);
  if (binding !== undefined) {
    const verdict = rules["delivery.binding"]({ binding, alive: bound !== undefined, now });
    if (verdict !== "open") return verdict === "holds" ? bound : undefined;
  }
  if (instances.length === 0) return undefined;
  const next = instances[rules["delivery.turn"]({ turn: mailbox.turn, count: instances.length })];
  mailbox.turn += 1;
  if (sticks && next !== undefined) {
    const binding = { connectionId: next.id, since: now, ttlMs: delivery.affinityTtlMs };
    setBounded(mailbox.bindings, from, binding, mostBindings);
  }
  return next;
}

interface Numbered extends Outgoing {
  readonly id: string;
  readonly seq: number;
  readonly timestamp: unknown;
  readonly mode: DeliveryMode["mode"];
}

function eventTexts({ rules }: AunContext, message: Numbered): string[] {
  const { from, to, id, seq, payload, timestamp, mode, encrypted, type } = message;
  const shown = rules["delivery.shown"]({ mode, where: "event" });
  const params = {
    from,
    to,
    message_id: id,
    seq,
    payload,
    timestamp,
    ...(shown === undefined ? {} : { delivery_mode: shown }),
    encrypted,
    ...(type === undefined ? {} : { type }),
  };
  return rules["messages.events"]({ params }).map((event) => {
    const notification = { jsonrpc: "2.0", method: "event/message.received", params: event };
    return JSON.stringify(rules["rpc.push"]({ notification }));
  });
}

interface Sent {
  readonly id: string;
  readonly seq: number;
  readonly timestamp: unknown;
  readonly mode: DeliveryMode["mode"];
  readonly status: string;
}

function sendResult({ rules }: AunContext, { id, seq, timestamp, mode, status }: Sent): JsonObject {
  const shown = rules["delivery.shown"]({ mode, where: "result" });
  const result = {
    message_id: id,
    seq,
    timestamp,
    status,
    ...(shown === undefined ? {} : { delivery_mode: shown }),
  };
  return rules["messages.result"]({ result });
}
