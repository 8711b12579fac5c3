import { describe, expect, it } from "vitest";
import { evidence, exchange } from "../../engine/testing/evidence.ts";
import { judgeMessage, judgeRefused } from "./refused.ts";

describe("judgeMessage", () => {
  it.each([
    ["a 4xx", "handshake-proof", { status: 401, json: { code: "X", message: "no" } }, "pass", null],
    ["identity_result without success", "handshake-proof", { status: 200, json: { success: false } }, "pass", null],
    ["scope_result without grants", "handshake-scopes", { status: 200, json: { scopes_granted: [] } }, "pass", null],
    [
      "identity_result with success",
      "handshake-proof",
      { status: 200, json: { success: true } },
      "violated",
      "accepted",
    ],
    [
      "scope_result with a grant",
      "handshake-scopes",
      { status: 200, json: { scopes_granted: ["a"] } },
      "violated",
      "accepted",
    ],
    [
      "success: false, where it means nothing",
      "handshake-complete",
      { status: 200, json: { success: false } },
      "violated",
      "accepted",
    ],
    ["a 200 that says nothing", "handshake-proof", { status: 200, json: {} }, "violated", "accepted"],
    [
      "success: false with a server error",
      "handshake-proof",
      { status: 500, json: { success: false } },
      "violated",
      "server-error",
    ],
    ["silence", "handshake-scopes", {}, "violated", "no-answer"],
    ["a rate limit", "handshake-proof", { status: 429 }, "not-tested", "rate-limited"],
  ] as const)("%s", (_name, purpose, answer, outcome, reasonCode) => {
    expect(judgeMessage(exchange(1, { purpose, ...answer }))).toMatchObject({ outcome, reasonCode });
  });

  it("calls an acceptance what the check calls it, and nothing else", () => {
    const accepted = exchange(1, { purpose: "handshake-proof", status: 200, json: { success: true } });
    const crashed = exchange(2, { purpose: "handshake-proof", status: 500 });
    expect(judgeMessage(accepted, "took-effect").reasonCode).toBe("took-effect");
    expect(judgeMessage(crashed, "took-effect").reasonCode).toBe("server-error");
  });
});

describe("judgeRefused", () => {
  const control = exchange(1, { purpose: "handshake-complete", status: 200, json: { access_token: "t" } });
  const refusal = exchange(2, { purpose: "handshake-proof", status: 401 });
  const grant = exchange(3, { purpose: "handshake-proof", status: 200, json: { success: true } });

  it("finds the one acceptance among refusals", () => {
    const judged = judgeRefused(evidence({ control: [control], attempt: [refusal, grant, refusal] }));
    expect(judged).toMatchObject({ outcome: "violated", exchanges: [3] });
  });

  it("proves nothing without a granted control, or without an attempt", () => {
    expect(judgeRefused(evidence({ attempt: [refusal] })).outcome).toBe("not-tested");
    expect(judgeRefused(evidence({ control: [refusal], attempt: [refusal] })).outcome).toBe("not-tested");
    expect(judgeRefused(evidence({ control: [control] })).outcome).toBe("not-tested");
  });
});
