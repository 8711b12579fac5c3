import { expect, onTestFinished, test } from "vitest";
import { openAthGateway } from "../../cli/embedded/ath-gateway.ts";
import { openConnected } from "../../cli/embedded/index.ts";
import { createRecorder } from "../engine/recorder.ts";

async function openGateway(tls?: true) {
  const target = await openConnected(openAthGateway, { seed: 1, ...(tls && { mount: "tls" }) });
  onTestFinished(() => target.close());
  const recorder = createRecorder(target.kit);
  const generation = { seed: 1, runs: 1 };
  const world = target.kit.world({ checkId: "JOURNEY.whole", recorder, generation, refusalsOfRun: () => [] });
  return { world, recorder };
}

test("the whole journey against the reference gateway: register, consent, token, call, revoke", async () => {
  const { world, recorder } = await openGateway();
  const { agent, provider } = world;
  const grant = await agent.grant({ grant: ["mail:read"] });
  expect(grant.effectiveScopes).toEqual(["mail:read"]);
  expect((await agent.call(grant)).json).toMatchObject({ method: "GET" });
  expect(provider.upstreamCalls()).toMatchObject([{ user: "alice", escaped: false }]);
  expect(provider.tokenRequests()).toMatchObject([{ form: { grant_type: "authorization_code" } }]);
  expect((await agent.status()).granted).toBe(true);
  expect((await agent.revoke(grant.token)).status).toBe(200);
  expect((await agent.call(grant)).status).toBe(401);
  const evidence = JSON.stringify(recorder.finish());
  expect(evidence).not.toContain(grant.token);
});

test("another user's consent, a denial, and ten minutes that pass in no time", async () => {
  const { world } = await openGateway();
  const { agent } = world;
  const grant = await agent.grant({ user: world.newUser() });
  await agent.call(grant);
  expect(world.provider.upstreamCalls()).toMatchObject([{ user: "bob" }]);
  const denied = await agent.consented({ grant: "deny" });
  expect((await agent.token(denied)).json).toMatchObject({ code: "USER_DENIED" });
  const late = await agent.consented();
  await world.advanceClock(601);
  expect((await agent.token(late)).status).toBe(400);
  expect((await agent.token(await agent.consented())).granted).toBe(true);
});

test("the same over TLS with a private authority", async () => {
  const { world } = await openGateway(true);
  expect(world.base).toMatch(/^https:/);
  expect((await world.agent.grant()).token).not.toBe("");
});
