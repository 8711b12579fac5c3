import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMessage } from "../../schemas/index.ts";
import { type Lab, redirectUri, scopes, startLab, text } from "./testing/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

describe("the handshake", () => {
  it("publishes a directory of the right shape", async () => {
    const document: unknown = await (await fetch(`${lab.url}/.well-known/ath.json`)).json();
    expect(isMessage("DiscoveryDocument", document)).toBe(true);
    expect(document).toMatchObject({ agent_registration_endpoint: `${lab.url}/ath/agents/register` });
  });

  it("leads from registration to a call that the provider sees, and to its end", async () => {
    const agent = lab.agent();
    const registration = await lab.register(agent);
    expect(registration.status).toBe(201);
    expect(isMessage("AgentRegistrationResponse", registration.body)).toBe(true);
    const known = {
      ...agent,
      clientId: text(registration.body, "client_id"),
      clientSecret: text(registration.body, "client_secret"),
    };

    const { body: opened } = await lab.authorize(known, { resource: "https://api.example/mail" });
    expect(isMessage("AuthorizationResponse", opened)).toBe(true);
    const { url, visited } = await lab.browse(text(opened, "authorization_url"));
    const asked = new URL(visited[1] ?? "").searchParams;
    expect(asked.get("code_challenge_method")).toBe("S256");
    expect(asked.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(asked.get("resource")).toBe("https://api.example/mail");
    expect(url.startsWith(`${redirectUri}&`)).toBe(true);
    const landed = new URL(url).searchParams;
    expect(landed.get("state")).toBe("state +/=&%25 ü");
    expect(landed.get("tenant")).toBe("a b");

    const sessionId = text(opened, "ath_session_id");
    const issued = await lab.exchange(known, sessionId, { code: landed.get("code") });
    expect(issued.status).toBe(200);
    expect(isMessage("TokenResponse", issued.body)).toBe(true);
    expect(issued.headers.get("cache-control")).toContain("no-store");
    expect(issued.body).toMatchObject({
      agent_id: agent.id,
      provider_id: "mail",
      expires_in: 3600,
      effective_scopes: ["mail:read", "mail:send"],
      scope_intersection: { agent_approved: scopes, effective: ["mail:read", "mail:send"] },
    });

    const token = text(issued.body, "access_token");
    const response = await lab.call(known, token, "/mail/v1/messages?a=1&a=2");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ method: "GET", target: "/api/v1/messages?a=1&a=2", sub: "alice" });

    const credentials = { client_id: known.clientId, client_secret: known.clientSecret };
    expect(await lab.post("/ath/revoke", { token, ...credentials })).toMatchObject({
      status: 200,
      body: { revoked: true },
    });
    const refused = await lab.call(known, token);
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: "TOKEN_REVOKED" });
  });

  it("ends on a page when the agent has no redirect URI, or registered our own callback", async () => {
    const without = await lab.registered({ redirect_uris: [] });
    const { body: plain } = await lab.authorize(without, { user_redirect_uri: undefined });
    const page = await lab.browse(text(plain, "authorization_url"));
    expect(page.response.status).toBe(200);
    expect(page.response.headers.get("content-type")).toContain("text/html");
    expect((await lab.exchange(without, text(plain, "ath_session_id"))).status).toBe(200);

    const callback = `${lab.url}/ath/callback`;
    const public_ = await lab.registered({ redirect_uris: [callback] });
    const { body: opened } = await lab.authorize(public_, { user_redirect_uri: callback });
    const landed = await lab.browse(text(opened, "authorization_url"));
    expect(landed.url.startsWith(`${callback}?`)).toBe(true);
    expect(landed.response.status).toBe(200);
    expect(await landed.response.text()).toContain("Done");
    expect((await lab.exchange(public_, text(opened, "ath_session_id"))).status).toBe(200);
  });

  it("shows an agent its own registration, by each form of credentials", async () => {
    const agent = await lab.registered();
    const other = await lab.registered();
    const basic = `Basic ${Buffer.from(`${agent.clientId}:${agent.clientSecret}`).toString("base64")}`;
    const forms: Record<string, string>[] = [
      { authorization: `Bearer ${lab.attest(agent)}` },
      { authorization: basic },
      { "x-ath-agent-attestation": lab.attest(agent) },
    ];
    for (const headers of forms) {
      const response = await fetch(`${lab.url}/ath/agents/${agent.clientId}`, { headers });
      expect(response.status).toBe(200);
      const shown = await response.text();
      expect(JSON.parse(shown)).toMatchObject({ agent_id: agent.id, agent_status: "approved" });
      expect(shown).not.toContain(agent.clientSecret);
    }
    const refusals = [
      await fetch(`${lab.url}/ath/agents/${agent.clientId}`),
      await fetch(`${lab.url}/ath/agents/${agent.clientId}`, {
        headers: { authorization: `Bearer ${lab.attest(agent, {}, {}, other.keys)}` },
      }),
      await fetch(`${lab.url}/ath/agents/${other.clientId}`, { headers: { authorization: basic } }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([401, 401, 403]);
  });

  it("intersects what was approved, consented to and requested", async () => {
    const agent = await lab.registered({
      requested_providers: [{ provider_id: "mail", scopes: ["mail:read", "mail:send"] }],
    });
    lab.provider.consent.set({ user: "bob", grant: ["mail:send"] });
    const { body } = await lab.authorize(agent);
    await lab.browse(text(body, "authorization_url"));
    const issued = await lab.exchange(agent, text(body, "ath_session_id"));
    lab.provider.consent.set({ user: "alice", grant: "all" });
    expect(issued.body).toMatchObject({
      effective_scopes: ["mail:send"],
      scope_intersection: { agent_approved: ["mail:read", "mail:send"], user_consented: ["mail:send"] },
    });
    const read = await lab.call(agent, text(issued.body, "access_token"));
    expect(await read.json()).toMatchObject({ code: "SCOPE_NOT_APPROVED" });
  });

  it("logs the decisions, without a secret", async () => {
    const agent = await lab.registered();
    const token = await lab.token(agent);
    await lab.call(agent, token);
    const lines = lab.gateway.audit().filter((line) => "agent_id" in line && line.agent_id === agent.id);
    expect(lines.map(({ event }) => event)).toEqual([
      "agent_registered",
      "authorization_started",
      "access_granted",
      "proxy_request",
    ]);
    expect(lines.at(-1)).toMatchObject({ user_id: "alice", provider_id: "mail" });
    const log = JSON.stringify(lab.gateway.audit());
    expect(log).not.toContain(token);
    expect(log).not.toContain(agent.clientSecret);
    expect(log).not.toContain("eyJ");
  });
});
