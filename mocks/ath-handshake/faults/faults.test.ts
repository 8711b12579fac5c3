import { describe, expect, it } from "vitest";
import { requirements } from "../../../specs/index.ts";
import { ruleBook } from "../../core/rules.ts";
import { honestRules } from "../honest.ts";
import { startLab } from "../testing/lab.ts";
import { handshakeFaults } from "./index.ts";

const known = new Set(requirements("ath-handshake").map(({ id }) => id));

describe("the faults of the nine-step gateway", () => {
  it("have ids of their own", () => {
    const ids = handshakeFaults.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it("are there for every requirement", () => {
    const broken = new Set(handshakeFaults.map(({ requirement }) => requirement));
    expect([...known].filter((id) => !broken.has(id))).toEqual([]);
  });

  describe.each(handshakeFaults.map((fault) => [fault.id, fault] as const))("%s", (id, fault) => {
    it("names its requirement, a rule, a sentence and the checks that find it", () => {
      expect(known).toContain(fault.requirement);
      expect(id).toMatch(new RegExp(`^${fault.requirement}\\.[a-z0-9]+(?:-[a-z0-9]+)*$`));
      expect(fault.sentence).toMatch(/^\S.*\w\.$/);
      expect(Object.keys(honestRules)).toContain(fault.rule);
      expect(Object.keys(fault.kills)).not.toEqual([]);
      for (const [check, reason] of Object.entries(fault.kills)) {
        expect(known).toContain(check.split(".")[0]);
        expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }
    });

    it("replaces that rule and no other", () => {
      const { rules } = ruleBook(honestRules, handshakeFaults, [{ id }]);
      const replaced = Object.entries(honestRules).filter(([name, rule]) => !Object.is(Reflect.get(rules, name), rule));
      expect(replaced.map(([name]) => name)).toEqual([fault.rule]);
    });

    it("still answers a good handshake_request", async () => {
      const lab = startLab();
      lab.gateway.book.activate({ id });
      const { first } = await lab.hello();
      expect(first).toMatchObject({ status: 200, body: { type: "handshake_response" } });
    });
  });
});
