import { describe, expect, it } from "vitest";
import { aReport } from "../../reports/testing/report.ts";
import type { Baseline, CheckResult } from "../../schemas/index.ts";
import { withBaseline } from "./baseline.ts";

const today = "2026-11-21";
const check = (id: string, more: Partial<CheckResult>): CheckResult => ({
  id,
  requirement: id.split(".")[0] ?? id,
  level: "must",
  section: "s",
  title: "a title",
  outcome: "pass",
  reasonCode: null,
  expected: null,
  actual: null,
  cause: null,
  durationMs: 1,
  attempts: 1,
  exchanges: [],
  provenBy: [],
  replay: null,
  ...more,
});
const passing = check("ATT-1.wrong-key", {});
const failing = check("ATT-5.replayed", { outcome: "fail", reasonCode: "accepted", cause: "target" });
const entry = {
  check: "ATT-5.replayed",
  reason_code: "accepted",
  reason: "a store for jtis comes in December",
  owner: "team-auth",
  expires: "2026-12-31",
} as const;
const baseline = (more: Partial<Baseline>): Baseline => ({
  schema: "gateproof.baseline/1",
  profile: "ath-gateway",
  ...more,
});
const known = new Set(["ATT-1.wrong-key", "ATT-5.replayed"]);
const laid = (checks: readonly CheckResult[], more: Partial<Baseline>) =>
  withBaseline(aReport([...checks]), baseline(more), { file: "b.yaml", failOn: "must", today, known });

describe("a baseline", () => {
  it("excuses the finding it names, and says so; the outcome stays", () => {
    const report = laid([passing, failing], { accepted: [entry] });
    expect(report.verdict).toMatchObject({ exitCode: 0, result: "findings" });
    expect(report.verdict.sentence).toContain("Nothing new, and not conformant: 1 finding accepted by the baseline");
    expect(report.checks[1]).toMatchObject({
      outcome: "fail",
      accepted: { owner: "team-auth", expires: "2026-12-31" },
    });
    expect(report.baseline).toMatchObject({ entries: 1, accepted: 1, problems: [] });
  });

  it("does not excuse another finding of the same check, nor one of another check", () => {
    const other = { ...failing, reasonCode: "server-error" };
    const report = laid([passing, other], { accepted: [entry] });
    expect(report.verdict.exitCode).toBe(1);
    expect(report.baseline?.problems).toMatchObject([{ kind: "stale" }]);
    expect(laid([{ ...passing, outcome: "fail", reasonCode: "accepted" }, passing], {}).verdict.exitCode).toBe(1);
  });

  it.each([
    ["stale", [passing, { ...failing, outcome: "pass", reasonCode: null } as const], entry],
    ["expired", [passing, failing], { ...entry, expires: "2026-11-20" }],
    ["unknown", [passing], { ...entry, check: "ATT-5.gone" }],
  ])("fails the run for an entry that is %s", (kind, checks, bad) => {
    const report = laid(checks, { accepted: [bad] });
    expect(report.baseline?.problems).toMatchObject([{ kind }]);
    expect(report.verdict).toMatchObject({ exitCode: 1, result: "findings" });
  });

  it("leaves alone what was not part of the run", () => {
    expect(laid([passing], { accepted: [entry] }).baseline?.problems).toEqual([]);
  });

  it("keeps flaky checks apart: whatever they come to is excused, and a pass is not stale", () => {
    const { reason_code: _, ...flaky } = entry;
    const inconclusive = check("ATT-5.replayed", { outcome: "inconclusive", reasonCode: "flaky-transport" });
    for (const result of [failing, inconclusive, check("ATT-5.replayed", {})]) {
      expect(laid([passing, result], { flaky: [flaky] }).verdict.exitCode).toBe(0);
    }
    expect(laid([passing, failing], { flaky: [flaky] }).checks[1]?.accepted).toMatchObject({ flaky: true });
  });

  it("changes nothing about a target that was not testable", () => {
    const report = aReport([passing]);
    const untestable = { ...report, verdict: { result: "not-testable", exitCode: 3, sentence: "no" } } as const;
    const context = { file: "b.yaml", failOn: "must", today, known } as const;
    expect(withBaseline(untestable, baseline({ accepted: [entry] }), context).verdict).toEqual(untestable.verdict);
  });
});
