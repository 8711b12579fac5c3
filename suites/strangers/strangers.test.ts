import { beforeAll, describe, expect, it } from "vitest";
import type { CheckRun, Run } from "../engine/run.ts";
import { blunt, natives, strangers } from "./testing/characters.ts";
import { asksProvider, judge } from "./testing/judge.ts";

/** One line for each check, with what a person needs to see who is wrong. */
function told(results: readonly CheckRun[]): readonly string[] {
  return results.map(({ check, verdict }) => {
    const { outcome, reasonCode, expected, actual } = verdict;
    return `${outcome} ${check.id} (${reasonCode}): expected ${expected}; actual ${actual}`;
  });
}

/** A whole profile over real sockets takes its time where the machine has other work. */
const wholeRunMs = 240_000;

const findings = new Set(["fail", "warn", "inconclusive", "kit-error"]);
/**
 * What a gateway that asks no provider leaves untested. Any other reason, with any other gateway, would say that the kit
 * could not go on with something that conforms.
 */
const excuses = new Set(["provider-not-ours", "provider-unseen", "callback-unseen"]);

describe.each(strangers)("a conforming gateway: $name", (character) => {
  let run: Run;
  beforeAll(async () => {
    run = await judge(character);
  }, wholeRunMs);

  it("gets no finding", () => {
    expect(told(run.results.filter(({ verdict }) => findings.has(verdict.outcome)))).toEqual([]);
  });

  it("has every check tested that can be", () => {
    const open = run.results.filter(({ verdict }) => verdict.outcome === "not-tested");
    const passes = run.results.filter(({ verdict }) => verdict.outcome === "pass");
    expect(passes.length).toBeGreaterThan(150);
    const hasProvider = asksProvider(character);
    expect(told(open.filter(({ verdict }) => hasProvider || !excuses.has(verdict.reasonCode ?? "")))).toEqual([]);
  });
});

describe.each(natives)("a conforming native service: $name", (character) => {
  let run: Run;
  beforeAll(async () => {
    run = await judge(character);
  }, wholeRunMs);

  it("gets no finding", () => {
    expect(told(run.results.filter(({ verdict }) => findings.has(verdict.outcome)))).toEqual([]);
  });

  it("has every check tested that applies", () => {
    const passes = run.results.filter(({ verdict }) => verdict.outcome === "pass");
    expect(passes.length).toBeGreaterThan(150);
    expect(told(run.results.filter(({ verdict }) => verdict.outcome === "not-tested"))).toEqual([]);
  });
});

describe.each(blunt)("a gateway with $name", (character) => {
  it(
    "gets a warning for its statuses and no other finding",
    async () => {
      const { results } = await judge(character);
      const found = results.filter(({ verdict }) => findings.has(verdict.outcome));
      expect(told(found.filter(({ check }) => check.requirement !== "ERR-2"))).toEqual([]);
      expect(found.map(({ check, verdict }) => `${verdict.outcome} ${check.id}`)).toEqual(["warn ERR-2.status-table"]);
    },
    wholeRunMs,
  );
});
