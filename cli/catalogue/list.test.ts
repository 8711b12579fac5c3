import { describe, expect, it } from "vitest";
import { wordsIn } from "../../reports/index.ts";
import { requirements } from "../../specs/index.ts";
import { catalogueOf, listed } from "./list.ts";

describe("gateproof list", () => {
  it("shows the profiles with their sections and how many checks they have", async () => {
    const catalogue = await catalogueOf({});
    expect(Object.keys(catalogue)).toEqual(["profiles"]);
    const [gateway] = catalogue.profiles;
    expect(gateway?.checks).toBe(gateway?.sections.reduce((sum, { checks }) => sum + checks, 0));
    expect(listed(catalogue)).toMatch(/^ath-gateway {2}.*, \d+ checks\n {2}discovery/);
  });

  it("lists checks, requirements and faults when asked, each on one line", async () => {
    const catalogue = await catalogueOf({ checks: true, requirements: true, faults: true });
    const lines = listed(catalogue).split("\n");
    expect(lines.find((line) => line.startsWith("ATT-5.replayed "))).toMatch(/MUST {2,}an attestation/);
    expect(lines.find((line) => /^ATT-5 /.test(line))).toContain("refused until its exp");
    expect(catalogue.requirements).toHaveLength(requirements().length);
    expect(catalogue.faults?.length).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
  });

  it("says requirements, titles and faults in Chinese when asked, and their ids as ever", async () => {
    const wish = { requirements: true, checks: true, faults: true };
    const { requirements: rows = [], ...others } = await catalogueOf({ ...wish, lang: "zh" });
    const said = listed(others);
    expect(said).toMatch(/^ATT-5\.replayed +MUST +第二次发送的 attestation 被拒绝$/m);
    expect(said).toMatch(/^ATT-5\.jti-forgotten +每个 attestation 必须有 jti，却无人记住它。 → ATT-5\.replayed/m);
    expect(rows.map(({ id }) => id)).toEqual(requirements().map(({ id }) => id));
    expect(rows.filter(({ says }) => !/\p{Script=Han}/u.test(says))).toEqual([]);
  });

  it("says the overview and what cannot be tested in Chinese as well", async () => {
    const words = await wordsIn("zh");
    const overview = listed(await catalogueOf({ lang: "zh" }), words);
    expect(overview).toMatch(/^ath-gateway {2}.*\p{Script=Han}，\d+ 项检查\n {2}discovery/u);
    expect(overview).not.toMatch(/\bchecks\b/);
    const rows = listed(await catalogueOf({ requirements: true, lang: "zh" }), words);
    expect(rows).toMatch(/^AGENT-1 .*。 \[无法测试\]$/m);
    expect(rows).not.toContain("untestable");
  });

  it("keeps to one profile when one is named", async () => {
    const { requirements: rows = [], faults = [] } = await catalogueOf({
      profile: "ath-gateway",
      requirements: true,
      faults: true,
    });
    expect(rows.map(({ id }) => id)).toEqual(requirements("ath-gateway").map(({ id }) => id));
    expect(faults.every(({ mock }) => mock === "ath-gateway")).toBe(true);
  });

  it("says that a profile does not exist", async () => {
    await expect(catalogueOf({ profile: "ath-gatway" })).rejects.toThrow(/did you mean ath-gateway/);
  });
});
