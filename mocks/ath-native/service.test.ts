import { describe, expect, it } from "vitest";
import { isMessage } from "../../schemas/index.ts";
import { jsonOf, nativeLab, redirectUri } from "./testing/native-lab.ts";

const base = "http://127.0.0.1:9100";

describe("the native service", () => {
  it("says what it is", async () => {
    const { send } = nativeLab();
    const document = await jsonOf(await send("GET", `${base}/.well-known/ath-app.json`));
    expect(isMessage("ServiceDiscoveryDocument", document)).toBe(true);
    expect(document).toMatchObject({
      app_id: "mock-mail",
      auth: { type: "oauth2", token_endpoint: `${base}/ath/token` },
      api_base: `${base}/api`,
    });
  });

  it("shows on its own page what was approved for this agent, scope by scope", async () => {
    const { agent, browse } = nativeLab();
    const asking = agent();
    const { authorization_url = "" } = await asking.authorized(["mail:read"]);
    const { response, url } = await browse(authorization_url);
    expect(url).toContain(`${base}/oauth/authorize?`);
    const page = await response.text();
    expect(page).toContain(asking.id);
    expect(page).toContain("Dev &amp; Sons");
    const boxes = [...page.matchAll(/<input type="checkbox" name="scope" value="([^"]+)"/g)].map(([, scope]) => scope);
    expect(boxes).toEqual(["mail:read"]);
    expect(page).toMatch(/mail:read<\/code> <small>approved for this agent</);
    expect(page).toMatch(/mail:send<\/code> <small>approved for this agent; not asked for</);
    expect(page).toMatch(/mail:delete<\/code> <small>not approved for this agent; not asked for</);
  });

  it("gives the user back to the agent, with its state", async () => {
    const { agent, browse, service } = nativeLab();
    service.consent.set({ user: "alice", grant: "all" });
    const { authorization_url = "" } = await agent().authorized();
    const { url } = await browse(authorization_url);
    expect(url.startsWith(`${redirectUri}?`)).toBe(true);
    expect(new URL(url).searchParams.get("state")).toBe("state-of-the-agent");
  });

  it.each(["http://127.0.0.1:9100/apps/mail", "https://mail.example"])("works at %s", async (publicUrl) => {
    const { agent, service } = nativeLab(publicUrl);
    service.consent.set({ user: "alice", grant: "all" });
    const one = agent();
    const listed = await one.call(await one.token(), "GET", "/v1/messages");
    expect(await listed.json()).toMatchObject({ user: "alice", messages: [{ id: "42" }] });
  });
});

describe("its API", () => {
  it("serves each user's own mail within the token's scopes", async () => {
    const { agent, service } = nativeLab();
    const one = agent();
    service.consent.set({ user: "alice", grant: "all" });
    const alice = await one.token(["mail:read", "mail:send"]);
    service.consent.set({ user: "bob", grant: "all" });
    const bob = await one.token(["mail:read"]);

    const sent = await one.call(alice, "POST", "/v1/messages", { to: "bob", subject: "Hello" });
    expect(sent.status).toBe(201);
    const { id } = await jsonOf(sent);
    expect((await one.call(alice, "GET", `/v1/messages/${id}`)).status).toBe(200);
    expect((await one.call(bob, "GET", `/v1/messages/${id}`)).status).toBe(404);
    expect((await one.call(bob, "POST", "/v1/messages", {})).status).toBe(403);
    expect((await one.call(alice, "DELETE", "/v1/messages/42")).status).toBe(403);
  });

  it.each([
    ["DELETE", "/v1/everything", "SCOPE_NOT_APPROVED"],
    ["GET", "/v1/messages/..%2fmessages", "SCOPE_NOT_APPROVED"],
    ["GET", "/", "SCOPE_NOT_APPROVED"],
    ["GET", "/v1/messages/77", "NOT_FOUND"],
  ])("refuses %s %s with %s", async (method, path, code) => {
    const { agent, service } = nativeLab();
    service.consent.set({ user: "alice", grant: "all" });
    const one = agent();
    expect(await jsonOf(await one.call(await one.token(), method, path))).toMatchObject({ code });
  });

  it.each([
    ["no JSON", "{", 400],
    ["a list", "[]", 400],
    ["too much", JSON.stringify({ text: "x".repeat(2048) }), 400],
  ])("refuses a message that is %s", async (_, body, status) => {
    const { agent, service, send } = nativeLab(base, { limits: { body_max_bytes: 1024 } });
    service.consent.set({ user: "alice", grant: "all" });
    const one = agent();
    const token = await one.token(["mail:send"]);
    const headers = { authorization: `Bearer ${token}`, "x-ath-agent-id": one.id, "content-type": "application/json" };
    expect((await send("POST", `${base}/api/v1/messages`, headers, body)).status).toBe(status);
  });

  it("takes no token that is foreign, expired or revoked, and none without the agent's id", async () => {
    const { agent, service, clock, send } = nativeLab();
    service.consent.set({ user: "alice", grant: "all" });
    const [one, other] = [agent(), agent()];
    const token = await one.token();
    const codeOf = async (response: Promise<Response>) => (await jsonOf(await response))["code"];
    expect(await codeOf(other.call(token, "GET", "/v1/messages"))).toBe("AGENT_IDENTITY_MISMATCH");
    const headers = { authorization: `Bearer ${token}` };
    expect(await codeOf(send("GET", `${base}/api/v1/messages`, headers))).toBe("AGENT_IDENTITY_MISMATCH");
    expect(await codeOf(one.call("ath_nobodys", "GET", "/v1/messages"))).toBe("TOKEN_INVALID");
    clock.advance(3601);
    expect(await codeOf(one.call(token, "GET", "/v1/messages"))).toBe("TOKEN_EXPIRED");
  });

  it("forgets everything at a reset", async () => {
    const { agent, service } = nativeLab();
    service.consent.set({ user: "alice", grant: "all" });
    const one = agent();
    const token = await one.token(["mail:send"]);
    await one.call(token, "POST", "/v1/messages", {});
    service.reset();
    expect(service.tokens()).toEqual([]);
    expect((await one.call(token, "POST", "/v1/messages", {})).status).toBe(401);
  });
});
