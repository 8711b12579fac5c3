import { describe, expect, it } from "vitest";
import type { Evidence, Frame } from "../engine/evidence.ts";
import { rpcAcceptance } from "./rpc-acceptance.ts";
import { rpcConforms } from "./rpc-conforms.ts";
import { rpcRefusal } from "./rpc-refusal.ts";

const never = async () => {
  throw new Error("a judge drives nothing");
};
const row = { id: "A1.x", requirement: "A1", title: "a title" };

/** What came of a call, by what the target sent: a message, a close, or nothing. */
type Came = { readonly result: unknown } | { readonly error: unknown } | "close" | "nothing";

function call(id: number, came: Came): readonly Frame[] {
  const common = { connection: 1, at: "2026-01-01T00:00:00.000Z", atMs: id, bytes: 1 };
  const request: Frame = { ...common, id, from: "agent", to: "target", kind: "text", text: '{"id":1}' };
  if (came === "nothing") return [request];
  const answer = { ...common, id: id + 1, from: "target", to: "agent" } as const;
  if (came === "close") return [request, { ...answer, kind: "close", code: 1006 }];
  return [request, { ...answer, kind: "text", text: JSON.stringify({ jsonrpc: "2.0", id: 1, ...came }) }];
}

function evidence(roles: Readonly<Record<string, readonly Frame[]>>): Evidence {
  const marks = Object.fromEntries(Object.entries(roles).map(([role, frames]) => [role, frames.map(({ id }) => id)]));
  return { exchanges: [], frames: Object.values(roles).flat(), marks, facts: {} };
}

const granted: Came = { result: { status: "ok" } };
const withControl = (attempt: Came, control: Came = granted) =>
  evidence({ control: call(1, control), attempt: call(11, attempt) });
const error = (code: unknown, message = "no"): Came => ({ error: { code, message } });

describe("rpcRefusal", () => {
  const check = rpcRefusal({
    ...row,
    control: never,
    attempt: never,
    fitting: { codes: [4001, -32001], message: "no" },
  });
  it.each<[string, Came, string, string | null]>([
    ["a fitting code", error(4001), "pass", null],
    ["a code from no list", error(4711), "pass", null],
    ["a listed code that contradicts", error(4000), "violated", "unfitting-code"],
    ["another message", error(4001, "other"), "violated", "unfitting-message"],
    ["an internal error", error(-32603), "violated", "server-error"],
    ["a rate limit", error(-32429), "not-tested", "rate-limited"],
    ["a result", granted, "violated", "accepted"],
    ["a result that says it failed", { result: { success: false } }, "pass", null],
    ["silence", "nothing", "violated", "no-answer"],
    ["the end of the connection", "close", "violated", "no-answer"],
  ])("%s", (_name, attempt, outcome, reasonCode) => {
    expect(check.judge(withControl(attempt))).toMatchObject({ outcome, reasonCode });
  });

  it("proves nothing without a granted control", () => {
    expect(check.judge(withControl(error(4001), error(4001))).outcome).toBe("not-tested");
    expect(check.judge(evidence({ attempt: call(1, error(4001)) })).outcome).toBe("not-tested");
  });

  it("takes the end of the connection for a refusal where the row says so", () => {
    const closing = rpcRefusal({ ...row, control: never, attempt: never, fitting: { mayClose: true } });
    expect(closing.judge(withControl("close")).outcome).toBe("pass");
  });
});

describe("rpcAcceptance", () => {
  const relation = {
    reasonCode: "wrong",
    expected: "x",
    broken: (result: unknown) => (result === 7 ? "7" : undefined),
  };
  const check = rpcAcceptance({ ...row, control: never, attempt: never, relations: [relation] });
  it.each<[string, Came, string, string | null]>([
    ["a result", granted, "pass", null],
    ["a broken relation", { result: 7 }, "violated", "wrong"],
    ["an error", error(4001), "violated", "refused"],
    ["silence", "nothing", "violated", "no-answer"],
  ])("%s", (_name, attempt, outcome, reasonCode) => {
    expect(check.judge(withControl(attempt))).toMatchObject({ outcome, reasonCode });
  });
});

describe("rpcConforms", () => {
  const check = rpcConforms({ ...row, subject: never, shape: "AunPong" });
  it.each<[string, Came, string, string | null]>([
    ["the message", { result: { pong: true, timestamp: 1 } }, "pass", null],
    ["another one", { result: { pong: true } }, "violated", "schema"],
    ["an error", error(4001), "not-tested", "request-refused"],
    ["silence", "nothing", "not-tested", "no-answer"],
  ])("%s", (_name, subject, outcome, reasonCode) => {
    expect(check.judge(evidence({ subject: call(1, subject) }))).toMatchObject({ outcome, reasonCode });
  });
});
