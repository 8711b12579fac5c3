import { beforeAll, describe, expect, it } from "vitest";
import type { CheckRun, Run } from "../../engine/run.ts";
import { strangers } from "./testing/characters.ts";
import { judge } from "./testing/judge.ts";

/** One line for each check, with what a person needs to see who is wrong. */
function told(results: readonly CheckRun[]): readonly string[] {
  return results.map(({ check, verdict }) => {
    const { outcome, reasonCode, expected, actual } = verdict;
    return `${outcome} ${check.id} (${reasonCode}): expected ${expected}; actual ${actual}`;
  });
}

const findings = new Set(["fail", "warn", "inconclusive", "kit-error"]);
/** What a gateway leaves untested that has no second domain, registers nobody or lends no hooks. */
const excuses = new Set(["no-peer", "hook-missing", "registration-closed"]);

describe.each(strangers)("a conforming AUN gateway: $name", (character) => {
  let run: Run;
  beforeAll(async () => {
    run = await judge(character);
  }, 180_000);

  it("gets no finding", () => {
    const found = run.results.filter(({ verdict }) => findings.has(verdict.outcome));
    const warned = found.filter(({ verdict }) => verdict.outcome === "warn").map(({ check }) => check.id);
    expect(warned).toEqual(character.warnings);
    expect(told(found.filter(({ verdict }) => verdict.outcome !== "warn"))).toEqual([]);
  });

  it("has every check tested that can be", () => {
    const open = run.results.filter(({ verdict }) => verdict.outcome === "not-tested");
    const hasExcuse = ({ check, verdict }: CheckRun) =>
      excuses.has(verdict.reasonCode ?? "") ||
      (character.recall === "none" && check.requirement === "A135") ||
      // What is no plain call is not sent again, and on a fast machine it may meet the limit.
      (character.requestsPerSecond !== undefined && verdict.reasonCode === "rate-limited");
    expect(told(open.filter((result) => !hasExcuse(result)))).toEqual([]);
    expect(run.results.filter(({ verdict }) => verdict.outcome === "pass").length).toBeGreaterThan(100);
  });
});
