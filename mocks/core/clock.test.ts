import { describe, expect, it, vi } from "vitest";
import { shiftableClock } from "./clock.ts";

describe("shiftableClock", () => {
  it("runs with its source, moves forward by hand and back to the source", () => {
    let time = 1_000;
    const clock = shiftableClock(() => time);
    clock.advance(2);
    clock.advance(0.5);
    time += 100;
    expect(clock.now()).toBe(3_600);
    clock.reset();
    expect(clock.now()).toBe(1_100);
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])("refuses to move by %d", (seconds) => {
    const clock = shiftableClock(() => 0);
    expect(() => clock.advance(seconds)).toThrow(RangeError);
    expect(clock.now()).toBe(0);
  });
});

describe("what is to happen later", () => {
  it("happens when the clock is moved, in order, each at its own time, and so does what that sets", () => {
    const clock = shiftableClock(() => 0);
    const seen: [string, number][] = [];
    const note = (name: string) => () => seen.push([name, clock.now()]);
    clock.after(3_000, note("third"));
    clock.after(1_000, () => {
      note("first")();
      clock.after(500, note("second"));
    });
    clock.after(9_000, note("not yet"));
    clock.advance(4);
    expect(seen).toEqual([
      ["first", 1_000],
      ["second", 1_500],
      ["third", 3_000],
    ]);
    expect(clock.now()).toBe(4_000);
  });

  it("happens in its time also when it was added after a move, and something later waits since before", () => {
    vi.useFakeTimers();
    try {
      const clock = shiftableClock();
      const seen: string[] = [];
      clock.after(60_000, () => seen.push("later"));
      clock.advance(31);
      clock.after(10, () => seen.push("soon"));
      vi.advanceTimersByTime(20);
      expect(seen).toEqual(["soon"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not happen when it was cancelled", () => {
    const clock = shiftableClock(() => 0);
    const seen: number[] = [];
    const cancels = Array.from({ length: 500 }, (_, index) => clock.after(1_000 - index, () => seen.push(index)));
    cancels.forEach((cancel, index) => {
      if (index % 5 !== 0) cancel();
    });
    clock.advance(1);
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => 495 - 5 * index));
  });

  it("waits as long as it had to when the clock goes back to its source", () => {
    const clock = shiftableClock(() => 0);
    let happened = 0;
    clock.advance(100);
    clock.after(1_000, () => {
      happened += 1;
    });
    clock.reset();
    clock.advance(0.999);
    expect(happened).toBe(0);
    clock.advance(0.001);
    expect(happened).toBe(1);
  });

  it("happens by itself as time passes, with one timer for all", () => {
    vi.useFakeTimers({ now: 0 });
    try {
      const clock = shiftableClock();
      const seen: number[] = [];
      for (const ms of [30, 10, 20]) clock.after(ms, () => seen.push(ms));
      expect(vi.getTimerCount()).toBe(1);
      vi.advanceTimersByTime(20);
      expect(seen).toEqual([10, 20]);
      vi.advanceTimersByTime(10);
      expect(seen).toEqual([10, 20, 30]);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
