import { describe, expect, it } from "vitest";
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
