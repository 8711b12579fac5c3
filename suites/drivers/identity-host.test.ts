import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { validate } from "../../schemas/index.ts";
import { openDriverKit } from "./driver-kit.ts";
import { openTestKit, testSettings } from "./testing/open-kit.ts";

const nowhere = "http://127.0.0.1:9";

test("an agent's document is served at its id, fits the schema, and each fetch is counted and recorded", async () => {
  const { world: make } = await openTestKit(nowhere);
  const { world, recorder } = make();
  const { agent } = world;
  const document: unknown = await (await fetch(agent.id)).json();
  expect(validate("AgentIdentityDocument", document)).toMatchObject({ ok: true });
  expect(document).toMatchObject({ agent_id: agent.id, public_key: agent.key.publicJwk });
  await fetch(agent.id);
  expect(agent.identity.fetches()).toBe(2);
  const [first] = recorder.finish().exchanges;
  expect(first).toMatchObject({ from: "target", to: "identity-host", purpose: "identity-document" });
  expect(first?.request.url).toBe(agent.id);
});

test("what an agent publishes and rotates shows in the document", async () => {
  const { world } = (await openTestKit(nowhere)).world();
  const { agent } = world;
  agent.identity.publish({ public_key: agent.key.publicPem, developer: undefined, more: 1 });
  const published = await (await fetch(agent.id)).json();
  expect(published).toMatchObject({ public_key: agent.key.publicPem, more: 1 });
  expect(published).not.toHaveProperty("developer");
  const old = await agent.identity.rotate();
  expect(agent.key.publicPem).not.toBe(old.publicPem);
  expect(await (await fetch(agent.id)).json()).toMatchObject({ public_key: agent.key.publicJwk });
});

test("a document can keep silent or drip while others are served", async () => {
  const { world } = (await openTestKit(nowhere)).world();
  const [silent, dripping] = [world.newAgent(), world.newAgent()];
  silent.identity.behave("never-answer");
  dripping.identity.behave("drip");
  const patience = new AbortController();
  const unanswered = fetch(silent.id, { signal: patience.signal }).catch(String);
  await expect.poll(() => silent.identity.fetches()).toBe(1);
  const response = await fetch(dripping.id, { signal: patience.signal });
  const drips = response.body?.getReader();
  const drop = await drips?.read();
  expect([response.status, drop?.done, drop?.value?.length]).toEqual([200, false, expect.any(Number)]);
  expect((await fetch(world.agent.id)).status).toBe(200);
  const more = drips?.closed.catch(String);
  patience.abort("out of patience");
  expect([await unanswered, await more]).toEqual(["out of patience", "out of patience"]);
  expect([silent.identity.fetches(), dripping.identity.fetches()]).toEqual([1, 1]);
});

test("other things are served beside the document", async () => {
  const { world } = (await openTestKit(nowhere)).world();
  const url = world.agent.identity.serveBeside("keys", "application/jwk-set+json", '{"keys":[]}');
  const response = await fetch(url);
  expect(response.headers.get("content-type")).toBe("application/jwk-set+json");
  expect(await response.text()).toBe('{"keys":[]}');
  expect(world.agent.identity.fetches()).toBe(0);
});

test("a browser lands on a page, with or without a query", async () => {
  const { world } = (await openTestKit(nowhere)).world();
  for (const query of ["", "?code=1&state=2"]) {
    const response = await fetch(`${world.agent.landingUri}${query}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain("text/html");
  }
});

test("a proxied call that escapes to this host is written down for the check whose marker it carries", async () => {
  const { kit, world: make } = await openTestKit(nowhere);
  const [one, other] = [make(), make()];
  const response = await fetch(`${kit.identityBase}/v1/messages?gp=${one.world.marker}`);
  expect(response.status).toBe(404);
  expect(one.world.provider.upstreamCalls()).toMatchObject([{ escaped: true, origin: kit.identityBase }]);
  expect(one.recorder.finish().exchanges).toMatchObject([{ from: "target", to: "other", purpose: "upstream-call" }]);
  expect(other.world.provider.upstreamCalls()).toEqual([]);
});

test("a port in use is a set-up error with a code and what to do", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { agents, ...settings } = testSettings(nowhere);
  const opening = openDriverKit({ ...settings, agents: { ...agents, ports: [port] } }, { seed: 1 });
  await expect(opening).rejects.toMatchObject({ name: "SetupError", code: "port-in-use", mend: expect.any(String) });
});
