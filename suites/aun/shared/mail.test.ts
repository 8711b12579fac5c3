import { describe, expect, it } from "vitest";
import type { Evidence, Frame } from "../../engine/evidence.ts";
import { judgeArrivals, judgeShared, modeOf, texts } from "./mail.ts";

/** Evidence in which each inbox has got these texts. */
function inboxes(came: Readonly<Record<string, readonly string[]>>): Evidence {
  const frames: Frame[] = [];
  const marks: Record<string, readonly number[]> = {};
  for (const [name, messages] of Object.entries(came)) {
    marks[`${name}-inbox`] = messages.map((message) => {
      const id = frames.length + 1;
      const params = { seq: id, payload: { text: message } };
      const text = JSON.stringify({ jsonrpc: "2.0", method: "event/message.received", params });
      const place = { connection: 1, from: "target", to: "agent", kind: "text", at: "", atMs: id } as const;
      frames.push({ ...place, id, text, bytes: text.length });
      return id;
    });
  }
  return { exchanges: [], frames, marks, facts: {} };
}

const two = texts(2, "m");

describe("messages in inboxes", () => {
  it.each([
    [{ a: ["m 1", "m 2"], b: ["m 2", "m 1"] }, null],
    [{ a: ["m 1", "m 2"], b: ["m 1"] }, "missing"],
    [{ a: ["m 1", "m 2", "m 1"], b: ["m 1", "m 2"] }, "doubled"],
  ])("%j: each in each once", (came, reason) => {
    expect(judgeArrivals(inboxes(came), { expected: two, at: ["a", "b"] }).reasonCode).toBe(reason);
  });

  it.each([
    [{ a: ["m 1"], b: ["m 2"] }, null],
    [{ a: ["m 1"], b: [] }, "missing"],
    [{ a: ["m 1", "m 2"], b: ["m 2"] }, "doubled"],
  ])("%j: each in exactly one", (came, reason) => {
    expect(judgeShared(inboxes(came), { expected: two, at: ["a", "b"] }).reasonCode).toBe(reason);
  });
});

describe("the delivery mode", () => {
  it.each([
    [{ delivery_mode: "queue" }, "queue"],
    [{ delivery_mode: { mode: "fanout" } }, "fanout"],
    [{}, undefined],
  ])("of %j", (value, mode) => {
    expect(modeOf(value)).toBe(mode);
  });
});
