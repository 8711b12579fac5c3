import { isJsonObject, own, ownText } from "../../ath/json.ts";
import type { SendProblem } from "../rules/messages.ts";
import type { AcceptedProblem } from "./accepted-problem.ts";
import { fault, foundBy, put } from "./gateway-fault.ts";

const sendProblems: readonly AcceptedProblem<SendProblem>[] = [
  {
    id: "A131.unknown-target-ok",
    sentence: "Messages to an AID that nobody has are taken.",
    problem: "unknown-target",
    check: "A131.unknown-target",
  },
  {
    id: "A131.no-to-ok",
    sentence: "Messages without a receiver are taken.",
    problem: "no-target",
    check: "A131.no-to",
  },
  {
    id: "A131.no-payload-ok",
    sentence: "Messages without a payload are taken.",
    problem: "no-payload",
    check: "A131.no-payload",
  },
  {
    id: "A131.no-size-limit",
    sentence: "A payload may be larger than max_message_size.",
    problem: "payload-too-large",
    check: "A131.huge-payload",
  },
];

/** message.send and what arrives. */
export const sendFaults = [
  ...sendProblems.map(({ id, sentence, problem, check }) =>
    fault({
      id,
      sentence,
      rule: "messages.problem",
      wrong:
        () =>
        ({ problems }) =>
          problems.find((one) => one !== problem),
      kills: foundBy("accepted", check),
    }),
  ),
  fault({
    id: "A126.no-seq",
    sentence: "The result of message.send has no seq.",
    rule: "messages.result",
    wrong:
      () =>
      ({ result }) =>
        put(result, "seq", undefined),
    kills: foundBy("schema", "A126.result"),
  }),
  fault({
    id: "A126.status-ok",
    sentence: "The status of a sent message is called ok.",
    rule: "messages.result",
    wrong:
      () =>
      ({ result }) =>
        put(result, "status", "ok"),
    kills: foundBy("schema", "A126.result"),
  }),
  fault({
    id: "A127.from-as-sent",
    sentence: "The sender is who the message says.",
    rule: "messages.from",
    wrong: (honest) => (input) => ownText(input.params, "from") ?? honest(input),
    kills: foundBy("spoofed", "A127.from"),
  }),
  fault({
    id: "A127.no-event",
    sentence: "Receivers are not told of messages.",
    rule: "messages.events",
    wrong: () => () => [],
    kills: foundBy("missing", "A127.arrives"),
  }),
  fault({
    id: "A127.payload-changed",
    sentence: "Payloads arrive with a member more.",
    rule: "messages.events",
    wrong:
      () =>
      ({ params }) => {
        const payload = own(params, "payload");
        return [{ ...params, payload: isJsonObject(payload) ? { ...payload, seen_by: "gateway" } : `${payload}` }];
      },
    kills: foundBy("changed", "A127.arrives"),
  }),
  fault({
    id: "A127.broadcast",
    sentence: "Every message goes to everybody.",
    rule: "delivery.receivers",
    wrong:
      () =>
      ({ everyone }) =>
        everyone(),
    kills: foundBy("leaked", "A127.wrong-receiver"),
  }),
  fault({
    id: "A128.seq-per-sender",
    sentence: "Every sender has a series of seq of its own.",
    rule: "messages.series",
    wrong:
      () =>
      ({ sender }) =>
        sender,
    kills: foundBy("out-of-order", "A128.series"),
  }),
  fault({
    id: "A128.shuffled",
    sentence: "Neighbouring messages have each other's seq.",
    rule: "messages.seq",
    wrong:
      () =>
      ({ count }) =>
        count % 2 === 1 ? count + 1 : count - 1,
    kills: foundBy("out-of-order", "A128.series", "A59.interleaved"),
  }),
  fault({
    id: "A129.no-suppression",
    sentence: "A message that comes again is delivered again.",
    rule: "messages.suppresses",
    wrong: () => () => false,
    kills: foundBy("doubled", "A129.duplicate"),
  }),
  fault({
    id: "A129.says-sent",
    sentence: "A message that comes again is called sent.",
    rule: "messages.status",
    wrong: (honest) => (input) => honest({ ...input, duplicate: false }),
    kills: foundBy("not-told", "A129.duplicate"),
  }),
  fault({
    id: "A129.ids-shared-by-senders",
    sentence: "Two senders cannot use the same message_id.",
    rule: "messages.sameness",
    wrong:
      () =>
      ({ messageId }) =>
        messageId,
    kills: foundBy("missing", "A129.other-sender"),
  }),
  fault({
    id: "A130.timestamp-taken",
    sentence: "The time of a message is what its sender says.",
    rule: "messages.timestamp",
    wrong: (honest) => (input) => own(input.params, "timestamp") ?? honest(input),
    kills: foundBy("taken-over", "A130.timestamp"),
  }),
  fault({
    id: "A132.says-delivered",
    sentence: "A message to nobody online is called delivered.",
    rule: "messages.status",
    wrong: (honest) => (input) => honest({ ...input, delivered: true }),
    kills: foundBy("wrong-status", "A132.offline"),
  }),
];

/** message.pull and message.ack. */
export const pullFaults = [
  fault({
    id: "A132.offline-lost",
    sentence: "Messages to nobody online are lost.",
    rule: "messages.kept",
    wrong:
      () =>
      ({ delivered }) =>
        delivered,
    kills: foundBy("missing", "A132.offline"),
  }),
  fault({
    id: "A132.pull-reversed",
    sentence: "Pull gives the newest message first.",
    rule: "messages.pulled",
    wrong: (honest) => (input) => [...honest(input)].reverse(),
    kills: foundBy("out-of-order", "A132.offline"),
  }),
  fault({
    id: "A132.pull-consumes",
    sentence: "A message can be pulled once.",
    rule: "messages.staysAfterPull",
    wrong: () => () => false,
    kills: foundBy("changed", "A132.idempotent"),
  }),
  fault({
    id: "A132.no-limit",
    sentence: "One pull gives everything that is asked for.",
    rule: "messages.pulled",
    wrong:
      () =>
      ({ kept, afterSeq, limit }) =>
        kept.filter(({ seq }) => seq > afterSeq).slice(0, limit),
    kills: foundBy("too-many", "A132.limit"),
  }),
  fault({
    id: "A132.limit-ignored",
    sentence: "Every pull gives up to fifty messages, whatever the limit.",
    rule: "messages.pulled",
    wrong: (honest) => (input) => honest({ ...input, limit: undefined }),
    kills: foundBy("too-many", "A132.limit"),
  }),
  fault({
    id: "A132.after-seq-ignored",
    sentence: "Every pull begins with the first message.",
    rule: "messages.pulled",
    wrong: (honest) => (input) => honest({ ...input, afterSeq: 0 }),
    kills: foundBy("too-many", "A132.after-seq"),
  }),
  fault({
    id: "A133.goes-back",
    sentence: "An acknowledgement of less takes back what was acknowledged.",
    rule: "messages.acked",
    wrong:
      () =>
      ({ upTo }) =>
        upTo,
    kills: foundBy("backwards", "A133.forward"),
  }),
  fault({
    id: "A133.no-ack-seq",
    sentence: "The result of message.ack does not tell up to where.",
    rule: "messages.ackResult",
    wrong:
      () =>
      ({ result }) =>
        put(result, "ack_seq", undefined),
    kills: foundBy("schema", "A133.forward"),
  }),
  fault({
    id: "A138.told-to-everybody",
    sentence: "Everybody is told of every acknowledgement.",
    rule: "messages.toldOfAck",
    wrong:
      () =>
      ({ everyone }) =>
        everyone(),
    kills: foundBy("leaked", "A138.ack-event"),
  }),
  fault({
    id: "A134.device-unchecked",
    sentence: "Pull and ack take any device_id.",
    rule: "messages.placeFits",
    wrong: (honest) => (input) => input.what === "device" || honest(input),
    kills: foundBy("accepted", "A134.pull-other-device", "A134.ack-other-device"),
  }),
  fault({
    id: "A134.slot-unchecked",
    sentence: "Pull and ack take any slot_id.",
    rule: "messages.placeFits",
    wrong: (honest) => (input) => input.what === "slot" || honest(input),
    kills: foundBy("accepted", "A134.pull-other-slot", "A134.ack-other-slot"),
  }),
  fault({
    id: "A137.aid-from-params",
    sentence: "Who names an AID in a pull gets that AID's messages.",
    rule: "messages.mailboxOf",
    wrong: (honest) => (input) =>
      ["aid", "to", "owner"].map((name) => ownText(input.params, name)).find((name) => name !== undefined) ??
      honest(input),
    kills: foundBy("leaked", "A137.pull"),
  }),
];
