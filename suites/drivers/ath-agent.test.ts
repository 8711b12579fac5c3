import { decodeJwt } from "jose";
import { describe, expect, test } from "vitest";
import { validate } from "../../schemas/index.ts";
import { placeholdersIn } from "../engine/redact.ts";
import { openTestKit, testSettings } from "./testing/open-kit.ts";
import { granting, json, type Seen, stubGateway } from "./testing/stub-gateway.ts";

async function openWorld(answers: Parameters<typeof stubGateway>[0] = granting, headers: Record<string, string> = {}) {
  const stub = await stubGateway(answers);
  const { target } = testSettings(stub.origin);
  const opened = (await openTestKit(stub.origin, { target: { ...target, headers } })).world();
  return { ...stub, ...opened, body: (index: number) => JSON.parse(stub.seen[index]?.body ?? "null") };
}

const session = {
  sessionId: "session-1",
  authorizationUrl: "http://127.0.0.1:9/consent",
  provider: "mail",
  scopes: ["mail:read"],
  state: "s",
};

describe("what a conforming agent sends", () => {
  test("a registration that fits the schema, with an attestation for the base URL", async () => {
    const { world, body, origin } = await openWorld();
    const reply = await world.agent.register();
    expect(validate("AgentRegistrationRequest", body(0))).toMatchObject({ ok: true });
    expect(body(0)).toMatchObject({
      agent_id: world.agent.id,
      redirect_uris: [world.agent.landingUri],
      requested_providers: [{ provider_id: "mail", scopes: ["mail:read", "mail:send"] }],
    });
    expect(decodeJwt(body(0).agent_attestation)).toMatchObject({
      aud: origin,
      sub: world.agent.id,
      iss: world.agent.id,
    });
    expect(world.agent.readRegistration(reply)).toMatchObject({
      clientId: "client-1",
      approved: { mail: ["mail:read"] },
    });
  });

  test("an authorization for all that was approved, with a fresh state", async () => {
    const { world, body } = await openWorld();
    const made = await world.agent.session();
    expect(validate("AuthorizationRequest", body(1))).toMatchObject({ ok: true });
    expect(body(1)).toMatchObject({
      provider_id: "mail",
      scopes: ["mail:read"],
      user_redirect_uri: world.agent.landingUri,
    });
    expect(Buffer.from(body(1).state, "base64url").length).toBe(32);
    expect(made).toMatchObject({ sessionId: "session-1", state: body(1).state, redirectUri: world.agent.landingUri });
  });

  test("a token request with an attestation for the token endpoint and a placeholder code", async () => {
    const { world, body, origin } = await openWorld();
    const reply = await world.agent.token({ reply: await world.agent.authorize(), ...session });
    expect(validate("TokenExchangeRequest", body(2))).toMatchObject({ ok: true });
    expect(body(2)).toMatchObject({
      client_secret: "client-secret-1",
      ath_session_id: "session-1",
      code: "authorized",
    });
    expect(decodeJwt(body(2).agent_attestation).aud).toBe(`${origin}/ath/token`);
    expect(world.agent.readGrant(reply, { reply, ...session })).toMatchObject({
      token: "the-ath-token",
      effectiveScopes: ["mail:read"],
      expiresIn: 3600,
    });
  });

  test("a proxied call with token, agent id and the check's marker", async () => {
    const { world, seen } = await openWorld({
      ...granting,
      "/ath/proxy/mail/v1/messages": (_, response) => json(response, 200, {}),
    });
    const reply = await world.agent.register();
    const grant = {
      reply,
      session: { reply, ...session },
      token: "t",
      provider: "mail",
      effectiveScopes: ["mail:read"],
      expiresIn: 1,
    };
    await world.agent.call(grant);
    await world.agent.call(grant, { query: "?a=1", token: null, agentId: null });
    await world.agent.call(grant, { rawPath: "/v1/messages/../x", operation: "POST /v1/messages", body: "{}" });
    const [, first, second, third] = seen;
    expect(first).toMatchObject({ method: "GET", url: `/ath/proxy/mail/v1/messages?gp=${world.marker}` });
    expect(first?.headers).toMatchObject({ authorization: "Bearer t", "x-ath-agent-id": world.agent.id });
    expect(second?.url).toBe(`/ath/proxy/mail/v1/messages?a=1&gp=${world.marker}`);
    expect(second?.headers).not.toHaveProperty("authorization");
    expect(second?.headers).not.toHaveProperty("x-ath-agent-id");
    expect(third).toMatchObject({
      method: "POST",
      url: `/ath/proxy/mail/v1/messages/../x?gp=${world.marker}`,
      body: "{}",
    });
  });

  test("configured headers go with every request, and can be left out", async () => {
    const { world, seen, recorder } = await openWorld(granting, { "X-Login": "a-session-of-the-operator" });
    await world.agent.register();
    await world.agent.register({ headers: { "x-login": null } });
    expect(seen.map(({ headers }) => headers["x-login"])).toEqual(["a-session-of-the-operator", undefined]);
    expect(JSON.stringify(recorder.finish())).not.toContain("a-session-of-the-operator");
  });
});

describe("bends", () => {
  test("body members are replaced or left out, the attestation is bent, given, or left out", async () => {
    const { world, body } = await openWorld();
    await world.agent.register({ body: { developer: undefined, purpose: 7 } });
    await world.agent.register({ attestation: { claims: { jti: undefined } } });
    await world.agent.register({ attestation: "a.finished.jwt" });
    await world.agent.register({ attestation: null, redirectUris: null });
    expect(body(0)).not.toHaveProperty("developer");
    expect(body(0).purpose).toBe(7);
    expect(decodeJwt(body(1).agent_attestation)).not.toHaveProperty("jti");
    expect(body(2).agent_attestation).toBe("a.finished.jwt");
    expect(body(3)).not.toHaveProperty("agent_attestation");
    expect(body(3)).not.toHaveProperty("redirect_uris");
  });

  test("a raw body goes out byte for byte, and a request can be repeated byte for byte", async () => {
    const { world, seen } = await openWorld();
    const reply = await world.agent.register({ rawBody: "{not json", headers: { "content-type": "text/plain" } });
    await world.agent.repeat(reply);
    expect(seen.map(({ body }) => body)).toEqual(["{not json", "{not json"]);
    expect(seen[1]?.headers).toEqual(seen[0]?.headers);
    expect(seen[0]?.headers["content-type"]).toBe("text/plain");
  });

  test("a session is read as it was sent, bends included", async () => {
    const { world } = await openWorld();
    const bent = await world.agent.session({ redirectUri: null, body: { state: "bent", scopes: ["x"] } });
    expect(bent).toMatchObject({ state: "bent", scopes: ["x"] });
    expect(bent).not.toHaveProperty("redirectUri");
  });
});

describe("registrations", () => {
  test("an agent registers once, however many ask at the same time", async () => {
    const { world, seen } = await openWorld();
    await Promise.all([world.agent.authorize(), world.agent.authorize(), world.agent.registered()]);
    expect(seen.filter(({ url }) => url === "/ath/agents/register")).toHaveLength(1);
  });

  test.each([
    [
      "refused",
      (response: Parameters<typeof json>[0]) => json(response, 401, { code: "INVALID_ATTESTATION", message: "" }),
      "prerequisite-refused",
    ],
    [
      "pending",
      (response: Parameters<typeof json>[0]) =>
        json(response, 201, { client_id: "c", client_secret: "s", agent_status: "pending", approved_providers: [] }),
      "agent-not-approved",
    ],
    ["rate limited", (response: Parameters<typeof json>[0]) => json(response, 429, {}), "rate-limited"],
  ])("a journey ends as not-tested when the registration is %s", async (_, answer, reasonCode) => {
    const { world } = await openWorld({ "/ath/agents/register": (_: Seen, response) => answer(response) });
    await expect(world.agent.session()).rejects.toMatchObject({ stop: { kind: "not-tested", reasonCode } });
  });
});

describe("agent status", () => {
  test("the form of credentials that the target takes is found once and used for other agents' ids too", async () => {
    const own = (seen: Seen, response: Parameters<typeof json>[0]) => {
      const ok = seen.headers.authorization === `Basic ${Buffer.from("client-1:client-secret-1").toString("base64")}`;
      json(response, ok ? 200 : 401, ok ? { client_id: "client-1", agent_status: "approved" } : {});
    };
    const { world, seen } = await openWorld({ ...granting, "/ath/agents/client-1": own });
    expect((await world.agent.status()).granted).toBe(true);
    await world.agent.status({ clientId: "client-2" });
    await world.agent.status({ credentials: "none" });
    const asked = seen.slice(1).map(({ url, headers }) => [url, headers.authorization?.split(" ")[0]]);
    expect(asked).toEqual([
      ["/ath/agents/client-1", "Bearer"],
      ["/ath/agents/client-1", "Basic"],
      ["/ath/agents/client-2", "Basic"],
      ["/ath/agents/client-1", undefined],
    ]);
  });

  test("wrong credentials can be sent in each form", async () => {
    const { world, seen } = await openWorld();
    await world.agent.status({ credentials: "basic-client", bend: { body: { client_secret: "wrong" } } });
    await world.agent.status({ credentials: "attestation-header", bend: { attestation: { key: world.newKey() } } });
    expect(seen[1]?.headers.authorization).toBe(`Basic ${Buffer.from("client-1:wrong").toString("base64")}`);
    expect(seen[2]?.headers["x-ath-agent-attestation"]).toMatch(/^eyJ/);
  });
});

test("the evidence holds no secret, and tells the kinds of those it held", async () => {
  const { world, recorder, seen } = await openWorld();
  const reply = await world.agent.token({ reply: await world.agent.authorize(), ...session });
  expect(reply.granted).toBe(true);
  const evidence = JSON.stringify(recorder.finish());
  const { agent_attestation } = JSON.parse(seen[0]?.body ?? "{}");
  for (const secret of ["client-secret-1", "the-ath-token", agent_attestation]) expect(evidence).not.toContain(secret);
  const kinds = new Set(placeholdersIn(evidence).map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(["client-secret", "ath-token", "attestation"]));
});
