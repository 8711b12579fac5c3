import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import { type KeptMessage, ownCount } from "../rules/messages.ts";
import type { Session } from "../session/session.ts";
import { setBounded } from "./bounded.ts";
import { dropPassed, type Mailbox, pullable } from "./mailbox.ts";

const badParams = -32602;
const forbidden = -32004;

/** Instances whose acknowledgements are remembered for one AID. */
const mostPlaces = 1_000;

/** An instance reads and acknowledges for itself only (services § message.pull: a MUST). */
function ownPlace({ rules }: AunContext, { connection }: Session, params: JsonObject): string {
  const deviceFits = rules["messages.placeFits"]({
    what: "device",
    given: own(params, "device_id"),
    own: connection?.deviceId,
  });
  const slotFits = rules["messages.placeFits"]({
    what: "slot",
    given: own(params, "slot_id"),
    own: connection?.slotId,
  });
  if (!deviceFits || !slotFits) throw new RpcError(forbidden, "device_id and slot_id must be those of this connection");
  return `${connection?.deviceId ?? ""}\n${connection?.slotId ?? ""}`;
}

interface Pulled {
  readonly mailbox: Mailbox;
  readonly messages: readonly KeptMessage[];
  readonly acked: number;
  /** There is more than was given. */
  readonly more: boolean;
}

function pulled(context: AunContext, session: Session, params: JsonObject): Pulled {
  const { rules, mail, clock } = context;
  const place = ownPlace(context, session, params);
  const mailbox = mail.of(rules["messages.mailboxOf"]({ caller: session.aid ?? "", params }));
  const acked = mailbox.acked.get(place) ?? 0;
  const after = own(params, "after_seq");
  const afterSeq = after === undefined || after === null ? acked : ownCount(params, "after_seq");
  if (afterSeq === undefined) throw new RpcError(badParams, "after_seq must be a whole number from 0");
  dropPassed(mailbox, rules, clock.now());
  const kept = pullable(mailbox);
  const messages = rules["messages.pulled"]({ kept, afterSeq, limit: ownCount(params, "limit") });
  if (!rules["messages.staysAfterPull"]()) {
    const gone = new Set(messages);
    mailbox.lasting = mailbox.lasting.filter((one) => !gone.has(one));
    mailbox.passing = mailbox.passing.filter((one) => !gone.has(one));
  }
  const last = messages.at(-1)?.seq ?? afterSeq;
  return { mailbox, messages, acked, more: kept.some(({ seq }) => seq > last) };
}

/** `message.pull`: what was kept for the caller, by seq. */
export function pull(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const { mailbox, messages, more } = pulled(context, session, params);
  const { passing } = mailbox;
  return {
    messages: messages.map(({ id, from, to, seq, payload, timestamp, mode, encrypted, type }) => ({
      message_id: id,
      from,
      to,
      seq,
      payload,
      timestamp,
      delivery_mode: mode,
      encrypted,
      ...(type === undefined ? {} : { type }),
    })),
    count: messages.length,
    latest_seq: mailbox.latest,
    has_more: more,
    ephemeral_count: passing.length,
    ephemeral_earliest_seq: passing[0]?.seq ?? 0,
  };
}

/** `message.v2.pull`: the same in the form of the newer clients; the payload stays as it came. */
export function pullV2(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const upTo = ownCount(params, "ack_up_to_seq");
  if (upTo !== undefined) acknowledge(context, session, { ...params, seq: upTo });
  const { messages, acked, more } = pulled(context, session, params);
  return {
    messages: messages.map(({ seq, id, from, to, at, payload }) => {
      const envelope = isJsonObject(payload) ? ownText(payload, "envelope_json") : undefined;
      const common = { seq, message_id: id, from_aid: from, t_server: at };
      return envelope === undefined
        ? { ...common, version: "v1", legacy_v1: { to, payload } }
        : { ...common, version: "v2", envelope_json: envelope };
    }),
    has_more: more,
    server_ack_seq: acked,
  };
}

function acknowledge(context: AunContext, session: Session, params: JsonObject): number {
  const { rules, mail } = context;
  const place = ownPlace(context, session, params);
  const upTo = ownCount(params, "seq");
  if (upTo === undefined) throw new RpcError(badParams, "the acknowledged seq must be a whole number from 0");
  const mailbox = mail.of(session.aid ?? "");
  const acked = rules["messages.acked"]({ acked: mailbox.acked.get(place) ?? 0, upTo, latest: mailbox.latest });
  setBounded(mailbox.acked, place, acked, mostPlaces);
  return acked;
}

/** `message.ack`: everything up to a seq was read; never goes back. */
export function ack(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const { rules, registry } = context;
  const seq = acknowledge(context, session, params);
  for (const told of rules["messages.toldOfAck"]({ everyone: () => registry.everyone() })) {
    const notification = {
      jsonrpc: "2.0",
      method: "event/message.ack",
      params: { by: session.aid ?? "", ack_seq: seq },
    };
    told.push(JSON.stringify(rules["rpc.push"]({ notification })));
  }
  return rules["messages.ackResult"]({ result: { success: true, ack_seq: seq } });
}

/** `message.v2.ack`. */
export function ackV2(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const seq = acknowledge(context, session, { ...params, seq: own(params, "up_to_seq") });
  return { acked: true, ack_seq: seq };
}
