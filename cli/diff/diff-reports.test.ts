import { describe, expect, it } from "vitest";
import { aCheck, aFailure, aReport } from "../../reports/testing/report.ts";
import { differencesSaid } from "./diff-reports.ts";

describe("gateproof diff for a person", () => {
  const before = aReport([
    aCheck("ATT-5.replayed"),
    aFailure("ATT-2.no-exp"),
    aCheck("ATT-3.no-audience"),
    aCheck("ATT-4.iat-past", { outcome: "not-tested", reasonCode: "no-clock" }),
  ]);
  const after = aReport(
    [
      aFailure("ATT-5.replayed"),
      aCheck("ATT-2.no-exp"),
      aFailure("ATT-5.empty-jti"),
      aCheck("ATT-4.iat-past"),
      aCheck("ATT-4.iat-future"),
    ],
    { kit: { name: "gateproof", version: "0.0.1", selftest: null } },
  );

  it("says who changed, the target or the kit, and what", async () => {
    expect((await differencesSaid(before, after)).split("\n")).toEqual([
      "kit 0.0.0 → 0.0.1",
      "",
      "You regressed: passed before, and is a finding now (1)",
      "  ATT-5.replayed: pass → fail (accepted)",
      "",
      "The kit grew: findings of checks that the earlier report did not have (1)",
      "  ATT-5.empty-jti: not there → fail (accepted)",
      "",
      "Mended (1)",
      "  ATT-2.no-exp: fail (accepted) → pass",
      "",
      "Came out otherwise (1)",
      "  ATT-4.iat-past: not tested (no-clock) → pass",
      "",
      "Added to the kit (1)",
      "  ATT-4.iat-future: not there → pass",
      "",
      "No longer in the kit, or not asked for (1)",
      "  ATT-3.no-audience: pass → not there",
      "",
      "before: Not conformant: 1 MUST check failed; 1 passed.",
      "after:  Not conformant: 1 MUST check failed; 1 passed.",
      "",
    ]);
  });

  it("says the same in Chinese, with ids and codes as ever", async () => {
    const said = await differencesSaid(before, after, "zh");
    expect(said).toContain("目标退步：以前通过，现在是发现（1 项）\n  ATT-5.replayed: 通过 → 失败 (被接受 accepted)");
    expect(said).toContain("  ATT-3.no-audience: 通过 → 没有\n");
    const lines = said.split("\n").filter((line) => line !== "");
    expect(lines.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([]);
  });

  it("says when nothing changed", async () => {
    expect(await differencesSaid(before, before)).toMatch(/^No check came out otherwise\.\n\nbefore: /);
    expect(await differencesSaid(before, before, "zh")).toMatch(/^所有检查的结果都相同。\n\n之前：/);
  });
});
