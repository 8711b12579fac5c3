import { describe, expect, test } from "vitest";
import { openTestKit, testSettings } from "./testing/open-kit.ts";
import { granting, stubGateway } from "./testing/stub-gateway.ts";

const nowhere = "http://127.0.0.1:9";

describe("worlds", () => {
  test("share nothing: agents, users, markers", async () => {
    const { world: make } = await openTestKit(nowhere);
    const [one, two] = [make().world, make().world];
    expect(one.agent.id).not.toBe(two.agent.id);
    expect(one.newAgent().id).not.toBe(one.agent.id);
    expect(one.agent).toBe(one.agent);
    expect(one.marker).not.toBe(two.marker);
    expect([one.user.name, one.newUser().name, one.newUser().name, one.newUser("zoe").name]).toEqual([
      "alice",
      "bob",
      "carol",
      "zoe",
    ]);
  });

  test("random values depend on seed and check alone", async () => {
    const [first, second] = [await openTestKit(nowhere), await openTestKit(nowhere)];
    const draw = ({ world }: ReturnType<typeof first.world>) => [world.random(), world.random()];
    const drawn = draw(first.world("A.a"));
    expect(draw(second.world("A.a"))).toEqual(drawn);
    expect(draw(second.world("A.b"))).not.toEqual(drawn);
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test("a fork has its own agents and evidence; ids go on in one series", async () => {
    const { origin } = await stubGateway(granting);
    const { world, recorder } = (await openTestKit(origin)).world();
    await world.agent.register();
    const { world: own, finish } = world.fork();
    expect(own.agent.id).not.toBe(world.agent.id);
    world.mark("control", await own.agent.register());
    const evidence = finish();
    const outer = recorder.finish();
    expect([outer.exchanges.map(({ id }) => id), evidence.exchanges.map(({ id }) => id)]).toEqual([[1], [2]]);
    expect(JSON.stringify(evidence)).not.toContain("client-secret-1");
  });
});

describe("what the configuration says", () => {
  test("providers and operations", async () => {
    const { world } = (await openTestKit(nowhere)).world();
    expect(world.firstProvider).toBe("mail");
    expect(world.operationOf("mail:read")).toBe("GET /v1/messages");
    expect(world.operationOf("mail:send")).toBeUndefined();
    expect(world.operationOf("constructor")).toBeUndefined();
    expect(() => world.secondProvider).toThrow("only one provider");
  });

  test("without the kit's provider behind the target a check that needs it is not-tested", async () => {
    const { world } = (await openTestKit(nowhere, { consent: { driver: "manual" } })).world();
    expect(() => world.provider).toThrow("not behind the target");
  });
});

test("a request of any shape goes out as it is, as an agent or as a user", async () => {
  const { origin, seen } = await stubGateway({});
  const { target } = testSettings(origin);
  const { world } = (
    await openTestKit(origin, { target: { ...target, headers: { "X-Login": "operator-session" } } })
  ).world();
  const request = { purpose: "other", method: "PATCH", path: "/a/../b", body: Buffer.from([1, 2]) } as const;
  const reply = await world.send({ ...request, headers: { accept: null } });
  await world.send({ ...request, from: "user" });
  expect(reply.exchange).toMatchObject({ from: "agent", to: "target", response: { status: 404 } });
  expect(seen.map(({ method, url, headers }) => [method, url, headers["x-login"], headers.accept])).toEqual([
    ["PATCH", "/a/../b", "operator-session", undefined],
    ["PATCH", "/a/../b", undefined, undefined],
  ]);
});

test("closing the kit ends what is under way", async () => {
  const { kit, world: make } = await openTestKit(nowhere);
  const { world } = make();
  world.agent.identity.behave("never-answer");
  const fetching = fetch(world.agent.id).catch(() => "ended");
  await expect.poll(() => world.agent.identity.fetches()).toBe(1);
  await kit.close();
  expect(await fetching).toBe("ended");
});
