import { describe, expect, it } from "vitest";
import { markdownReport } from "./markdown.ts";
import { aHostileReport, everyAttack } from "./testing/hostile.ts";
import { aCheck, aFailure, aReport } from "./testing/report.ts";

describe("the Markdown report", () => {
  const text = markdownReport(
    aReport([
      aCheck("ATT-1.a"),
      aFailure("ATT-5.b"),
      aCheck("PRX-1.e", { outcome: "not-tested", actual: "no hook", expected: "configure hooks.clock" }),
    ]),
  );

  it("says verdict, numbers, findings, what was not tested and how to run it again", () => {
    expect(text.split("\n").slice(0, 3)).toEqual([
      "## ❌ Not conformant: ath-gateway",
      "",
      "Not conformant&#58; 1 MUST check failed; 1 passed.",
    ]);
    expect(text).toContain("| failed | not tested | passed |\n| --- | --- | --- |\n| 1 | 1 | 1 |");
    expect(text).toContain(
      "| fail | <code>ATT-5.b</code><br><sub>MUST</sub> | title of ATT-5.b<br><sub>ATH 0.1 client/identity § Required Claims</sub> |",
    );
    expect(text).toContain("| 1 | 1 | no hook | configure hooks.clock |");
    expect(text).toContain(
      "<code>gateproof run ath-gateway attestation --target http&#58;//127.0.0.1&#58;4000 --seed 7</code>",
    );
  });

  it("stays short, however many findings there are, and says so", () => {
    const many = Array.from({ length: 500 }, (_, index) => aFailure(`ATT-5.c${index}`, { actual: "x".repeat(5000) }));
    const long = markdownReport(aReport(many));
    expect(long.length).toBeLessThan(64 * 1024);
    expect(long).toContain("and 460 more findings; the other reports have all of them.");
  });
});

describe("the Markdown report of a hostile target", () => {
  const text = markdownReport(aHostileReport());

  it("has our tags only", () => {
    expect(new Set(text.match(/<[^>]*>/g))).toEqual(
      new Set(["<code>", "</code>", "<br>", "<sub>", "</sub>", "<details>", "<summary>", "</summary>", "</details>"]),
    );
  });

  it("has rows of as many cells as their table", () => {
    const tables = text.split("\n\n").filter((block) => block.startsWith("|"));
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      const widths = table.split("\n").map((row) => row.split("|").length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("leaves nothing that Markdown or GitHub takes up", () => {
    const attacks = `${everyAttack} @everyone [x](javascript:1) ![i](http://a/b) #1 **b** _i_ $x$ :smile: https://a www.b`;
    const report = aReport([aFailure("ATT-5.b", { title: attacks, actual: attacks, expected: attacks })]);
    const row = markdownReport(report)
      .split("\n")
      .find((line) => line.startsWith("| fail"));
    const words = row
      ?.replaceAll(/&#\d+;|<\/?(?:code|sub)>|<br>/g, "")
      .replaceAll(" | ", "")
      .slice(1, -1);
    expect(words).toBeDefined();
    expect(words).not.toMatch(/[&<>|`*_[\]\\~!@#:$^]/);
  });
});
