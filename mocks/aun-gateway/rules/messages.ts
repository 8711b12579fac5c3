import { type JsonObject, own } from "../../ath/json.ts";
import type { Connection, DeliveryMode } from "../connect/connection.ts";

/** A message as it is kept for its receiver. */
export interface KeptMessage {
  readonly id: string;
  readonly seq: number;
  readonly from: string;
  readonly to: string;
  readonly payload: unknown;
  readonly type: unknown;
  readonly encrypted: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly timestamp: unknown;
  readonly mode: DeliveryMode["mode"];
  /** Characters of the request it came in. */
  readonly weight: number;
}

/** Why message.send is refused. */
export type SendProblem = "no-target" | "no-payload" | "payload-too-large" | "unknown-target";

/** Why a message is not recalled. */
export type RecallProblem = "not_found" | "not_sender" | "already_recalled" | "expired";

export interface MessageRules {
  /** A127: whose message it is. */
  "messages.from": (input: { readonly authenticated: string; readonly params: JsonObject }) => string;
  /** A131: why a message is not taken; undefined when it is. */
  "messages.problem": (input: {
    readonly problem: SendProblem | undefined;
    readonly problems: readonly SendProblem[];
  }) => SendProblem | undefined;
  /** A128: messages with the same key are numbered by one series. */
  "messages.series": (input: { readonly sender: string }) => string;
  /** A128: the number of the next message. */
  "messages.seq": (input: { readonly count: number }) => number;
  /** A129: messages with the same key are the same. */
  "messages.sameness": (input: { readonly sender: string; readonly messageId: string }) => string;
  /** A129: whether a message that came again is not delivered again. */
  "messages.suppresses": () => boolean;
  /** A130: the time of a message, Unix seconds. */
  "messages.timestamp": (input: { readonly now: number; readonly params: JsonObject }) => unknown;
  /** A132: the status in the result. */
  "messages.status": (input: { readonly delivered: boolean; readonly duplicate: boolean }) => string;
  /** A126: the result of message.send on its way out. */
  "messages.result": (input: { readonly result: JsonObject }) => JsonObject;
  /** A127: the events by which receivers learn of a message. */
  "messages.events": (input: { readonly params: JsonObject }) => readonly JsonObject[];
  /** A66, A132: whether a message is kept for pull. */
  "messages.kept": (input: { readonly mode: DeliveryMode["mode"]; readonly delivered: boolean }) => boolean;
  /** A66: how many messages of queue mode are kept for one AID. */
  "messages.queueLimit": () => number;
  /** A66: for how many milliseconds a message of queue mode is kept. */
  "messages.queueLifeMs": () => number;
  /** A59: whether what is kept outlives a reconnect of the receiver. */
  "messages.outlivesConnect": () => boolean;
  /** A137: whose messages are pulled. */
  "messages.mailboxOf": (input: { readonly caller: string; readonly params: JsonObject }) => string;
  /** A134: whether a device and slot named in pull or ack may be. */
  "messages.placeFits": (input: {
    readonly what: "device" | "slot";
    readonly given: unknown;
    readonly own: string | undefined;
  }) => boolean;
  /** A132: what a pull gives. */
  "messages.pulled": (input: {
    readonly kept: readonly KeptMessage[];
    readonly afterSeq: number;
    readonly limit: number | undefined;
  }) => readonly KeptMessage[];
  /** A132: whether what was pulled stays. */
  "messages.staysAfterPull": () => boolean;
  /** A133: up to where messages are acknowledged. */
  "messages.acked": (input: { readonly acked: number; readonly upTo: number; readonly latest: number }) => number;
  /** A133: the result of message.ack. */
  "messages.ackResult": (input: { readonly result: JsonObject }) => JsonObject;
  /** A138: who is told of an acknowledgement. */
  "messages.toldOfAck": (input: { readonly everyone: () => readonly Connection[] }) => readonly Connection[];
  /** A135: how many messages one call may recall. */
  "messages.recallLimit": () => number;
  /** A135: why a message is not recalled; undefined when it is. */
  "messages.recallProblem": (input: {
    readonly caller: string;
    readonly message: KeptMessage | undefined;
    readonly recalled: boolean;
    readonly now: number;
  }) => RecallProblem | undefined;
  /** A135: whether a recalled message is taken back from its receiver. */
  "messages.takesBack": () => boolean;
  /** A135: whether the receiver is told. */
  "messages.tellsOfRecall": () => boolean;
  /** A136: how many AIDs one query may name. */
  "messages.queryLimit": () => number;
  /** A136: whether an AID is online. */
  "messages.online": (input: { readonly aid: string; readonly online: readonly Connection[] }) => boolean;
}

/** More than this one pull never gives (services § message.pull). */
export const pullLimit = 50;

const recallMs = 120_000;

export const honestMessages: MessageRules = {
  "messages.from": ({ authenticated }) => authenticated,
  "messages.problem": ({ problem }) => problem,
  "messages.series": () => "",
  "messages.seq": ({ count }) => count,
  "messages.sameness": ({ sender, messageId }) => `${sender}\n${messageId}`,
  "messages.suppresses": () => true,
  "messages.timestamp": ({ now }) => now / 1000,
  "messages.status": ({ delivered, duplicate }) => (duplicate ? "duplicate" : delivered ? "delivered" : "sent"),
  "messages.result": ({ result }) => result,
  "messages.events": ({ params }) => [params],
  "messages.kept": () => true,
  "messages.queueLimit": () => 200,
  "messages.queueLifeMs": () => 300_000,
  "messages.outlivesConnect": () => true,
  "messages.mailboxOf": ({ caller }) => caller,
  "messages.placeFits": ({ given, own: mine }) => given === undefined || given === (mine ?? ""),
  "messages.pulled": ({ kept, afterSeq, limit }) =>
    kept.filter(({ seq }) => seq > afterSeq).slice(0, Math.min(limit ?? pullLimit, pullLimit)),
  "messages.staysAfterPull": () => true,
  "messages.acked": ({ acked, upTo, latest }) => Math.max(acked, Math.min(upTo, latest)),
  "messages.ackResult": ({ result }) => result,
  "messages.toldOfAck": () => [],
  "messages.recallLimit": () => 100,
  "messages.recallProblem": ({ caller, message, recalled, now }) => {
    if (message === undefined) return "not_found";
    if (message.from !== caller) return "not_sender";
    if (recalled) return "already_recalled";
    return now - message.at > recallMs ? "expired" : undefined;
  },
  "messages.takesBack": () => true,
  "messages.tellsOfRecall": () => true,
  "messages.queryLimit": () => 100,
  "messages.online": ({ online }) => online.length > 0,
};

/** The member when it is a whole number from 0. */
export function ownCount(params: JsonObject, name: string): number | undefined {
  const value = own(params, name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
