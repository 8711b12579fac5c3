import { describe, expect, it } from "vitest";
import { crossDomain } from "./cross-domain.ts";
import { messages } from "./messages.ts";
import { conversation, failure, judged, result, type Sent } from "./testing/conversation.ts";

const granted = { role: "control", asks: {}, gets: [result({ success: true })] };

/** The push of a message. */
const push = (params: object): Sent => ({ json: { jsonrpc: "2.0", method: "event/message.received", params } });

describe("a recall that must fail", () => {
  const ids = ["m-1"];
  it.each<[string, Sent, string | null]>([
    ["is an error", failure(-32602), null],
    [
      "is told under errors as a list",
      result({ success: true, errors: [{ message_id: "m-1", error: "expired" }] }),
      null,
    ],
    ["is told under errors by id", result({ success: false, errors: { "m-1": "not_sender" } }), null],
    ["is left out of what was recalled", result({ success: true, recalled: [] }), null],
    ["has no success", result({ success: false }), null],
    ["is granted", result({ success: true, recalled: ["m-1"], errors: [] }), "accepted"],
    ["is granted without a list", result({ success: true }), "accepted"],
    ["is granted among errors", result({ success: false, recalled: ["m-1"], errors: [] }), "accepted"],
    ["ends the connection", { close: 1006 }, "no-answer"],
  ])("%s", (_case, sent, reason) => {
    const evidence = conversation([granted, { role: "attempt", asks: {}, gets: [sent] }], { ids });
    expect(judged(messages, "A135.not-sender", evidence).reasonCode).toBe(reason);
  });
});

describe("a recall of too many", () => {
  const ids = Array.from({ length: 101 }, (_, index) => `m-${index}`);
  const errors = (count: number) => ids.slice(0, count).map((id) => ({ message_id: id, error: "not_found" }));
  it.each<[string, Sent, string | null]>([
    ["is an error", failure(-32602), null],
    ["is cut", result({ success: false, errors: errors(100) }), null],
    ["is dealt with", result({ success: false, errors: errors(101) }), "accepted"],
  ])("%s", (_case, sent, reason) => {
    const evidence = conversation([granted, { role: "attempt", asks: {}, gets: [sent] }], { ids });
    expect(judged(messages, "A135.too-many", evidence).reasonCode).toBe(reason);
  });
});

describe("what a false sender brings", () => {
  const bent = (attempt: Sent, from: string | undefined) =>
    conversation(
      [
        granted,
        { role: "attempt", asks: {}, gets: [attempt] },
        { role: "receiver-inbox", gets: from === undefined ? [] : [push({ from, payload: { text: "bent" } })] },
      ],
      { sender: "alice.a.test" },
    );
  it.each<[string, Sent, string | undefined, string | null]>([
    ["nothing", result({}), "alice.a.test", null],
    ["a refusal", failure(4001), undefined, null],
    ["another sender", result({}), "bob.a.test", "spoofed"],
    ["a lost message", result({}), undefined, "missing"],
  ])("%s", (_case, attempt, from, reason) => {
    expect(judged(messages, "A127.from", bent(attempt, from)).reasonCode).toBe(reason);
  });
});

describe("the series of seq", () => {
  it.each<[string, readonly number[], string | null]>([
    ["may have gaps", [3, 4, 6, 9, 10, 11], null],
    ["must not repeat", [1, 1, 2, 2, 3, 3], "out-of-order"],
    ["must not go back", [2, 1, 4, 3, 6, 5], "out-of-order"],
  ])("%s", (_case, seqs, reason) => {
    const sends = seqs.map((seq) => ({ role: "send", asks: {}, gets: [result({ seq })] }));
    const inbox = { role: "receiver-inbox", gets: seqs.map((seq) => push({ seq })) };
    expect(judged(messages, "A128.series", conversation([...sends, inbox])).reasonCode).toBe(reason);
  });
});

describe("an acknowledgement of less", () => {
  it.each<[string, readonly [Sent, Sent], string | null]>([
    ["changes nothing", [result({ success: true, ack_seq: 3 }), result({ success: true, ack_seq: 3 })], null],
    ["is refused", [result({ success: true, ack_seq: 3 }), failure(-32602)], null],
    ["goes back", [result({ success: true, ack_seq: 3 }), result({ success: true, ack_seq: 1 })], "backwards"],
    ["tells nothing", [result({ success: true, ack_seq: 3 }), result({ success: true })], "schema"],
  ])("%s", (_case, answers, reason) => {
    const steps = answers.map((sent) => ({ role: "ack", asks: {}, gets: [sent] }));
    expect(judged(messages, "A133.forward", conversation(steps, { late: 3 })).reasonCode).toBe(reason);
  });
});

describe("messages from another domain", () => {
  const came = (texts: readonly string[]) => ({
    role: "receiver-inbox",
    gets: texts.map((text) => push({ payload: { text } })),
  });
  const all = Array.from({ length: 20 }, (_, index) => `message ${index + 1}`);
  it.each<[string, readonly string[], string | null]>([
    ["in order", all, null],
    ["turned round", all.toReversed(), "out-of-order"],
    ["twice", [...all, "message 1"], "doubled"],
    ["all but one", all.slice(1), "missing"],
    ["none", [], "missing"],
  ])("%s", (_case, texts, reason) => {
    const evidence = conversation([{ role: "send", asks: {}, gets: [result({})] }, came(texts)]);
    expect(judged(crossDomain, "A139.order", evidence).reasonCode).toBe(reason);
  });
});
