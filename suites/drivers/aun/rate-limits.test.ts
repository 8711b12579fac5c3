import { describe, expect, it } from "vitest";
import { rpcCall } from "../../engine/rpc.ts";
import { createRateLimits } from "./rate-limits.ts";

const answered = (message: object) =>
  rpcCall(undefined, {
    id: 1,
    connection: 1,
    from: "target",
    to: "agent",
    kind: "text",
    at: "",
    atMs: 0,
    bytes: 0,
    text: JSON.stringify(message),
  });
const limited = (data?: object) => answered({ id: 1, error: { code: -32429, message: "too many", data } });
const granted = answered({ id: 1, result: {} });

function patient() {
  const waits: number[] = [];
  const limits = createRateLimits(async (ms) => void waits.push(ms));
  return { limits, waits };
}

describe("a rate limit", () => {
  it.each([
    ["seconds", { retry_after: 2 }, [2000]],
    ["seconds as text", { retry_after: "0.5" }, [500]],
    ["milliseconds", { retry_after_ms: 20 }, [20]],
    ["nothing", undefined, [1000]],
    ["nonsense", { retry_after: "soon" }, [1000]],
    ["less than nothing", { retry_after: -1 }, [1000]],
    ["an hour", { retry_after: 3600 }, []],
  ] as const)("is waited out when the target says %s", async (_name, data, expected) => {
    const { limits, waits } = patient();
    expect(await limits.askAgain(limited(data), 1)).toBe(expected.length > 0);
    expect(waits).toEqual(expected);
  });

  it("is met by any of its codes, and by no other", async () => {
    const { limits } = patient();
    for (const code of [429, 4290, -32029]) {
      expect(await limits.askAgain(answered({ id: 1, error: { code, message: "" } }), 1)).toBe(true);
    }
    for (const code of [-32603, 4001]) {
      expect(await limits.askAgain(answered({ id: 1, error: { code, message: "" } }), 1)).toBe(false);
    }
    expect(await limits.askAgain(granted, 1)).toBe(false);
  });

  it("is given up for one request after four tries, and for all when waiting never helps", async () => {
    const { limits, waits } = patient();
    const tries = async () => {
      let sent = 1;
      while (await limits.askAgain(limited(), sent)) sent += 1;
      return sent;
    };
    expect([await tries(), await tries()]).toEqual([4, 4]);
    // One that is granted in the end gives courage again.
    await limits.askAgain(granted, 2);
    expect([await tries(), await tries(), await tries(), await tries()]).toEqual([4, 4, 4, 1]);
    expect(waits).toHaveLength(15);
  });
});
