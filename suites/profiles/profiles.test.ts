import { describe, expect, it } from "vitest";
import { faultsOf } from "../../mocks/faults-of.ts";
import { requirement, requirements } from "../../specs/catalogue.ts";
import { plannedChecks } from "../engine/plan.ts";
import { profileIds, profiles } from "./index.ts";

describe.each(profileIds)("profile %s", async (id) => {
  const profile = await profiles[id]();
  const planned = plannedChecks(profile);
  const checks = planned.map(({ check }) => check);
  const faults = await faultsOf(id);

  it("has checks with ids of their own, named after their requirement", () => {
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
    for (const check of checks) {
      expect(check.id).toMatch(/^[A-Z]+-?\d+\.[a-z0-9-]+$/);
      expect(check.id.startsWith(`${check.requirement}.`)).toBe(true);
      expect(requirement(check.requirement).profiles).toContain(id);
    }
  });

  it("judges every requirement of the implementor that can be tested from outside", () => {
    const judged = new Set(checks.map((check) => check.requirement));
    const open = requirements(id)
      .filter(({ party, tested }) => party === "implementor" && "how" in tested)
      .map((row) => row.id)
      .filter((requirementId) => !judged.has(requirementId));
    expect(open).toEqual([]);
  });

  it("has a fault for every check", () => {
    const proved = new Set(faults.flatMap(({ kills }) => Object.keys(kills)));
    expect(checks.map((check) => check.id).filter((checkId) => !proved.has(checkId))).toEqual([]);
  });

  it("has no fault for a check that does not exist", () => {
    const known = new Set(checks.map((check) => check.id));
    expect(faults.flatMap(({ kills }) => Object.keys(kills)).filter((checkId) => !known.has(checkId))).toEqual([]);
  });

  it("has at least 130 checks", () => {
    expect(checks.length).toBeGreaterThanOrEqual(130);
  });
});
