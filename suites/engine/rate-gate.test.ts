import { describe, expect, it } from "vitest";
import { createRateGate, type Time } from "./rate-gate.ts";
import { evidence, exchange } from "./testing/evidence.ts";

const clock = () => {
  let now = 1000;
  const waits: number[] = [];
  const time: Time = {
    now: () => now,
    wall: () => Date.parse("2026-01-01T00:00:00Z") + now,
    async wait(ms) {
      waits.push(ms);
      now += ms;
    },
  };
  return { time, waits };
};
const limited = (headers: readonly (readonly [string, string])[]) =>
  evidence({ any: [exchange(1, { status: 429, headers })] });

describe("rate limits", () => {
  it.each([
    ["seconds", [["Retry-After", "3"]], 3000],
    ["a date", [["retry-after", "Thu, 01 Jan 2026 00:00:05 GMT"]], 4000],
    ["nothing", [], 1000],
    ["nonsense", [["Retry-After", "soon"]], 1000],
    ["a year", [["Retry-After", "31536000"]], 60_000],
  ] as const)("are waited out when the target says %s", async (_name, headers, waited) => {
    const { time, waits } = clock();
    const gate = createRateGate(time);
    gate.saw(limited(headers));
    await gate.open();
    expect(waits).toEqual([waited]);
    await gate.open();
    expect(waits).toHaveLength(1);
  });

  it("hold nothing back when there was none", async () => {
    const { time, waits } = clock();
    const gate = createRateGate(time);
    gate.saw(evidence({ any: [exchange(1, { status: 403 })] }));
    await gate.open();
    expect(waits).toEqual([]);
  });
});
