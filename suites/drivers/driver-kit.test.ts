import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../../cli/testing/free-port.ts";
import { createRecorder } from "../engine/recorder.ts";
import { openDriverKit } from "./driver-kit.ts";
import { openTestKit, testSettings } from "./testing/open-kit.ts";
import { granting, stubGateway } from "./testing/stub-gateway.ts";

const nowhere = "http://127.0.0.1:9";

test("the URLs for the target's client of the kit's provider answer", async () => {
  const { kit } = await openTestKit(nowhere);
  const { authorization, token, userinfo, api } = kit.providerUrls;
  expect((await fetch(authorization)).status).toBe(200);
  expect((await fetch(token, { method: "POST" })).status).toBe(400);
  expect((await fetch(userinfo)).status).toBe(401);
  expect((await fetch(`${api}/x`)).status).toBe(401);
});

test("without the provider driver no provider is opened", async () => {
  const { kit } = await openTestKit(nowhere, { consent: { driver: "manual" } });
  expect(kit.providerUrls.token).toBe("");
});

test("when the provider's port is taken, nothing stays open", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const settings = testSettings(nowhere);
  const consent = { driver: "provider", host: "127.0.0.1", port, clientId: "x", clientSecret: "y" } as const;
  await expect(openDriverKit({ ...settings, consent }, { seed: 1 })).rejects.toMatchObject({ code: "port-in-use" });
  const identityPort = await freePort();
  const agents = { ...settings.agents, ports: [identityPort] };
  await expect(openDriverKit({ ...settings, agents, consent }, { seed: 1 })).rejects.toMatchObject({
    code: "port-in-use",
  });
  const kit = await openDriverKit({ ...settings, agents }, { seed: 1 });
  expect(kit.identityBase).toBe(`http://127.0.0.1:${identityPort}`);
  await kit.close();
});

test("agents told apart by port are served each at its own", async () => {
  const ports = [await freePort(), await freePort()];
  const agents = { host: "127.0.0.1", ports, idTemplate: "http://127.0.0.1:{port}/.well-known/agent.json" };
  const { world } = (await openTestKit(nowhere, { agents })).world();
  for (const agent of [world.agent, world.newAgent()]) {
    expect(await (await fetch(agent.id)).json()).toMatchObject({ agent_id: agent.id });
    expect((await fetch(agent.landingUri)).status).toBe(200);
  }
  expect(() => world.newAgent()).toThrow("all 2 ports");
});

test("secrets of the configuration are hidden, ordinary header words stay readable", async () => {
  const { origin } = await stubGateway(granting);
  const { target } = testSettings(origin);
  const headers = { Cookie: "session=0123456789abcdef", "X-Tenant": "mail", "Accept-Language": "application/json" };
  const { kit } = await openTestKit(origin, { target: { ...target, headers } });
  const recorder = createRecorder(kit);
  const world = kit.world({ checkId: "x", recorder, generation: { seed: 1, runs: 1 }, refusalsOfRun: () => [] });
  await world.agent.register({ body: { purpose: "session 0123456789abcdef of mail" } });
  const evidence = JSON.stringify(recorder.finish());
  expect(evidence).not.toContain("0123456789abcdef");
  expect(evidence).toMatch(/"X-Tenant","‹configured:/);
  expect(evidence).toContain("of mail");
  expect(evidence).toContain('"Content-Type","application/json"');
});
