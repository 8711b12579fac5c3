import { describe, expect, it } from "vitest";
import { faultCatalogue } from "../../mocks/catalogue.ts";
import { positions, requirements } from "../../specs/index.ts";
import { outcomes } from "../../suites/engine/finding.ts";
import { plannedChecks } from "../../suites/engine/plan.ts";
import { profiles } from "../../suites/profiles/index.ts";
import { explanation } from "./explain.ts";

const layout = { color: false, verbose: false, width: Number.POSITIVE_INFINITY };
const explain = (name: string) => explanation(name, layout);

describe("gateproof explain", () => {
  it("a requirement: level, what it says, source, test, position, checks, mend", async () => {
    const text = await explain("att-5");
    for (const part of [
      "ATT-5  MUST",
      "refused until its exp",
      "client/identity",
      "tested",
      "position",
      "ATT-5.replayed",
      "mend",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("a requirement that the kit judges at another level than the text, and why", async () => {
    const text = await explain("ATT-7");
    expect(text).toContain("stated, judged as MUST");
    expect(text).toContain("forger");
  });

  it("a check: what it is for and how to run it", async () => {
    const text = await explain("ATT-5.replayed");
    for (const part of [
      "MUST, ath-gateway attestation",
      "because",
      "ATT-5:",
      "gateproof run ath-gateway ATT-5.replayed",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("everything that has a name", async () => {
    const profile = await profiles["ath-gateway"]();
    const names = [
      ...requirements().map(({ id }) => id),
      ...plannedChecks(profile).map(({ check }) => check.id),
      ...profile.sections.map(({ id }) => id),
      ...faultCatalogue.map(({ fault }) => fault.id),
      ...outcomes,
      "outcomes",
      ...positions.map(({ id }) => id),
    ];
    for (const name of names)
      expect((await explain(name)).toLowerCase(), name).toContain(name.toLowerCase().replace("outcomes", "pass"));
  });

  it("in Chinese as well", async () => {
    const chinese = (name: string) => explanation(name, layout, "zh");
    expect(await chinese("ATT-5")).toMatch(
      /在其 exp 之前必须被拒绝[\s\S]*出处[\s\S]*立场[\s\S]*ATT-5\.replayed[\s\S]*修复 +按智能体/,
    );
    expect(await chinese("ATT-5.replayed")).toMatch(
      /第二次发送的 attestation 被拒绝[\s\S]*类型 +拒绝：[\s\S]*依据 +ATT-5: jti[\s\S]*无人记住它。 以“被接受 accepted”发现/,
    );
    expect(await chinese("ATT-5.jti-forgotten")).toContain("每个 attestation 必须有 jti，却无人记住它。");
    expect(await chinese("POS-3")).toContain("token 可以有多长的寿命？");
    for (const outcome of outcomes) expect(await chinese(outcome)).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    ["ATT-55", /did you mean ATT-5,/],
    ["ATT-5.replaid", /did you mean ATT-5\.replayed/],
    ["tokn", /did you mean token\?/],
    ["not-testd", /did you mean not-tested/],
    ["x", /there is no requirement, check, fault, outcome, section or position "x"$/],
  ])("says of %s what was probably meant", async (name, said) => {
    await expect(explain(name)).rejects.toThrow(said);
  });
});
