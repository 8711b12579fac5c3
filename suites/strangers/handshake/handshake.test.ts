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
/** What a gateway of few means leaves untested: no hooks, one user, one system, no restrictions. */
const excuses = new Set(["hook-missing", "one-user", "one-answer-only", "one-system", "restriction-unknown"]);

describe.each(strangers)("a conforming nine-step gateway: $name", (character) => {
  let run: Run;
  beforeAll(async () => {
    run = await judge(character);
  });

  it("gets no finding", () => {
    expect(told(run.results.filter(({ verdict }) => findings.has(verdict.outcome)))).toEqual([]);
  });

  it("is told apart where the text has two readings, and only there", () => {
    const unclear = run.results.filter(({ verdict }) => verdict.outcome === "ambiguous").map(({ check }) => check.id);
    expect(unclear).toEqual(character.badMessage === "ends-handshake" ? ["HS-8.not-corrupted"] : []);
  });

  it("has every check tested that can be", () => {
    const open = run.results.filter(({ verdict }) => verdict.outcome === "not-tested");
    const isOpen = character.hooks === "none";
    expect(told(open.filter(({ verdict }) => !isOpen || !excuses.has(verdict.reasonCode ?? "")))).toEqual([]);
    expect(run.results.filter(({ verdict }) => verdict.outcome === "pass").length).toBeGreaterThan(60);
  });
});
