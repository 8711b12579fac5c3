import { describe, expect, it } from "vitest";
import type { Evidence, Frame } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import { rpcFuzz } from "./rpc-fuzz.ts";

const never = async () => {
  throw new Error("a judge drives nothing");
};
const row = { id: "A119.x", requirement: "A119", title: "a title", begin: never, send: never } as const;
const check = rpcFuzz({ ...row, message: "AunSendRequest" });
const lenient = rpcFuzz({ ...row, message: "AunSendRequest", refusals: [-32603] });

/** What came of a call: a message, a close, or nothing. */
type Came = { readonly result: unknown } | { readonly error: unknown } | "close" | "nothing";
const sent: Came = { result: { message_id: "m" } };
const error = (code: unknown, message: unknown = "no"): Came => ({ error: { code, message } });

function call(id: number, came: Came): readonly Frame[] {
  const common = { connection: 1, at: "2026-01-01T00:00:00.000Z", atMs: id, bytes: 1 };
  const request: Frame = { ...common, id, from: "agent", to: "target", kind: "text", text: '{"id":1}' };
  if (came === "nothing") return [request];
  const answer = { ...common, id: id + 1, from: "target", to: "agent" } as const;
  if (came === "close") return [request, { ...answer, kind: "close", code: 1006 }];
  return [request, { ...answer, kind: "text", text: JSON.stringify({ jsonrpc: "2.0", id: 1, ...came }) }];
}

function evidence(roles: Readonly<Record<string, readonly Frame[]>>, input: Json = null): Evidence {
  const marks = Object.fromEntries(Object.entries(roles).map(([role, frames]) => [role, frames.map(({ id }) => id)]));
  return { exchanges: [], frames: Object.values(roles).flat(), marks, facts: { input } };
}

function judged(attempt: Came, { does = "drop", alive = sent, control = sent, by = check } = {}) {
  const input: Json = [{ does, at: ["to"], name: "x", value: 7 }];
  const one = evidence({ attempt: call(11, attempt), alive: call(21, alive) }, input);
  const { outcome, reasonCode } = by.judge({ ...evidence({ control: call(1, control) }), cases: [one] });
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
}

describe("rpcFuzz", () => {
  it.each<[string, Came, string]>([
    ["an error", error(-32602), "pass"],
    ["the end of the connection", "close", "pass"],
    ["silence", "nothing", "violated no-answer"],
    ["a result", sent, "violated accepted"],
    ["a result that says it failed", { result: { success: false } }, "pass"],
    ["an internal error", error(-32603), "violated server-error"],
    ["an internal error of the gateway", error(4500), "violated server-error"],
    ["an error without a number", error("x"), "violated error-shape"],
    ["an error without words", error(4000, null), "violated error-shape"],
    ["a rate limit", error(-32429), "not-tested rate-limited"],
  ])("%s", (_name, attempt, expected) => {
    expect(judged(attempt)).toBe(expected);
  });

  it("lets a method refuse by the code that the documents give it", () => {
    expect(judged(error(-32603), { by: lenient })).toBe("pass");
    expect(judged(error(4500), { by: lenient })).toBe("violated server-error");
  });
  it("lets a target grant what has a member more", () => {
    expect(judged(sent, { does: "add" })).toBe("pass");
  });
  it("finds a gateway that is no longer there afterwards", () => {
    expect(judged("close", { alive: "close" })).toBe("violated not-alive");
    expect(judged(error(4000), { alive: error(4000) })).toBe("violated not-alive");
    expect(judged(error(4000), { alive: error(429) })).toBe("not-tested rate-limited");
  });
  it("proves nothing without a granted control", () => {
    expect(judged(error(4000), { control: error(4000) })).toBe("not-tested control-refused");
  });
});
