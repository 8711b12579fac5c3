import { expect, it } from "vitest";
import type { CheckResult } from "../../schemas/index.ts";
import { settle } from "./settle.ts";

const passed: CheckResult = {
  id: "ATT-5.replayed",
  requirement: "ATT-5",
  level: "must",
  section: "attestation",
  title: "an attestation whose jti was seen before is refused",
  outcome: "pass",
  reasonCode: null,
  expected: null,
  actual: null,
  cause: null,
  durationMs: 1,
  attempts: 1,
  exchanges: [],
  provenBy: [],
  replay: "ath-gateway/ATT-5.replayed@7",
};
const found = { reasonCode: "granted", expected: "a refusal", actual: "status 201" } as const;

/** How a test ends, as vitest would see it. */
async function ended(result: Partial<CheckResult>, failOn: Parameters<typeof settle>[2] = "must") {
  const notes: string[] = [];
  const skipped = new Error("skipped");
  const test = {
    skip(note: string): never {
      notes.push(note);
      throw skipped;
    },
    annotate: async (message: string, type: string) => notes.push(`${type}: ${message}`),
  };
  const end = await settle(test, { ...passed, ...result }, failOn).then(
    () => "passed",
    (error: unknown) => (error === skipped ? "skipped" : error),
  );
  return { end, notes };
}

it.each(["must", "should", "not-tested"] as const)(
  "a pass passes, and a broken MUST fails, with %s",
  async (failOn) => {
    expect(await ended({}, failOn)).toEqual({ end: "passed", notes: [] });
    const { end } = await ended({ outcome: "fail", ...found, hint: "remember the jti" }, failOn);
    expect(end).toMatchObject({
      name: "ConformanceError",
      code: "granted",
      message:
        "granted: expected a refusal; got status 201\nto mend it: remember the jti\nagain: gateproof replay 'ath-gateway/ATT-5.replayed@7'",
    });
  },
);

it("a broken SHOULD warns, and fails where that is wanted", async () => {
  const warn = { outcome: "warn", level: "should", ...found } as const;
  expect(await ended(warn)).toEqual({
    end: "passed",
    notes: ["warning: granted: expected a refusal; got status 201"],
  });
  expect((await ended(warn, "should")).end).toMatchObject({ name: "ConformanceError" });
});

it("what was not tested is skipped with what would make it testable; a MUST fails where that is wanted", async () => {
  const left = {
    outcome: "not-tested",
    reasonCode: "no-clock",
    expected: "give hooks.clock",
    actual: "no clock",
  } as const;
  const skipped = { end: "skipped", notes: ["not-tested, no-clock: no clock; to test it: give hooks.clock"] };
  expect(await ended(left)).toEqual(skipped);
  expect(await ended({ ...left, level: "should" }, "not-tested")).toEqual(skipped);
  expect((await ended(left, "not-tested")).end).toMatchObject({ name: "ConformanceError", code: "no-clock" });
});

it.each(["ambiguous", "not-applicable", "inconclusive"] as const)("%s is skipped and never passed", async (outcome) => {
  const { end, notes } = await ended({ outcome, reasonCode: "why", actual: "this" }, "not-tested");
  expect([end, notes]).toEqual(["skipped", [`${outcome}, why: this`]]);
});

it("an error of the kit fails as one", async () => {
  const { end } = await ended({ outcome: "kit-error", reasonCode: "judge-crashed", actual: "TypeError" });
  expect(end).toMatchObject({ name: "KitError", code: "KIT_ERROR", message: "judge-crashed: TypeError" });
});
