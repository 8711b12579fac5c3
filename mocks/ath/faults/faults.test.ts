import { describe, expect, it } from "vitest";
import { requirements } from "../../../specs/index.ts";
import { ruleBook } from "../../core/rules.ts";
import { honestRules } from "../honest.ts";
import { athFaults } from "./index.ts";

const known = new Set(requirements().map(({ id }) => id));

describe("the faults of the reference implementor", () => {
  it("have ids of their own", () => {
    const ids = athFaults.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it("are there for every requirement with a profile of a gateway", () => {
    const broken = new Set(athFaults.map(({ requirement }) => requirement));
    const unbroken = requirements("ath-gateway").filter(({ id }) => !broken.has(id));
    expect(unbroken.map(({ id }) => id)).toEqual([]);
  });

  describe.each(athFaults.map((fault) => [fault.id, fault] as const))("%s", (id, fault) => {
    it("names its requirement, a rule, a sentence and the checks that find it", () => {
      expect(known).toContain(fault.requirement);
      expect(id).toMatch(new RegExp(`^${fault.requirement}\\.[a-z0-9]+(?:-[a-z0-9]+)*$`));
      expect(fault.sentence).toMatch(/^\S.*\w\.$/);
      expect(Object.keys(honestRules)).toContain(fault.rule);
      expect(Object.keys(fault.kills)).not.toEqual([]);
      for (const [check, reason] of Object.entries(fault.kills)) {
        expect(check).toMatch(/^[A-Z]+-\d+\.[a-z0-9-]+$/);
        expect(known).toContain(check.split(".")[0]);
        expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }
    });

    it("replaces that rule and no other", () => {
      const { rules } = ruleBook(honestRules, athFaults, [{ id }]);
      const replaced = Object.entries(honestRules).filter(([name, rule]) => !Object.is(Reflect.get(rules, name), rule));
      expect(replaced.map(([name]) => name)).toEqual([fault.rule]);
    });
  });
});
