import { describe, expect, it } from "vitest";
import {
  basicHeader,
  type Change,
  type Flow,
  issuer,
  mail,
  other,
  startFlow,
  tokenAnswer,
  verifier,
} from "./testing/provider-flow.ts";

async function refusal(response: Response): Promise<{ status: number; error: unknown }> {
  const body: unknown = await response.json();
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : undefined;
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, error };
}

async function freshCode(flow: Flow, change: Change = {}): Promise<string> {
  return (await flow.returned(change)).get("code") ?? "";
}

describe("/token with a code", () => {
  it("answers with everything a client needs, not to be stored", async () => {
    const flow = startFlow();
    const answer = await flow.exchange(await freshCode(flow));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const tokens = await tokenAnswer(answer);
    expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 3600, scope: "mail:read mail:send" });
    expect(tokens.access_token).not.toBe(tokens.refresh_token);
    expect(flow.provider.introspect(tokens.access_token)).toEqual({
      sub: "alice",
      scopes: ["mail:read", "mail:send"],
      client_id: "gateway",
      resources: [],
    });
    expect(flow.provider.introspect(tokens.refresh_token)).toBeUndefined();
  });

  it.each([
    ["all", "mail:read mail:send"],
    ["none", ""],
    [["mail:send", "mail:delete"], "mail:send"],
  ])("grants by policy %j: %j", async (grant, scope) => {
    const flow = startFlow();
    flow.provider.consent.set({ user: "bob", grant: grant === "all" || grant === "none" ? grant : [...grant] });
    const tokens = await flow.tokens();
    expect(tokens.scope).toBe(scope);
    expect(flow.provider.introspect(tokens.access_token)?.sub).toBe("bob");
  });

  it.each([
    ["no verifier", { code_verifier: undefined }, "invalid_grant"],
    ["another verifier", { code_verifier: "w".repeat(43) }, "invalid_grant"],
    ["a short verifier", { code_verifier: "v" }, "invalid_grant"],
    ["another redirect URI", { redirect_uri: "https://gateway.test/" }, "invalid_grant"],
    ["no redirect URI", { redirect_uri: undefined }, "invalid_grant"],
    ["another code", { code: "unknown" }, "invalid_grant"],
    ["no code", { code: undefined }, "invalid_request"],
    ["a resource that was not granted", { resource: "https://api.test/" }, "invalid_target"],
    ["no grant type", { grant_type: undefined }, "invalid_request"],
    ["another grant type", { grant_type: "password" }, "unsupported_grant_type"],
  ])("refuses %s, and the code stays good for the right request", async (_, change, error) => {
    const flow = startFlow();
    const code = await freshCode(flow);
    expect(await refusal(await flow.exchange(code, change))).toEqual({ status: 400, error });
    expect((await flow.exchange(code)).status).toBe(200);
  });

  it("refuses the code of another client", async () => {
    const flow = startFlow();
    const answer = await flow.exchange(await freshCode(flow), {}, other);
    expect(await refusal(answer)).toEqual({ status: 400, error: "invalid_grant" });
  });

  it("refuses a code after a minute", async () => {
    const flow = startFlow();
    const code = await freshCode(flow);
    flow.clock.advance(60);
    expect(await refusal(await flow.exchange(code))).toEqual({ status: 400, error: "invalid_grant" });
  });

  it("exchanges a code once; a second time ends its tokens", async () => {
    const flow = startFlow();
    const code = await freshCode(flow);
    const tokens = await tokenAnswer(await flow.exchange(code));
    expect(await flow.isActive(tokens.access_token)).toBe(true);
    expect(await refusal(await flow.exchange(code))).toEqual({ status: 400, error: "invalid_grant" });
    expect(await flow.isActive(tokens.access_token)).toBe(false);
    expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
  });

  it("lets exactly one of two simultaneous exchanges win", async () => {
    const flow = startFlow();
    const code = await freshCode(flow);
    const answers = await Promise.all([flow.exchange(code), flow.exchange(code), flow.exchange(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it("binds tokens to the resources asked for", async () => {
    const flow = startFlow();
    const query = await flow.returned({ resource: "https://one.test/" }, "&resource=https%3A%2F%2Ftwo.test%2F");
    const answer = await flow.exchange(query.get("code") ?? "", { resource: "https://two.test/" });
    const tokens = await tokenAnswer(answer);
    expect(flow.provider.introspect(tokens.access_token)?.resources).toEqual(["https://two.test/"]);
  });
});

describe("client authentication", () => {
  const post = async (headers: Record<string, string>, form: Record<string, string>) => {
    const body = new URLSearchParams({ grant_type: "authorization_code", code: "x", ...form });
    const request = new Request(`${issuer}/token`, { method: "POST", headers, body });
    return refusal(await startFlow().provider.handler(request));
  };
  const credentials = { client_id: mail.client_id, client_secret: mail.client_secret };

  it("passes in either way (the code is the next to be refused)", async () => {
    expect(await post({ authorization: basicHeader(mail) }, {})).toEqual({ status: 400, error: "invalid_grant" });
    expect(await post({}, credentials)).toEqual({ status: 400, error: "invalid_grant" });
  });

  it.each([
    ["none", {}, {}],
    ["a wrong secret", {}, { ...credentials, client_secret: "wrong" }],
    ["another client's secret", {}, { ...credentials, client_secret: other.client_secret }],
    ["an unknown client", {}, { ...credentials, client_id: "nobody" }],
    ["a wrong secret in the header", { authorization: basicHeader({ ...mail, client_secret: "x" }) }, {}],
    ["no base64", { authorization: "Basic ?" }, {}],
    ["no colon", { authorization: `Basic ${btoa("gateway")}` }, {}],
    ["broken percent-encoding", { authorization: `Basic ${btoa("gateway:%zz")}` }, {}],
    ["another client_id in the body", { authorization: basicHeader(mail) }, { client_id: other.client_id }],
  ])("refuses %s", async (_, headers: Record<string, string>, form: Record<string, string>) => {
    expect(await post(headers, form)).toEqual({ status: 401, error: "invalid_client" });
  });

  it("refuses two ways at once", async () => {
    const answer = await post({ authorization: basicHeader(mail) }, credentials);
    expect(answer).toEqual({ status: 400, error: "invalid_request" });
  });

  it("holds a client to the way it is registered with", async () => {
    const only = { ...mail, token_endpoint_auth_methods: ["client_secret_post"] } as const;
    const flow = startFlow({ clients: [only] });
    const answer = await flow.exchange("x");
    expect(answer.headers.get("www-authenticate")).toContain("Basic");
    expect(await refusal(answer)).toEqual({ status: 401, error: "invalid_client" });
  });
});

describe("the form", () => {
  it.each([
    ["JSON", "application/json", JSON.stringify({ grant_type: "authorization_code" })],
    ["no UTF-8", "application/x-www-form-urlencoded", Uint8Array.of(0xff, 0xfe)],
    ["too much", "application/x-www-form-urlencoded", `code=${"x".repeat(70_000)}`],
    ["a field twice", "application/x-www-form-urlencoded", "grant_type=a&grant_type=b"],
  ])("refuses %s", async (_, type, body) => {
    const headers = { "content-type": type, authorization: basicHeader(mail) };
    const request = new Request(`${issuer}/token`, { method: "POST", headers, body });
    const answer = await startFlow().provider.handler(request);
    expect(await refusal(answer)).toEqual({ status: 400, error: "invalid_request" });
  });
});

describe("/token with a refresh token", () => {
  it("rotates; the used one ends everything of the grant", async () => {
    const flow = startFlow();
    const first = await flow.tokens();
    const second = await tokenAnswer(await flow.refresh(first.refresh_token));
    expect(second.scope).toBe("mail:read mail:send");
    expect(await flow.isActive(second.access_token)).toBe(true);
    expect(await refusal(await flow.refresh(first.refresh_token))).toEqual({ status: 400, error: "invalid_grant" });
    expect(await flow.isActive(second.access_token)).toBe(false);
    expect((await flow.refresh(second.refresh_token)).status).toBe(400);
  });

  it("gives fewer scopes on request, never more, and the next refresh may have all again", async () => {
    const flow = startFlow();
    const first = await flow.tokens();
    const more = await flow.refresh(first.refresh_token, { scope: "mail:read mail:delete" });
    expect(await refusal(more)).toEqual({ status: 400, error: "invalid_scope" });
    const narrow = await tokenAnswer(await flow.refresh(first.refresh_token, { scope: "mail:read" }));
    expect(narrow.scope).toBe("mail:read");
    const next = await (await flow.post("/introspect", { token: narrow.refresh_token })).json();
    expect(next).toMatchObject({ scope: "mail:read mail:send" });
    expect((await tokenAnswer(await flow.refresh(narrow.refresh_token))).scope).toBe("mail:read mail:send");
  });

  it("refuses an access token, another client's token and an expired one", async () => {
    const flow = startFlow();
    const tokens = await flow.tokens();
    expect((await flow.refresh(tokens.access_token)).status).toBe(400);
    const form = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
    expect((await flow.post("/token", form, other)).status).toBe(400);
    flow.clock.advance(30 * 24 * 3600);
    expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
  });
});

describe("a token's life", () => {
  it("ends with its lifetime", async () => {
    const flow = startFlow({ ttl: { access: 10 } });
    const tokens = await flow.tokens();
    expect(tokens.expires_in).toBe(10);
    flow.clock.advance(9);
    expect(await flow.isActive(tokens.access_token)).toBe(true);
    flow.clock.advance(1);
    expect(await flow.isActive(tokens.access_token)).toBe(false);
  });

  it("ends by revocation: one access token, or the whole grant with its refresh token", async () => {
    const flow = startFlow();
    const one = await flow.tokens();
    expect((await flow.post("/revoke", { token: one.access_token })).status).toBe(200);
    expect(await flow.isActive(one.access_token)).toBe(false);
    const two = await tokenAnswer(await flow.refresh(one.refresh_token));
    expect((await flow.post("/revoke", { token: two.refresh_token })).status).toBe(200);
    expect(await flow.isActive(two.access_token)).toBe(false);
  });

  it("is not another client's to end, and unknown tokens answer 200", async () => {
    const flow = startFlow();
    const { access_token } = await flow.tokens();
    expect(await refusal(await flow.post("/revoke", { token: access_token }, other))).toEqual({
      status: 400,
      error: "invalid_grant",
    });
    expect(await flow.isActive(access_token)).toBe(true);
    expect((await flow.post("/revoke", { token: "unknown" })).status).toBe(200);
  });

  it("is told by introspection and userinfo to those who may know", async () => {
    const flow = startFlow();
    const { access_token, refresh_token } = await flow.tokens();
    expect(await (await flow.post("/introspect", { token: access_token })).json()).toMatchObject({
      active: true,
      iss: issuer,
      sub: "alice",
      client_id: "gateway",
      scope: "mail:read mail:send",
      token_type: "Bearer",
      iat: Date.UTC(2026, 0, 1) / 1000,
      exp: Date.UTC(2026, 0, 1) / 1000 + 3600,
    });
    expect(await flow.isActive(refresh_token)).toBe(true);
    expect(await (await flow.post("/introspect", { token: refresh_token }, other)).json()).toEqual({ active: false });
    const impostor = { ...mail, client_secret: "x" };
    expect((await flow.post("/introspect", { token: access_token }, impostor)).status).toBe(401);
    const userinfo = (authorization: string) =>
      flow.provider.handler(new Request(`${issuer}/userinfo`, { headers: { authorization } }));
    expect(await (await userinfo(`Bearer ${access_token}`)).json()).toMatchObject({ sub: "alice" });
    expect((await userinfo(`Bearer ${refresh_token}`)).status).toBe(401);
    expect((await userinfo("Bearer")).status).toBe(401);
  });

  it("leaves nothing behind: the dead are dropped", async () => {
    const flow = startFlow({ ttl: { access: 10, refresh: 20, code: 5 } });
    for (let round = 0; round < 50; round += 1) {
      await flow.tokens();
      expect(flow.provider.kept()).toBe(3);
      flow.clock.advance(30);
    }
    await flow.tokens();
    const listed = flow.provider.tokens();
    expect(listed.map(({ kind, sub }) => [kind, sub])).toEqual([
      ["access", "alice"],
      ["refresh", "alice"],
    ]);
  });

  it("ends at a reset, with codes and consent", async () => {
    const flow = startFlow();
    const { access_token } = await flow.tokens();
    const code = await freshCode(flow);
    flow.provider.reset();
    expect(flow.provider.introspect(access_token)).toBeUndefined();
    expect((await flow.exchange(code)).status).toBe(400);
    expect(flow.provider.consent.current()).toBeUndefined();
  });

  it("is never listed whole, nor logged", async () => {
    const flow = startFlow();
    const tokens = await flow.tokens();
    const shown = JSON.stringify([flow.provider.tokens(), flow.provider.requests.entries()]);
    expect(shown).not.toContain(tokens.access_token);
    expect(shown).not.toContain(tokens.refresh_token);
    expect(shown).not.toContain(verifier);
    expect(shown).toContain("/authorize?");
  });
});
