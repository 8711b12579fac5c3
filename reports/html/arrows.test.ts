import { describe, expect, it } from "vitest";
import type { Exchange } from "../../schemas/index.ts";
import { aFrame, anExchange } from "../testing/report.ts";
import { arrowsOf, evidenceOf, frameWords, pathOf } from "./arrows.ts";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
const call = (id: number, ms: number, durationMs: number, changes: Partial<Exchange> = {}): Exchange => ({
  ...anExchange(id),
  startedAt: at(ms),
  durationMs,
  ...changes,
});
const upstream = { from: "target", to: "upstream" } as const;
const told = (exchanges: readonly Exchange[]) =>
  arrowsOf(evidenceOf({ exchanges })).map(({ kind, id }) => `${kind} ${id}`);

describe("the arrows of a diagram", () => {
  it("answer one request before the next one that came later", () => {
    expect(told([call(1, 0, 5), call(2, 10, 5)])).toEqual(["request 1", "answer 1", "request 2", "answer 2"]);
  });

  it("do not make calls that touch look concurrent: instants are cut to milliseconds", () => {
    expect(told([call(1, 0, 5.7), call(2, 5, 5)])).toEqual(["request 1", "answer 1", "request 2", "answer 2"]);
  });

  it("show what ran side by side, and who was answered first", () => {
    expect(told([call(1, 0, 30), call(2, 2, 10)])).toEqual(["request 1", "request 2", "answer 2", "answer 1"]);
  });

  it("put a call that the target made for another one inside it, also when the clocks are coarse", () => {
    const inner = call(2, 1, 9, upstream);
    expect(told([call(1, 0, 9.4), inner])).toEqual(["request 1", "request 2", "answer 2", "answer 1"]);
    expect(told([inner, call(1, 0, 9.4), call(3, 20, 5)])).toEqual([
      "request 1",
      "request 2",
      "answer 2",
      "answer 1",
      "request 3",
      "answer 3",
    ]);
  });

  it("end in a cross where no answer came", () => {
    const lost = call(1, 0, 5, { response: null, error: { code: "TIMEOUT", message: "late" } });
    expect(arrowsOf(evidenceOf({ exchanges: [lost] })).at(-1)).toMatchObject({ kind: "lost", label: "TIMEOUT" });
  });

  it("mark the exchange that the finding is about", () => {
    const arrows = arrowsOf(evidenceOf({ exchanges: [call(1, 0, 5), call(2, 10, 5), call(3, 11, 1, upstream)] }));
    expect([...new Set(arrows.filter(({ decides }) => decides).map(({ id }) => id))]).toEqual([2]);
  });

  it("stand with WebSocket messages in the order of the wire", () => {
    const frames = [
      aFrame(2, { at: at(20), kind: "open" }),
      aFrame(3, { at: at(30), text: '{"jsonrpc":"2.0","id":1,"method":"auth.login"}' }),
      aFrame(4, { at: at(40), from: "target", to: "agent", kind: "close", code: 4003 }),
    ];
    const arrows = arrowsOf(evidenceOf({ exchanges: [call(1, 0, 5)], frames }));
    expect(arrows.map(({ label }) => label)).toEqual([
      "POST /ath/agents/register",
      "200 OK",
      "WebSocket open",
      "auth.login",
      "close 4003",
    ]);
    expect(arrows.at(-1)?.decides).toBe(true);
  });
});

describe("the words of a WebSocket message", () => {
  it.each([
    ['{"method":"ping"}', "ping"],
    ['{"id":7,"result":{}}', "result to 7"],
    ['{"id":7,"error":{"code":-32601}}', "error -32601 to 7"],
    ['{"id":7,"error":"odd"}', "error to 7"],
    ["garbage", "text, 7 bytes"],
    ["null", "text, 4 bytes"],
    ["[1]", "text, 3 bytes"],
  ])("of %s are %s", (text, words) => {
    expect(frameWords(aFrame(1, { text }))).toBe(words);
  });
});

describe("the path of a URL", () => {
  it.each([
    ["http://h:1/a/../b?c=%2e", "/a/../b?c=%2e"],
    ["wss://h", "/"],
    ["http://h?x", "?x"],
    ["no url at all", "no url at all"],
  ])("of %s is %s: nothing is tidied up", (url, path) => {
    expect(pathOf(url)).toBe(path);
  });
});
