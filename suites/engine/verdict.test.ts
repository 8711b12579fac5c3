import { describe, expect, it } from "vitest";
import type { Evidence } from "./evidence.ts";
import { type Finding, pass, violated } from "./finding.ts";
import { evidence, exchange, grantedRegistration } from "./testing/evidence.ts";
import { finalVerdict, mayHaveRepeated, verdictOf } from "./verdict.ts";

const refused = exchange(1, { error: { code: "CONNECTION_REFUSED", message: "nobody listens" } });
const hung = exchange(2);
const answer = exchange(3, { status: 201, json: grantedRegistration });
const recorded = evidence({ any: [refused, hung, answer] });
const verdict = (finding: Finding, of: Evidence = recorded) => verdictOf({ judge: () => finding }, "must", of);
const broken = (...exchanges: readonly { readonly id: number }[]) =>
  violated({ reasonCode: "no-answer", expected: "an answer", actual: "none", exchanges });

describe("a verdict", () => {
  it("says nothing of a target that was not there", () => {
    expect(verdict(broken(refused))).toMatchObject({
      outcome: "not-tested",
      reasonCode: "transport",
      cause: "environment",
    });
  });

  it("blames a target that hung, or answered something else as well", () => {
    expect(verdict(broken(hung))).toMatchObject({ outcome: "fail", reasonCode: "no-answer", cause: "target" });
    expect(verdict(broken(refused, hung)).outcome).toBe("fail");
    expect(verdict(broken()).outcome).toBe("fail");
  });

  it("is not sure of what is bad where the target may have heard a request twice", () => {
    const stale = exchange(4, { error: { code: "STALE_CONNECTION", message: "sent once more" } });
    const raced = evidence({ any: [stale, answer] });
    const bad = verdict(broken(answer), raced);
    expect(mayHaveRepeated(raced, bad)).toBe(true);
    expect(mayHaveRepeated(evidence({ any: [answer] }), bad)).toBe(false);
    // A pass is one, and no flaky one: the race is nobody's fault.
    const item = { check: { judge: () => pass() }, level: "must" } as const;
    const good = finalVerdict(item, raced, 1);
    expect(good.outcome).toBe("pass");
    expect(mayHaveRepeated(raced, good)).toBe(false);
    expect(finalVerdict(item, raced, 2)).toMatchObject({ outcome: "inconclusive", reasonCode: "flaky-transport" });
  });

  it("weighs a violation by the level", () => {
    expect(verdictOf({ judge: () => broken(hung) }, "should", recorded).outcome).toBe("warn");
  });

  it("is grounded by what the target granted", () => {
    expect(verdict(pass()).grounded).toBe(true);
    expect(verdict(pass(), evidence({ any: [hung] })).grounded).toBe(false);
  });

  it("is not grounded by what the domain beside the target granted", () => {
    const text = JSON.stringify({ jsonrpc: "2.0", id: 1, result: { status: "ok" } });
    const said = { id: 5, connection: 1, to: "agent", kind: "text", at: "2026-01-01T00:00:00.000Z", atMs: 1 } as const;
    const by = (from: "target" | "peer") => evidence({}, { frames: [{ ...said, from, text, bytes: text.length }] });
    expect(verdict(pass(), by("target")).grounded).toBe(true);
    expect(verdict(pass(), by("peer")).grounded).toBe(false);
  });

  it("is a kit error when the judge crashes", () => {
    const crashing = () => {
      throw new RangeError("of the judge");
    };
    expect(verdictOf({ judge: crashing }, "must", recorded)).toMatchObject({
      outcome: "kit-error",
      reasonCode: "judge-crashed",
    });
  });
});
