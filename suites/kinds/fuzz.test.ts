import { describe, expect, it } from "vitest";
import type { Exchange } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import { evidence, exchange, grantedRegistration } from "../engine/testing/evidence.ts";
import { fuzz } from "./fuzz.ts";

const check = fuzz({
  id: "ERR-1.fuzz",
  requirement: "ERR-1",
  title: "a title",
  message: "AgentRegistrationRequest",
  harmless: ["agent_attestation"],
  send: async () => {
    throw new Error("a judge drives nothing");
  },
});

const grantedAt = (id: number) => exchange(id, { status: 201, json: grantedRegistration });
const refusal = exchange(2, { status: 400, json: { code: "INVALID_REQUEST", message: "no" } });
const drop = (name: string): Json => [{ does: "drop", at: [name] }];

function judged(attempt: Exchange, { input = drop("developer"), alive = grantedAt(3), control = grantedAt(1) } = {}) {
  const one = evidence({ attempt: [attempt], alive: [alive] }, { facts: { input } });
  const { outcome, reasonCode } = check.judge(evidence({ control: [control] }, { cases: [one] }));
  return reasonCode === null ? outcome : `${outcome} ${reasonCode}`;
}

describe("fuzz", () => {
  it.each<[string, Exchange, string]>([
    ["a refusal", refusal, "pass"],
    ["a crash", exchange(2, { status: 500, json: { code: "X", message: "x" } }), "violated server-error"],
    ["silence", exchange(2), "violated no-answer"],
    ["a grant", grantedAt(2), "violated accepted"],
    ["a success that grants nothing", exchange(2, { status: 200, json: {} }), "pass"],
    ["a refusal in words", exchange(2, { status: 400, text: "no" }), "violated error-shape"],
    ["a refusal without a message", exchange(2, { status: 400, json: { code: "X" } }), "violated error-shape"],
    ["a rate limit", exchange(2, { status: 429 }), "not-tested rate-limited"],
  ])("%s", (_name, attempt, expected) => {
    expect(judged(attempt)).toBe(expected);
  });

  it.each([
    ["an optional member", drop("purpose")],
    ["a harmless one", drop("agent_attestation")],
    ["an unknown one", [{ does: "add", at: [], name: "x", value: 1 }]],
  ])("lets a target grant what lacks or has %s", (_name, input) => {
    expect(judged(grantedAt(2), { input })).toBe("pass");
  });

  it("finds a target that is no longer there afterwards", () => {
    expect(judged(refusal, { alive: exchange(3) })).toBe("violated not-alive");
    expect(judged(refusal, { alive: exchange(3, { status: 503 }) })).toBe("violated not-alive");
    expect(judged(refusal, { alive: exchange(3, { status: 429 }) })).toBe("not-tested rate-limited");
  });

  it("asks for the message itself at the end, where another one showed that the target lives", () => {
    const far = fuzz({
      id: "ERR-1.fuzz",
      requirement: "ERR-1",
      title: "a title",
      message: "AgentRegistrationRequest",
      send: async () => {
        throw new Error("a judge drives nothing");
      },
      sign: async () => {
        throw new Error("a judge drives nothing");
      },
    });
    const one = evidence({ attempt: [refusal], alive: [grantedAt(3)] }, { facts: { input: drop("developer") } });
    const ended = (...alive: Exchange[]) => far.judge(evidence({ control: [grantedAt(1)], alive }, { cases: [one] }));
    expect(ended(grantedAt(4)).outcome).toBe("pass");
    expect(ended(exchange(4, { status: 503 })).reasonCode).toBe("not-alive");
    expect(ended().outcome).toBe("not-tested");
  });

  it("proves nothing without a granted control, or without cases", () => {
    expect(judged(refusal, { control: refusal })).toBe("not-tested control-refused");
    expect(check.judge(evidence({ control: [grantedAt(1)] })).reasonCode).toBe("nothing-generated");
  });
});
