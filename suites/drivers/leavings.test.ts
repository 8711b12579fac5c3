import { describe, expect, it } from "vitest";
import { createLeavings } from "./leavings.ts";

describe("what a run leaves behind", () => {
  it("takes back the tokens that nobody has revoked, and names the rest", async () => {
    const leavings = createLeavings();
    const asked: string[] = [];
    const revoke = (value: string, answer: () => Promise<boolean>) =>
      leavings.token(value, async () => {
        asked.push(value);
        return answer();
      });
    leavings.agent("https://kit/a");
    leavings.agent("https://kit/a");
    revoke("gone", async () => true);
    revoke("kept", async () => false);
    revoke("crash", async () => {
      throw new Error("the connection broke");
    });
    revoke("before", async () => true);
    leavings.revoked("before");
    expect(await leavings.cleanUp(1000)).toEqual({ agents: ["https://kit/a"], tokensRevoked: 1, tokensLeft: 2 });
    expect(asked.toSorted()).toEqual(["crash", "gone", "kept"]);
  });

  it("gives up when its time is over", async () => {
    let time = 0;
    const leavings = createLeavings(() => time);
    for (const value of ["1", "2", "3", "4", "5", "6", "7", "8"]) {
      leavings.token(value, async () => {
        time += 600;
        return true;
      });
    }
    const { tokensRevoked, tokensLeft } = await leavings.cleanUp(1000);
    expect(tokensRevoked).toBeLessThan(8);
    expect(tokensRevoked + tokensLeft).toBe(8);
  });
});
