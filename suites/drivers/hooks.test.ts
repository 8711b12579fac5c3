import { describe, expect, test } from "vitest";
import { openTestKit } from "./testing/open-kit.ts";
import { json, stubGateway } from "./testing/stub-gateway.ts";

async function openHooks(answers: Parameters<typeof stubGateway>[0]) {
  const { origin, seen } = await stubGateway(answers);
  const headers = { Authorization: "Bearer admin-token-of-operator", "Content-Type": "application/json" };
  const hooks = {
    clock: { method: "POST", url: `${origin}/clock`, headers, body: '{"advance_s": {seconds}}' },
    audit: { method: "GET", url: `${origin}/audit`, headers },
  };
  return { seen, ...(await openTestKit(origin, { hooks }, () => 1_800_000_000_000)).world() };
}

describe("clock", () => {
  test("moves the target's clock and the kit's, and hides the operator's credentials", async () => {
    const { world, seen, recorder } = await openHooks({ "/clock": (_, response) => json(response, 200, {}) });
    await world.advanceClock(301);
    expect(seen[0]).toMatchObject({ method: "POST", body: '{"advance_s": 301}' });
    expect(world.now()).toBe(1_800_000_301_000);
    const evidence = recorder.finish();
    expect(evidence.exchanges[0]).toMatchObject({ from: "operator", to: "target", purpose: "hook" });
    expect(JSON.stringify(evidence)).not.toContain("admin-token-of-operator");
    expect(JSON.stringify(evidence)).toContain("application/json");
  });

  test("that fails ends the check and leaves the kit's clock alone", async () => {
    const { world } = await openHooks({ "/clock": (_, response) => json(response, 403, {}) });
    const stop = { kind: "not-tested", reasonCode: "hook-failed", exchanges: [1] };
    await expect(world.advanceClock(301)).rejects.toMatchObject({ stop });
    expect(world.now()).toBe(1_800_000_000_000);
  });

  test("that is missing ends the check", async () => {
    const { world } = (await openTestKit("http://127.0.0.1:9")).world();
    await expect(world.advanceClock(1)).rejects.toMatchObject({ stop: { reasonCode: "hook-missing" } });
  });
});

describe("audit", () => {
  test.each([
    ["JSON lines", '{"event":"a"}\n{"event":"b"}\n'],
    ["a JSON array", '[{"event":"a"},{"event":"b"}]'],
    ["an array in an object", '{"entries":[{"event":"a"},{"event":"b"}],"total":2}'],
  ])("is read as %s", async (_, body) => {
    const { world } = await openHooks({ "/audit": (_seen, response) => response.end(body) });
    expect(await world.auditLog()).toEqual([{ event: "a" }, { event: "b" }]);
  });

  test("one line is one entry, nothing is none", async () => {
    const { world } = await openHooks({ "/audit": (_, response) => response.end('{"event":"a"}\n') });
    expect(await world.auditLog()).toEqual([{ event: "a" }]);
    const empty = await openHooks({ "/audit": (_, response) => response.end("") });
    expect(await empty.world.auditLog()).toEqual([]);
  });

  test("that is no JSON ends the check", async () => {
    const { world } = await openHooks({ "/audit": (_, response) => response.end("<html>") });
    await expect(world.auditLog()).rejects.toMatchObject({ stop: { reasonCode: "hook-failed" } });
  });
});
