import { createHash, randomUUID } from "node:crypto";
import { type House, type Members, type Message, Refusal, type Session } from "./house.ts";

/** A method of an authenticated connection. */
export type Method = (house: House, session: Session, params: Members) => Members;

const mostBytes = 1_048_576;
const page = 50;
const queueMs = 300_000;
const queueKept = 200;
const recallMs = 120_000;
const mostNamed = 100;

function boxOf({ boxes, character }: House, aid: string) {
  const box = boxes.get(aid) ?? { messages: [], acked: 0, last: character.numbers.firstSeq, mode: "fanout" as const };
  boxes.set(aid, box);
  return box;
}

/** A message as its receiver sees it. */
function shown({ character }: House, { seq, id, from, to, payload, at, mode }: Message): Members {
  const { numbers, deliveryMode, extras } = character;
  return {
    from,
    to,
    message_id: id,
    seq,
    payload,
    timestamp: numbers.messageTime === "seconds" ? Math.floor(at / 1000) : at,
    delivery_mode: deliveryMode === "word" ? mode : { mode },
    encrypted: false,
    ...(extras === "many" ? { proximity: { same_device: false, basis: "ip", asserted_by: "gateway" } } : {}),
  };
}

function deliver(house: House, message: Message, sessions: readonly Session[]): void {
  for (const { connection } of sessions) connection.push("event/message.received", shown(house, message));
}

/** Who of the receiver's connections gets a message. */
function chosen(house: House, from: string, to: string): readonly Session[] {
  const { bindings, turns, now, sessionsOf } = house;
  const online = sessionsOf(to).filter(({ kind }) => kind === "long");
  const [first] = online;
  if (first === undefined || first.mode === "fanout") return online;
  const turn = turns.get(to) ?? 0;
  const next = online[turn % online.length] ?? first;
  turns.set(to, turn + 1);
  if (first.routing !== "sender_affinity") return [next];
  const name = `${from} ${to}`;
  const bound = bindings.get(name);
  const kept = online.find(({ id }) => id === bound?.session && (bound.until === 0 || bound.until > now()));
  const one = kept ?? next;
  const { ttlMs } = one;
  if (kept === undefined) bindings.set(name, { session: one.id, until: ttlMs === 0 ? 0 : now() + ttlMs });
  return [one];
}

const send: Method = (house, { aid: from }, params) => {
  const { agents, now, character } = house;
  const { to, payload, message_id: given } = params;
  if (typeof to !== "string" || payload === undefined || payload === null) throw new Refusal(-32603, "to and payload");
  if (given !== undefined && (typeof given !== "string" || given === "")) throw new Refusal(-32603, "message_id");
  if (Buffer.byteLength(JSON.stringify(payload)) > mostBytes) throw new Refusal(-32603, "payload too large");
  if (!to.endsWith(`.${character.issuer}`)) throw new Refusal(-32010, "that domain cannot be reached");
  if (!agents.has(to)) throw new Refusal(-32603, "nobody has this AID");
  const box = boxOf(house, to);
  const known = box.messages.find((one) => one.id === given && one.from === from);
  const answer = (message: Message, status: string): Members => {
    const { message_id, seq, timestamp, delivery_mode } = shown(house, message);
    return { message_id, seq, timestamp, delivery_mode, status };
  };
  if (known !== undefined) return answer(known, "duplicate");
  const receivers = chosen(house, from, to);
  const mode = receivers[0]?.mode ?? box.mode;
  box.last += 1;
  const message: Message = {
    seq: box.last,
    id: given ?? randomUUID(),
    from,
    to,
    payload,
    at: now(),
    mode,
    recalled: false,
  };
  box.messages.push(message);
  box.messages.splice(0, box.messages.length - character.history);
  deliver(house, message, receivers);
  if (receivers.length === 0) undelivered.add(message);
  return answer(message, receivers.length > 0 ? "delivered" : "sent");
};

const undelivered = new WeakSet<Message>();

/** What the AID's box still holds. */
function heldFor(house: House, aid: string): readonly Message[] {
  const { now, character } = house;
  const { messages } = boxOf(house, aid);
  const inQueue = messages.filter(({ mode, at }) => mode === "queue" && at > now() - queueMs).slice(-queueKept);
  return messages.filter(
    (one) => !one.recalled && (one.mode === "fanout" || (character.queue === "kept" && inQueue.includes(one))),
  );
}

/** Remembers how an AID wants its messages, and gives it what came while nobody was there. */
export function welcome(house: House, { aid, kind, mode, connection }: Session): void {
  if (kind === "short") return;
  const box = boxOf(house, aid);
  box.mode = mode;
  if (house.character.missed === "pulled-only") return;
  for (const message of heldFor(house, aid)) {
    if (!undelivered.delete(message)) continue;
    connection.push("event/message.received", shown(house, message));
  }
}

function own(session: Session, params: Members): void {
  const { device_id: device = session.device, slot_id: slot = session.slot } = params;
  const named = (given: unknown) => (given === null || given === "" ? undefined : given);
  if (named(device) !== named(session.device) || named(slot) !== named(session.slot)) {
    throw new Refusal(-32004, "another instance's");
  }
}

const pull: Method = (house, session, params) => {
  own(session, params);
  const after = typeof params["after_seq"] === "number" ? params["after_seq"] : 0;
  const limit = typeof params["limit"] === "number" ? params["limit"] : page;
  const held = heldFor(house, session.aid).filter(({ seq }) => seq > after);
  const messages = held.slice(0, Math.max(1, Math.min(limit, page))).map((message) => shown(house, message));
  return { messages, count: messages.length, latest_seq: boxOf(house, session.aid).last };
};

const ack: Method = (house, session, params) => {
  own(session, params);
  const { seq } = params;
  if (typeof seq !== "number") throw new Refusal(-32602, "seq");
  const box = boxOf(house, session.aid);
  box.acked = Math.max(box.acked, Math.min(seq, box.last));
  const message = box.messages.find((one) => one.seq === seq);
  if (house.character.ackEvent === "to-sender" && message !== undefined) {
    for (const { connection } of house.sessionsOf(message.from)) {
      connection.push("event/message.ack", { to: session.aid, seq, message_id: message.id });
    }
  }
  return { success: true, ack_seq: box.acked };
};

const recall: Method = (house, { aid }, params) => {
  const ids = params["message_ids"];
  if (!Array.isArray(ids) || ids.length > mostNamed) throw new Refusal(-32602, `${mostNamed} ids`);
  const recalled: unknown[] = [];
  const errors: Members[] = [];
  for (const id of ids) {
    const message = [...house.boxes.values()].flatMap(({ messages }) => messages).find((one) => one.id === id);
    const error = recallProblem(house, aid, message);
    if (error !== undefined || message === undefined) {
      errors.push({ message_id: id, error });
      continue;
    }
    message.recalled = true;
    recalled.push(id);
    for (const { connection } of house.sessionsOf(message.to)) {
      connection.push("event/message.recalled", { message_id: id, from: aid });
    }
  }
  return { recalled, errors };
};

function recallProblem({ now }: House, aid: string, message: Message | undefined): string | undefined {
  if (message === undefined) return "not_found";
  if (message.from !== aid) return "not_sender";
  if (message.recalled) return "already_recalled";
  return now() - message.at > recallMs ? "expired" : undefined;
}

const queryOnline: Method = (house, _session, params) => {
  const { aids } = params;
  if (!Array.isArray(aids) || aids.length > mostNamed) throw new Refusal(-32602, `${mostNamed} AIDs`);
  const isOnline = (aid: string) => house.sessionsOf(aid).some(({ kind }) => kind === "long");
  return { online: Object.fromEntries(aids.map((aid) => [String(aid), isOnline(String(aid))])) };
};

const ping: Method = ({ now, character }) => ({
  pong: true,
  timestamp: Math.floor(now() / 1000),
  ...(character.heartbeatS === undefined ? {} : { heartbeat_interval: character.heartbeatS }),
});

const status: Method = (_house, { aid, since }) => {
  return { mode: "gateway", aid, role: "user", connected_at: since, protocol_version: "1.0", uptime_s: 1 };
};

const trustRoots: Method = ({ authority, now }) => {
  const { root } = authority;
  const day = (offset: number) => new Date(now() + offset * 86_400_000).toISOString();
  const fingerprint = Buffer.from(root.rawData);
  return {
    version: 3,
    issued_at: day(-1),
    next_update: day(1),
    authority_signature: null,
    root_cas: [
      {
        id: "r1",
        name: root.subject,
        certificate: root.toString("pem"),
        fingerprint_sha256: sha256(fingerprint),
        status: "active",
      },
    ],
  };
};

export const methods: Readonly<Record<string, Method>> = {
  "message.send": send,
  "message.pull": pull,
  "message.ack": ack,
  "message.recall": recall,
  "message.query_online": queryOnline,
  "meta.ping": ping,
  "meta.status": status,
  "meta.trust_roots": trustRoots,
};

/** In the upper-case form with colons, as certificate tools print it. */
function sha256(bytes: Buffer): string {
  return (createHash("sha256").update(bytes).digest("hex").toUpperCase().match(/../g) ?? []).join(":");
}
