import { beforeEach, describe, expect, it } from "vitest";
import { type Connecting, type GatewayLab, gatewayLab, type MemoryClient } from "../testing/gateway-lab.ts";

const received = "event/message.received";
const queue = { mode: "queue", routing: "round_robin" };
const sticky = { mode: "queue", routing: "sender_affinity", affinity_ttl_ms: 60_000 };

let lab: GatewayLab;
let alice: string;
let bobby: string;
let sender: MemoryClient;

beforeEach(async () => {
  lab = gatewayLab();
  alice = await lab.enrol("alice");
  bobby = await lab.enrol("bobby");
  sender = lab.connect(alice);
});

function send(more: object = {}, from: MemoryClient = sender) {
  return from.call("message.send", { to: bobby, payload: { text: "hello" }, ...more });
}

function slots(count: number, mode: Connecting["mode"]) {
  return Array.from({ length: count }, (_, index) =>
    lab.connect(bobby, { slot: `s${index}`, ...(mode === undefined ? {} : { mode }) }),
  );
}

function textsOf(client: MemoryClient) {
  return client.events(received).map(({ payload }) => payload);
}

describe("message.send", () => {
  it("pushes to the receiver, in the sender's name, at the gateway's time", () => {
    const [receiver] = slots(1, undefined);
    const { result } = send({ from: "carol.a.test", timestamp: 1, message_id: "m1", type: "note" });
    const timestamp = lab.clock.now() / 1000;
    expect(result).toEqual({ message_id: "m1", seq: 1, timestamp, status: "delivered", delivery_mode: "fanout" });
    expect(receiver?.events(received)).toEqual([
      {
        from: alice,
        to: bobby,
        message_id: "m1",
        seq: 1,
        payload: { text: "hello" },
        timestamp,
        delivery_mode: "fanout",
        encrypted: false,
        type: "note",
      },
    ]);
    expect(textsOf(sender)).toEqual([]);
  });

  it("numbers one series for each receiver, and failures use no number", async () => {
    const other = lab.connect(await lab.enrol("carol"));
    expect([send(), send({ payload: null }), send({}, other), send()].map(({ result }) => result?.["seq"])).toEqual([
      1,
      undefined,
      2,
      3,
    ]);
  });

  it("delivers a message that comes again once, and the same id of another sender as well", async () => {
    const [receiver] = slots(1, undefined);
    const other = lab.connect(await lab.enrol("carol"));
    const first = send({ message_id: "m1" });
    expect(send({ message_id: "m1" }).result).toEqual({ ...first.result, status: "duplicate" });
    expect(send({ message_id: "m1" }, other).result).toMatchObject({ status: "delivered", seq: 2 });
    expect(receiver?.events(received)).toHaveLength(2);
  });

  it.each([
    ["to nobody's AID", { to: "nobody.a.test" }],
    ["without a receiver", { to: undefined }],
    ["to what is no AID", { to: "bobby" }],
    ["without a payload", { payload: undefined }],
    ["that is too large", { payload: "ä".repeat(530_000) }],
    ["with an endless id", { message_id: "x".repeat(129) }],
    ["to a domain without a peer", { to: "bobby.b.test" }],
  ])("refuses a message %s", async (_, more) => {
    const { code } = send(more);
    if (code === undefined) await expect.poll(() => sender.frames.at(-1)).toMatchObject({ error: { code: -32010 } });
    else expect(code).toBe(-32603);
  });
});

describe("delivery", () => {
  it("fanout: every long connection gets each message once", () => {
    const receivers = slots(3, undefined);
    const short = lab.connect(bobby, { slot: "s0", options: { kind: "short" } });
    for (let at = 0; at < 5; at += 1) send({ payload: at });
    expect(receivers.map(textsOf)).toEqual(receivers.map(() => [0, 1, 2, 3, 4]));
    expect(textsOf(short)).toEqual([]);
  });

  it("queue: exactly one connection gets each message, by turns", () => {
    const receivers = slots(3, queue);
    for (let at = 0; at < 20; at += 1) send({ payload: at });
    expect(receivers.flatMap(textsOf).sort((one, other) => Number(one) - Number(other))).toEqual(
      Array.from({ length: 20 }, (_, at) => at),
    );
    expect(receivers.map((one) => textsOf(one).length).sort()).toEqual([6, 7, 7]);
    expect(send().result).toMatchObject({ delivery_mode: "queue" });
  });

  it("sender affinity: one sender stays with one connection, until that is gone or the time is over", async () => {
    const receivers = slots(3, sticky);
    const other = lab.connect(await lab.enrol("carol"));
    for (let at = 0; at < 5; at += 1) {
      send();
      send({}, other);
    }
    const counts = () => receivers.map((one) => textsOf(one).length);
    expect(counts()).toEqual([5, 5, 0]);
    receivers[0]?.drop();
    send();
    expect(counts()).toEqual([5, 6, 0]);
    lab.clock.advance(60);
    send({}, other);
    expect(counts()).toEqual([5, 6, 1]);
    send();
    expect(counts().reduce((one, sum) => one + sum, 0)).toBe(13);
  });

  it("keeps what comes while nobody is online: fanout for good, queue for five minutes and two hundred messages", () => {
    slots(1, queue)[0]?.drop();
    for (let at = 1; at <= 210; at += 1)
      expect(send({ payload: at }).result).toMatchObject({ status: "sent", delivery_mode: "queue" });
    const [receiver] = slots(1, queue);
    const seqs: unknown[] = [];
    for (let after = 0, more = true; more; ) {
      const { result } = receiver?.call("message.pull", { after_seq: after }) ?? {};
      const messages = Array.isArray(result?.["messages"]) ? result["messages"] : [];
      expect(messages.length).toBeLessThanOrEqual(50);
      seqs.push(...messages.map(({ seq }) => seq));
      after = messages.at(-1)?.seq ?? after;
      more = result?.["has_more"] === true;
    }
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, at) => at + 11));
    lab.clock.advance(301);
    expect(receiver?.call("message.pull", { after_seq: 0 }).result).toMatchObject({ count: 0, latest_seq: 210 });
  });
});

describe("message.pull and message.ack", () => {
  it("give what is kept, in order, as often as wanted, and acknowledge forward only", () => {
    for (let at = 1; at <= 60; at += 1) send({ payload: at });
    const receiver = lab.connect(bobby, { slot: "s1" });
    const seqs = (params: object) => {
      const messages = receiver.call("message.pull", params).result?.["messages"];
      return Array.isArray(messages) ? messages.map(({ seq }) => seq) : undefined;
    };
    const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);
    expect(seqs({ after_seq: 0 })).toEqual(upTo(1, 50));
    expect(seqs({ after_seq: 0, limit: 500 })).toEqual(upTo(1, 50));
    expect(seqs({ after_seq: 3, limit: 5, device_id: "d1", slot_id: "s1" })).toEqual(upTo(4, 8));
    expect([3, 1, 1_000].map((seq) => receiver.call("message.ack", { seq }).result)).toEqual([
      { success: true, ack_seq: 3 },
      { success: true, ack_seq: 3 },
      { success: true, ack_seq: 60 },
    ]);
    expect(seqs({})).toEqual([]);
    expect(seqs({ after_seq: 55 })).toEqual(upTo(56, 60));
    for (const place of [{ device_id: "d2" }, { slot_id: "s2" }, { slot_id: "" }]) {
      expect(receiver.call("message.pull", { after_seq: 0, ...place }).code).toBe(-32004);
      expect(receiver.call("message.ack", { seq: 1, ...place }).code).toBe(-32004);
    }
  });

  it("are for one's own messages, whatever the params say", () => {
    send();
    expect(sender.call("message.pull", { after_seq: 0, aid: bobby, to: bobby }).result).toMatchObject({ count: 0 });
  });

  it("have a newer form for the public SDKs, with opaque envelopes and device keys", () => {
    send({ payload: { envelope_json: "{}" } });
    send();
    const receiver = lab.connect(bobby, { slot: "s1" });
    expect(receiver.call("message.v2.put_peer_pk", { spk_id: "sha256:1", spk_pk: "x" }).result).toEqual({
      success: true,
    });
    expect(receiver.call("message.v2.pull", { after_seq: 0 }).result).toMatchObject({
      messages: [
        { seq: 1, version: "v2", from_aid: alice, envelope_json: "{}" },
        { seq: 2, version: "v1", legacy_v1: { to: bobby, payload: { text: "hello" } } },
      ],
      has_more: false,
      server_ack_seq: 0,
    });
    expect(receiver.call("message.v2.ack", { up_to_seq: 2 }).result).toEqual({ acked: true, ack_seq: 2 });
    const ik = lab.gateway.auth.keyOf(bobby)?.export({ type: "spki", format: "der" }).toString("base64");
    expect(sender.call("message.v2.bootstrap", { peer_aid: bobby }).result).toMatchObject({
      peer_devices: [{ aid: bobby, device_id: "d1", ik_pk: ik, spk_id: "sha256:1", spk_pk: "x" }],
    });
  });
});

describe("message.recall", () => {
  it("takes back what the caller sent within two minutes, and tells the receiver", async () => {
    const [receiver] = slots(1, undefined);
    const other = lab.connect(await lab.enrol("carol"));
    for (const id of ["m1", "m2", "m3"]) send({ message_id: id });
    expect(sender.call("message.recall", { message_ids: ["m1", "m9"] }).result).toEqual({
      success: false,
      recalled: ["m1"],
      recalled_count: 1,
      errors: [{ message_id: "m9", error: "not_found" }],
    });
    expect(receiver?.events("event/message.recalled")).toMatchObject([{ from: alice, to: bobby, message_ids: ["m1"] }]);
    expect(receiver?.call("message.pull", { after_seq: 0 }).result).toMatchObject({
      messages: [{ seq: 2 }, { seq: 3 }],
    });
    const errorOf = (client: MemoryClient, id: string) =>
      client.call("message.recall", { message_ids: [id] }).result?.["errors"];
    expect(errorOf(sender, "m1")).toEqual([{ message_id: "m1", error: "already_recalled" }]);
    expect(errorOf(other, "m2")).toEqual([{ message_id: "m2", error: "not_sender" }]);
    lab.clock.advance(121);
    expect(errorOf(sender, "m2")).toEqual([{ message_id: "m2", error: "expired" }]);
    const many = Array.from({ length: 101 }, (_, at) => `x${at}`);
    expect(sender.call("message.recall", { message_ids: many }).code).toBe(-32602);
    expect(sender.call("message.recall", {}).code).toBe(-32602);
  });
});

describe("message.query_online", () => {
  it("is true for long connections only, and takes a hundred AIDs", () => {
    const online = (aids: readonly string[]) => sender.call("message.query_online", { aids }).result?.["online"];
    const short = lab.connect(bobby, { options: { kind: "short" } });
    expect(online([alice, bobby, "nobody.a.test", "__proto__"])).toEqual(
      Object.fromEntries([
        [alice, true],
        [bobby, false],
        ["nobody.a.test", false],
        ["__proto__", false],
      ]),
    );
    short.drop();
    const [long] = slots(1, undefined);
    expect(online([bobby])).toEqual({ [bobby]: true });
    long?.drop();
    expect(online([bobby])).toEqual({ [bobby]: false });
    expect(sender.call("message.query_online", { aids: Array.from({ length: 101 }, () => alice) }).code).toBe(-32602);
    expect(sender.call("message.query_online", { aids: [1] }).code).toBe(-32602);
  });
});
