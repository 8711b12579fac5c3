import { describe, expect, it } from "vitest";
import type { Json } from "../engine/json.ts";
import { rpc } from "./rpc.ts";
import { conversation, failure, judged, result, type Sent } from "./testing/conversation.ts";

const alive = { role: "alive", asks: {}, gets: [result({ pong: true })] };

describe("a batch", () => {
  const answer = (id: string) => ({ jsonrpc: "2.0", id, result: {} });
  const both = [answer("batch-one"), answer("batch-two")];
  it.each<[string, readonly Sent[], string | null]>([
    ["is answered as a batch", [{ json: both }], null],
    ["is answered one by one", both.map((json) => ({ json })), null],
    ["is refused", [failure(-32600, { id: null })], null],
    ["is answered by half", [{ json: answer("batch-two") }], "missing"],
    ["is not answered", [], "no-answer"],
    ["ends the connection", [{ close: 1002 }], "no-answer"],
  ])("%s", (_case, gets, reason) => {
    const evidence = conversation([
      { role: "attempt", asks: [] },
      { role: "answers", gets },
    ]);
    expect(judged(rpc, "A123.batch", evidence).reasonCode).toBe(reason);
  });
});

describe("what is not JSON", () => {
  it.each<[string, readonly Sent[], string | null]>([
    ["-32700 with the id null", [failure(-32700, { id: null })], null],
    ["-32700 with another id", [failure(-32700, { id: 7 })], "wrong-id"],
    ["-32700 without id", [failure(-32700, { id: undefined })], "wrong-id"],
    ["another code", [failure(-32600, { id: null })], "unfitting-code"],
    ["the end of the connection", [{ close: 1003 }], "no-answer"],
    ["nothing", [], "no-answer"],
  ])("gets %s", (_case, gets, reason) => {
    const evidence = conversation([{ role: "attempt", asks: "nope", gets }]);
    expect(judged(rpc, "A116.not-json", evidence).reasonCode).toBe(reason);
  });
});

describe("the frames of a session", () => {
  it.each<[string, string, unknown, string | null]>([
    ["A113.version", "a result", { jsonrpc: "2.0", id: 1, result: {} }, null],
    ["A113.version", "a result of another version", { jsonrpc: "1.0", id: 1, result: {} }, "schema"],
    ["A114.one-of", "a null result", { jsonrpc: "2.0", id: 1, result: null }, null],
    ["A114.one-of", "both members", { jsonrpc: "2.0", id: 1, result: {}, error: null }, "schema"],
    ["A114.one-of", "neither member", { jsonrpc: "2.0", id: 1 }, "schema"],
    ["A121.pushes", "an event", { jsonrpc: "2.0", method: "event/any.thing", params: {} }, null],
    ["A121.pushes", "a notification", { jsonrpc: "2.0", method: "notification/route" }, null],
    ["A121.pushes", "an event with the id null", { jsonrpc: "2.0", id: null, method: "event/x" }, "schema"],
    ["A121.pushes", "a nameless event", { jsonrpc: "2.0", method: "event/" }, "schema"],
    ["A121.pushes", "another name", { jsonrpc: "2.0", method: "message.received" }, "schema"],
  ])("%s: %s", (id, _case, json, reason) => {
    const evidence = conversation([{ role: "subject", gets: [{ json }] }]);
    expect(judged(rpc, id, evidence).reasonCode).toBe(reason);
  });

  it("are judged when there is something to judge", () => {
    expect(judged(rpc, "A121.pushes", conversation([])).outcome).toBe("not-tested");
  });
});

describe("an oversized message", () => {
  const sized = (second: Sent, announced: Json) =>
    conversation(
      [
        alive,
        alive,
        { role: "attempt", asks: "x", gets: [result({})] },
        { role: "attempt", asks: "y", gets: [second] },
      ],
      { announced },
    );
  it.each<[string, Sent, Json, string | null]>([
    ["refused", failure(-32600), 0, null],
    ["the end of the connection", { close: 1009 }, 0, null],
    ["taken", result({}), 0, "accepted"],
    ["taken as announced", result({}), 100_000_000, null],
  ])("%s", (_case, second, announced, reason) => {
    expect(judged(rpc, "A125.oversized", sized(second, announced)).reasonCode).toBe(reason);
  });

  it("ends the gateway", () => {
    const evidence = conversation([{ role: "attempt", asks: "x", gets: [{ close: 1006 }] }]);
    expect(judged(rpc, "A125.oversized", evidence).reasonCode).toBe("gone");
  });
});

describe("generated frames", () => {
  const generated = (kind: string, gets: readonly Sent[], more: readonly Sent[]) =>
    conversation([alive, { role: "frame-0", asks: {}, gets }, { role: "frame-0-more", gets: more }], {
      input: [{ kind }],
    });
  it.each<[string, string, readonly Sent[], readonly Sent[], string | null]>([
    ["cut", "-32700", [failure(-32700)], [], null],
    ["cut", "-32600", [failure(-32600)], [], "unfitting-code"],
    ["name", "a result", [result({})], [], "accepted"],
    ["name", "-32603", [failure(-32603)], [], "server-error"],
    ["notification", "nothing", [], [], null],
    ["notification", "an error", [failure(-32601)], [], "answered"],
    ["request", "two answers", [result({})], [result({})], "doubled"],
    ["surrogate", "nothing", [], [], "no-answer"],
    ["deep", "the end of the connection", [{ close: 1009 }], [], null],
    ["deep", "nothing", [], [], "no-answer"],
  ])("%s: %s", (kind, _case, gets, more, reason) => {
    const evidence = { ...conversation([]), cases: [generated(kind, gets, more)] };
    expect(judged(rpc, "A125.generated", evidence).reasonCode).toBe(reason);
  });
});
