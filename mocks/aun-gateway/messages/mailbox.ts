import type { RandomSource } from "../../core/random.ts";
import type { DeliveryMode } from "../connect/connection.ts";
import type { Binding } from "../rules/delivery.ts";
import type { KeptMessage } from "../rules/messages.ts";
import type { AunRules } from "../rules.ts";
import type { AunLimits } from "../settings.ts";

/** A kept message; recalled ones stay, so that a second recall can be told. */
export interface Kept extends KeptMessage {
  recalled: boolean;
}

/** What a message that came before was answered with. */
export interface Remembered {
  readonly seq: number;
  readonly timestamp: unknown;
  readonly mode: DeliveryMode["mode"];
}

/** Everything that is remembered for one AID. */
export interface Mailbox {
  /** Messages of fanout mode, oldest first. */
  lasting: Kept[];
  /** Messages of queue mode, oldest first. */
  passing: Kept[];
  /** Characters in `lasting`. */
  weight: number;
  /** Messages so far, by series. */
  readonly counts: Map<string, number>;
  /** Seq of the newest message. */
  latest: number;
  /** Acknowledged seq, by device and slot. */
  readonly acked: Map<string, number>;
  readonly remembered: Map<string, Remembered>;
  /** Messages of queue mode given out so far. */
  turn: number;
  /** Instance by sender. */
  readonly bindings: Map<string, Binding>;
  /** Mode of the latest connection; it decides while nobody is online. */
  delivery: DeliveryMode | undefined;
  /** Pre-keys of the AID's devices (`message.v2.put_peer_pk`), by device; kept as they came. */
  readonly deviceKeys: Map<string, Readonly<Record<string, unknown>>>;
}

export interface Mailboxes {
  /** Undefined when nothing was ever remembered for the AID. */
  find(aid: string): Mailbox | undefined;
  /** Made when there is none. */
  of(aid: string): Mailbox;
  all(): Iterable<Mailbox>;
  /** An id for a message whose sender gave none; unique, also among gateways. */
  nextId(): string;
  clear(): void;
}

function emptyMailbox(): Mailbox {
  return {
    lasting: [],
    passing: [],
    weight: 0,
    counts: new Map(),
    latest: 0,
    acked: new Map(),
    remembered: new Map(),
    turn: 0,
    bindings: new Map(),
    delivery: undefined,
    deviceKeys: new Map(),
  };
}

export function mailboxes(random: RandomSource): Mailboxes {
  const prefix = random.text(12);
  let count = 0;
  const byAid = new Map<string, Mailbox>();
  return {
    find: (aid) => byAid.get(aid),
    of(aid) {
      const found = byAid.get(aid);
      if (found !== undefined) return found;
      const mailbox = emptyMailbox();
      byAid.set(aid, mailbox);
      return mailbox;
    },
    all: () => byAid.values(),
    nextId() {
      count += 1;
      return `${prefix}.${count.toString(36)}`;
    },
    clear: () => byAid.clear(),
  };
}

/** The part of the messages that goes when there are too many. */
const dropShare = 8;

/** Keeps a message, and drops what has become too old or too much. */
export function keep(mailbox: Mailbox, message: Kept, rules: AunRules, limits: AunLimits): void {
  if (message.mode === "queue") {
    mailbox.passing.push(message);
    dropPassed(mailbox, rules, message.at);
    return;
  }
  mailbox.lasting.push(message);
  mailbox.weight += message.weight;
  if (mailbox.lasting.length <= limits.keptMessages && mailbox.weight <= limits.keptBytes) return;
  // Many at once, since taking them one by one from the front of a long list is slow.
  for (const { weight } of mailbox.lasting.splice(0, Math.ceil(mailbox.lasting.length / dropShare)))
    mailbox.weight -= weight;
}

/** Drops the messages of queue mode that are too old or too many (services § message history of queue mode). */
export function dropPassed(mailbox: Mailbox, rules: AunRules, now: number): void {
  const since = now - rules["messages.queueLifeMs"]();
  const most = rules["messages.queueLimit"]();
  const { passing } = mailbox;
  while (passing[0] !== undefined && (passing.length > most || passing[0].at < since)) passing.shift();
}

/** Everything that can be pulled, by seq. */
export function pullable(mailbox: Mailbox): Kept[] {
  const there = ({ recalled }: Kept) => !recalled;
  if (mailbox.passing.length === 0) return mailbox.lasting.filter(there);
  return [...mailbox.lasting, ...mailbox.passing].filter(there).sort((one, other) => one.seq - other.seq);
}
