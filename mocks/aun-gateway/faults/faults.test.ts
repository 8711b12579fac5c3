import { describe, expect, it } from "vitest";
import { ruleBook } from "../../core/rules.ts";
import { honestAunRules } from "../honest.ts";
import { gatewayLab } from "../testing/gateway-lab.ts";
import { aunFaults } from "./index.ts";

/** Shown by unit tests only: the wire between gateways is not documented, so no check can speak it. */
const unitTested = new Set(["A142.speaks-for-anybody", "A142.hello-unverified"]);

describe("the faults of the reference AUN gateway", () => {
  it("have ids of their own", () => {
    const ids = aunFaults.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  describe.each(aunFaults.map((fault) => [fault.id, fault] as const))("%s", (id, fault) => {
    it("names its requirement, a rule, a sentence and the checks that find it", () => {
      expect(fault.requirement).toMatch(/^A\d+$/);
      expect(id).toMatch(new RegExp(`^${fault.requirement}\\.[a-z0-9]+(?:[-.][a-z0-9]+)*$`));
      expect(fault.sentence).toMatch(/^\S.*\w\.$/);
      expect(Object.keys(honestAunRules)).toContain(fault.rule);
      expect(Object.keys(fault.kills).length > 0).toBe(!unitTested.has(id));
      for (const [check, reason] of Object.entries(fault.kills)) {
        expect(check).toMatch(/^A\d+\.[a-z0-9-]+$/);
        expect(reason).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }
    });

    it("replaces that rule and no other", () => {
      const { rules } = ruleBook(honestAunRules, aunFaults, [{ id }]);
      const replaced = Object.entries(honestAunRules).filter(
        ([name, rule]) => !Object.is(Reflect.get(rules, name), rule),
      );
      expect(replaced.map(([name]) => name)).toEqual([fault.rule]);
    });
  });
});

describe("a gateway with every fault in turn", () => {
  it("runs a session without an exception, and is itself again when the fault is cleared", async () => {
    const lab = gatewayLab();
    const alice = await lab.enrol("alice");
    for (const { id } of aunFaults) {
      lab.gateway.board.activate({ id });
      const client = lab.open();
      client.call("meta.ping");
      client.call("auth.connect", lab.connecting(client, alice, { slot: "s1" }));
      client.call("meta.status");
      client.call("message.send", { to: alice, payload: { id } });
      client.raw("{");
      client.call("message.pull", { after_seq: 0 });
      lab.clock.advance(31);
      client.drop();
      lab.gateway.board.clear();
      lab.gateway.reset();
      await lab.enrol("alice");
    }
    expect(lab.gateway.openSessions()).toBe(0);
    const client = lab.connect(alice);
    expect(client.call("message.send", { to: alice, payload: 1 }).result).toMatchObject({
      seq: 1,
      status: "delivered",
    });
  });
});
