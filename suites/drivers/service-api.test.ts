import { describe, expect, test } from "vitest";
import { openTestKit } from "./testing/open-kit.ts";
import { granting, json, stubGateway } from "./testing/stub-gateway.ts";

const document = (api_base: unknown) => ({ ath_version: "0.1", app_id: "mail", api_base });

/** A native service whose document names this api_base; `{origin}` stands for its own. */
async function open(apiBase: unknown, headers: Readonly<Record<string, string>> = {}) {
  const stub = await stubGateway({
    ...granting,
    "/.well-known/ath-app.json": (_, response) =>
      json(response, 200, document(typeof apiBase === "string" ? apiBase.replace("{origin}", stub.origin) : apiBase)),
    "/api/v1/messages": (_, response) => json(response, 200, { messages: [] }),
  });
  const { world, settings } = await openTestKit(
    stub.origin,
    { target: { url: stub.origin, headers, features: {} } },
    undefined,
    "native",
  );
  const { agent } = world().world;
  const reply = await agent.authorize({ scopes: ["mail:read"] });
  const session = agent.readSession(reply, { scopes: ["mail:read"] });
  if (session === undefined) throw new Error("no session");
  const issued = await agent.token(session);
  const grant = agent.readGrant(issued, session);
  if (grant === undefined) throw new Error("no grant");
  return { ...stub, settings, agent, grant, world };
}

describe("the API of a native service", () => {
  test.each(["{origin}/api", "{origin}/api/", "/api"])("is called where the document says: %s", async (apiBase) => {
    const { agent, grant, seen } = await open(apiBase, { "X-Login": "yes" });
    expect((await agent.call(grant)).status).toBe(200);
    const call = seen.at(-1);
    expect(call).toMatchObject({ method: "GET", url: "/api/v1/messages" });
    expect(call?.headers).toMatchObject({ authorization: `Bearer ${grant.token}`, "x-ath-agent-id": agent.id });
    expect(call?.headers["x-login"]).toBe("yes");
  });

  test("is looked up once", async () => {
    const { agent, grant, seen } = await open("{origin}/api");
    await agent.call(grant);
    await agent.call(grant);
    expect(seen.filter(({ url }) => url === "/.well-known/ath-app.json")).toHaveLength(1);
  });

  test("on another port gets the token and none of the configured headers", async () => {
    const other = await stubGateway({ "/v1/messages": (_, response) => json(response, 200, {}) });
    const { agent, grant } = await open(other.origin, { "X-Login": "yes" });
    await agent.call(grant);
    expect(other.seen[0]?.headers).toMatchObject({ authorization: `Bearer ${grant.token}` });
    expect(other.seen[0]?.headers["x-login"]).toBeUndefined();
  });

  test.each([
    ["http://10.0.0.1/api", "other-address"],
    ["http://metadata.internal.example/", "other-address"],
    ["file:///etc/passwd", "other-address"],
    ["http://[", "api-base-unknown"],
    [undefined, "api-base-unknown"],
    [7, "api-base-unknown"],
  ])("is not called at %s", async (apiBase, reasonCode) => {
    const { agent, grant, seen } = await open(apiBase);
    await expect(agent.call(grant)).rejects.toMatchObject({ stop: { kind: "not-tested", reasonCode } });
    expect(seen.at(-1)?.url).toBe("/.well-known/ath-app.json");
  });

  test("is native mode's; a gateway's agent goes through the proxy", async () => {
    const { world } = await open("{origin}/api");
    expect(world().world.mode).toBe("native");
    const { origin } = await stubGateway(granting);
    const gateway = await openTestKit(origin);
    expect(gateway.world().world.mode).toBe("gateway");
  });
});
