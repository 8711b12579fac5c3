import { describe, expect, it } from "vitest";
import { type FailOn, type Judged, overall } from "./overall.ts";

const judged = (outcome: Judged["outcome"], level: Judged["level"] = "must", grounded = true): Judged => ({
  outcome,
  level,
  grounded,
  reasonCode: outcome === "pass" ? null : "some-reason",
});
const cut = (reasonCode: string, level: Judged["level"] = "must"): Judged => ({
  ...judged("not-tested", level),
  reasonCode,
});
const exit = (list: readonly Judged[], failOn: FailOn = "must", interrupted = false) =>
  overall(list, { failOn, interrupted }).exitCode;

describe("the one answer of a run", () => {
  it.each<[string, readonly Judged[], FailOn, number]>([
    ["all pass", [judged("pass")], "must", 0],
    ["a broken MUST", [judged("pass"), judged("fail")], "must", 1],
    ["a broken MUST that nobody minds", [judged("pass"), judged("fail")], "none", 0],
    ["a broken SHOULD", [judged("pass"), judged("warn", "should")], "must", 0],
    ["a broken SHOULD that counts", [judged("pass"), judged("warn", "should")], "should", 1],
    ["a MUST not tested", [judged("pass"), judged("not-tested")], "must", 0],
    ["a MUST not tested that counts", [judged("pass"), judged("not-tested")], "not-tested", 1],
    ["a SHOULD not tested", [judged("pass"), judged("not-tested", "should")], "not-tested", 0],
    ["nothing judged", [judged("not-tested"), judged("not-applicable")], "must", 3],
    ["no check at all", [], "must", 3],
    ["failures of a target that grants nothing", [judged("fail", "must", false)], "must", 3],
    ["MUSTs left when the deadline passed", [judged("pass"), cut("deadline")], "must", 3],
    ["a MUST left because the target is gone", [judged("pass"), cut("target-gone")], "none", 3],
    ["a SHOULD left when the deadline passed", [judged("pass"), cut("deadline", "should")], "must", 0],
    ["a broken MUST before the deadline passed", [judged("fail"), cut("deadline")], "must", 1],
    ["the kit failed", [judged("pass"), judged("kit-error")], "must", 4],
  ])("%s", (_name, list, failOn, exitCode) => {
    expect(exit(list, failOn)).toBe(exitCode);
  });

  it("says 130 when interrupted, with what is known by then", () => {
    expect(overall([judged("fail")], { failOn: "must", interrupted: true })).toMatchObject({
      exitCode: 130,
      result: "findings",
    });
  });

  it("is no verdict when interrupted, whatever passed by then", () => {
    expect(overall([judged("pass")], { failOn: "must", interrupted: true }).result).toBe("not-testable");
  });

  it("says why a run was not judged to its end", () => {
    const { sentence } = overall([judged("pass"), cut("deadline")], { failOn: "must", interrupted: false });
    expect(sentence).toContain("Not judged to the end, because its deadline passed: 1 MUST check could not be tested");
  });

  it("names the reason when nothing could be tested", () => {
    const verdict = overall([], { failOn: "must", interrupted: false, blocked: "no answer from http://x" });
    expect(verdict.sentence).toBe("Not testable: no answer from http://x.");
  });

  it("never calls a run with untested MUSTs conformant without saying so", () => {
    expect(overall([judged("pass"), judged("not-tested")], { failOn: "must", interrupted: false }).sentence).toContain(
      "1 MUST check could not be tested",
    );
  });
});
