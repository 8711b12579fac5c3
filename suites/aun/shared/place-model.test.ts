import { describe, expect, it } from "vitest";
import { type Claimed, claimOf, judgeStep, type Live, type Seen, type State } from "./place-model.ts";

const here: Claimed = { aid: 0, device: "d1", slot: "s1", kind: "long", mode: "fanout" };
const holder: Live = { ...here, number: 1 };

function seen(granted: boolean, alive: readonly number[]): Seen {
  return { granted, answer: granted ? "a result" : "error 4009", number: 2, alive, frames: [7] };
}

function reasonOf(state: State, newcomer: Claimed, result: Seen): string | undefined {
  const move = judgeStep(state, { connect: newcomer }, result);
  return "reasonCode" in move ? move.reasonCode : undefined;
}

describe("the connection rules", () => {
  it.each([
    ["refused, the holder lives", seen(false, [1]), undefined],
    ["let in, the holder is gone", seen(true, [2]), undefined],
    ["let in beside the holder", seen(true, [1, 2]), "both-alive"],
    ["refused, and the holder is gone", seen(false, []), "lost"],
    ["let in, and neither lives", seen(true, []), "lost"],
  ])("a newcomer whose place is taken, %s", (_, result, reason) => {
    expect(reasonOf({ live: [holder] }, here, result)).toBe(reason);
  });

  it.each([
    ["slot", { ...here, slot: "s2" } as const],
    ["device", { ...here, device: "d2" } as const],
    ["AID", { ...here, aid: 1 } as const],
  ])("another %s is let in and disturbs nobody", (_, newcomer) => {
    const state = { live: [holder] };
    expect(reasonOf(state, newcomer, seen(true, [1, 2]))).toBeUndefined();
    expect(reasonOf(state, newcomer, seen(false, [1]))).toBe("refused");
    expect(reasonOf(state, newcomer, seen(true, [2]))).toBe("lost");
  });

  it("another delivery mode is refused while a long connection lives", () => {
    const newcomer: Claimed = { ...here, slot: "s2", mode: "queue" };
    expect(reasonOf({ live: [holder] }, newcomer, seen(true, [1, 2]))).toBe("wrongly-accepted");
    expect(reasonOf({ live: [holder] }, newcomer, seen(false, [1]))).toBeUndefined();
    expect(reasonOf({ live: [] }, newcomer, seen(false, []))).toBe("refused");
    // The documents say nothing of the mode of a short connection.
    const brief: Live = { ...holder, kind: "short" };
    expect(reasonOf({ live: [brief] }, newcomer, seen(true, [1, 2]))).toBeUndefined();
    expect(reasonOf({ live: [brief] }, newcomer, seen(false, [1]))).toBeUndefined();
  });

  it("a slot without a device is refused", () => {
    expect(reasonOf({ live: [] }, { ...here, device: null }, seen(true, [2]))).toBe("wrongly-accepted");
    expect(reasonOf({ live: [] }, { ...here, device: null }, seen(false, []))).toBeUndefined();
  });

  it("the target keeps to the reading that it has shown", () => {
    const refused = judgeStep({ live: [holder] }, { connect: here }, seen(false, [1]));
    const replaced = judgeStep({ live: [holder] }, { connect: here }, seen(true, [2]));
    expect(refused).toEqual({ state: { live: [holder], slot: "refuse" } });
    expect(replaced).toEqual({ state: { live: [{ ...here, number: 2 }], slot: "replace" } });
    expect(reasonOf({ live: [holder], slot: "refuse" }, here, seen(true, [2]))).toBe("wrongly-accepted");
    expect(reasonOf({ live: [holder], slot: "replace" }, here, seen(false, [1]))).toBe("refused");
  });

  it("an end leaves the others alone", () => {
    const other: Live = { ...here, slot: "s2", number: 2 };
    const end = { end: "close", which: 0 } as const;
    const ended = (alive: readonly number[]) =>
      judgeStep({ live: [holder, other] }, end, { ...seen(true, alive), number: 1 });
    expect(ended([2])).toEqual({ state: { live: [other] } });
    expect(ended([])).toMatchObject({ reasonCode: "lost" });
  });
});

describe("a newcomer like another", () => {
  it("differs as asked, and counts around among those that live", () => {
    const other: Live = { ...here, slot: null, number: 2 };
    expect(claimOf([holder, other], { like: 3, but: "mode" })).toEqual({ ...here, slot: "s1", mode: "queue" });
    expect(claimOf([], { like: 3, but: "slot" })).toEqual({ ...here, slot: "s1" });
  });
});
