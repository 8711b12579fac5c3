import { expect, onTestFinished, test, vi } from "vitest";
import { openTestKit } from "../testing/open-kit.ts";
import { granting, stubGateway } from "../testing/stub-gateway.ts";

async function openManualFlow(timeoutMs: number) {
  const { origin } = await stubGateway(granting);
  const told: string[] = [];
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  onTestFinished(() => spy.mockRestore());
  const { world } = (await openTestKit(origin, { consent: { driver: "manual", timeoutMs } })).world();
  return { world, told };
}

test("a person is told the page and what to grant, and lands on the agent's page", async () => {
  const { world, told } = await openManualFlow(120_000);
  const session = await world.agent.session();
  const consenting = world.user.consent(session, { grant: ["mail:read"] });
  await expect.poll(() => told.join("")).toMatch(/As alice.*grant mail:read[\s\S]*http:\/\/127.0.0.1:9\/consent/);
  await fetch(`${world.agent.landingUri}?code=by-hand&state=${session.state}`);
  expect(await consenting).toMatchObject({ returned: true, code: "by-hand", hops: [] });
});

test("nobody comes: not-tested", async () => {
  const { world } = await openManualFlow(50);
  const stop = { reasonCode: "consent-timeout", mend: expect.any(String) };
  await expect(world.agent.consented()).rejects.toMatchObject({ stop });
});

test("a person's browser cannot be stopped before the callback", async () => {
  const { world } = await openManualFlow(50);
  const stop = { reasonCode: "consent-manual" };
  await expect(world.user.consentUntilCallback(await world.agent.session())).rejects.toMatchObject({ stop });
});
