import { createHash, randomBytes } from "node:crypto";
import * as oauth from "oauth4webapi";
import { describe, expect, test } from "vitest";
import { text } from "../engine/json.ts";
import { openTestKit } from "./testing/open-kit.ts";

const callback = "http://127.0.0.1:9/ath/callback";

/** The members of a JSON answer that the tests look at, "" where there is none. */
async function read(response: Response) {
  const body: unknown = await response.json();
  const member = (name: string) => text(body, name) ?? "";
  return {
    access_token: member("access_token"),
    refresh_token: member("refresh_token"),
    scope: member("scope"),
    sub: member("sub"),
  };
}

async function openProvider(now?: () => number) {
  const { kit, world: make } = await openTestKit("http://127.0.0.1:9", {}, now);
  const { world, recorder } = make();
  const origin = world.provider.origin;
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const url = (changes: Record<string, string> = {}) =>
    `${kit.providerUrls.authorization}?${new URLSearchParams({
      response_type: "code",
      client_id: "gateproof",
      redirect_uri: callback,
      scope: "mail:read mail:send",
      state: "the-state",
      code_challenge: challenge,
      code_challenge_method: "S256",
      ...changes,
    })}`;
  /** Brings the user through /authorize; gives the parameters of the redirect back. */
  const authorize = async (grant?: readonly string[] | "deny", authorizationUrl = url(), user = world.user) => {
    const journey = await user.consentUntilCallback({ authorizationUrl }, grant === undefined ? {} : { grant });
    return new URL(journey.callbackUrl ?? "about:blank").searchParams;
  };
  const post = (path: string, form: Record<string, string>, secret = "s3cret-of-provider") =>
    fetch(`${origin}${path}`, {
      method: "POST",
      body: new URLSearchParams({ client_id: "gateproof", client_secret: secret, ...form }),
    });
  const exchange = (code: string | null, changes: Record<string, string> = {}) =>
    post("/token", {
      grant_type: "authorization_code",
      code: code ?? "",
      redirect_uri: callback,
      code_verifier: verifier,
      ...changes,
    });
  const tokens = async (grant?: readonly string[]) => read(await exchange((await authorize(grant)).get("code")));
  const api = (token: string, path = "/api/v1/messages") =>
    fetch(`${origin}${path}`, { headers: { Authorization: `Bearer ${token}` } });
  return { kit, world, recorder, origin, verifier, url, authorize, exchange, post, tokens, api };
}

describe("consent", () => {
  test.each([
    [undefined, "mail:read mail:send"],
    [["mail:read"], "mail:read"],
    [["mail:read", "files:all"], "mail:read files:all"],
    [[], ""],
  ])("a user who grants %j gives a token for %j", async (grant, scope) => {
    expect((await (await openProvider()).tokens(grant)).scope).toBe(scope);
  });

  test("a user who denies is sent back with access_denied and the state", async () => {
    const back = await (await openProvider()).authorize("deny");
    expect(Object.fromEntries(back)).toEqual({ error: "access_denied", state: "the-state" });
  });

  test("whoever comes without a ticket sees a page and gets nothing", async () => {
    const { url } = await openProvider();
    const response = await fetch(url(), { redirect: "manual" });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  });

  test("a target that is configured as another client is a matter of configuration", async () => {
    const { authorize, url } = await openProvider();
    await expect(authorize(undefined, url({ client_id: "other" }))).rejects.toMatchObject({
      stop: { reasonCode: "provider-client-unknown", cause: "configuration" },
    });
  });
});

describe("an independent OAuth client", () => {
  test.each([
    ["client_secret_basic", oauth.ClientSecretBasic],
    ["client_secret_post", oauth.ClientSecretPost],
  ])("gets through the whole flow with %s", async (_, authentication) => {
    const { origin, authorize, verifier, kit } = await openProvider();
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(origin);
    const discovered = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...insecure });
    const server = await oauth.processDiscoveryResponse(issuer, discovered);
    const client = { client_id: "gateproof" };
    const auth = authentication("s3cret-of-provider");
    const parameters = oauth.validateAuthResponse(server, client, await authorize(), "the-state");
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      auth,
      parameters,
      callback,
      verifier,
      insecure,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
    const refreshed = await oauth.processRefreshTokenResponse(
      server,
      client,
      await oauth.refreshTokenGrantRequest(server, client, auth, tokens.refresh_token ?? "", insecure),
    );
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    const userinfo = await fetch(kit.providerUrls.userinfo, {
      headers: { Authorization: `Bearer ${refreshed.access_token}` },
    });
    expect(await userinfo.json()).toMatchObject({ name: "alice" });
    const introspected = await oauth.introspectionRequest(server, client, auth, refreshed.access_token, insecure);
    expect(await oauth.processIntrospectionResponse(server, client, introspected)).toMatchObject({ active: true });
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, auth, refreshed.access_token, insecure),
    );
    expect(
      (await fetch(`${kit.providerUrls.api}/x`, { headers: { Authorization: `Bearer ${refreshed.access_token}` } }))
        .status,
    ).toBe(401);
  });
});

describe("the token endpoint refuses", () => {
  test.each([
    ["a wrong verifier", { code_verifier: "wrong".repeat(10) }, "invalid_grant"],
    ["no verifier", { code_verifier: "" }, "invalid_grant"],
    ["another redirect_uri", { redirect_uri: `${callback}/x` }, "invalid_grant"],
    ["another client secret", { client_secret: "guess" }, "invalid_client"],
    ["an unknown grant type", { grant_type: "password" }, "unsupported_grant_type"],
  ])("%s", async (_, changes, error) => {
    const { authorize, exchange } = await openProvider();
    const response = await exchange((await authorize()).get("code"), changes);
    expect(response.status).toBe(error === "invalid_client" ? 401 : 400);
    expect(await response.json()).toMatchObject({ error });
  });

  test("a code used twice", async () => {
    const { authorize, exchange } = await openProvider();
    const code = (await authorize()).get("code");
    expect((await exchange(code)).status).toBe(200);
    expect(await (await exchange(code)).json()).toMatchObject({ error: "invalid_grant" });
  });

  test("a JSON body, and writes it down all the same", async () => {
    const { authorize, world, origin } = await openProvider();
    const code = (await authorize()).get("code");
    const body = JSON.stringify({ grant_type: "authorization_code", code });
    const response = await fetch(`${origin}/token`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
    });
    expect(response.status).toBe(400);
    expect(world.provider.tokenRequests()).toMatchObject([{ contentType: "application/json", form: {} }]);
  });
});

describe("what a check tells the provider", () => {
  test("short-lived tokens expire and are refreshed, unless refreshing is to fail", async () => {
    let now = Date.now();
    const { world, tokens, api, post } = await openProvider(() => now);
    world.provider.issue({ accessSeconds: 1 });
    const { access_token, refresh_token } = await tokens();
    expect((await api(access_token)).status).toBe(200);
    now += 1100;
    expect((await api(access_token)).status).toBe(401);
    const refresh = () => post("/token", { grant_type: "refresh_token", refresh_token });
    const refreshed = await read(await refresh());
    expect((await api(refreshed.access_token)).status).toBe(200);
    world.provider.issue({ refresh: "fail" });
    expect(await (await refresh()).json()).toMatchObject({ error: "invalid_grant" });
  });

  test("a code exchange can fail with a body that quotes the client's secret", async () => {
    const { world, authorize, exchange, recorder } = await openProvider();
    world.provider.issue({ exchange: "quote-secret" });
    const response = await exchange((await authorize()).get("code"));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("s3cret-of-provider");
    const evidence = JSON.stringify(recorder.finish());
    expect(evidence).not.toContain("s3cret-of-provider");
    expect(evidence).toContain("‹provider-client-secret:");
  });

  test("the scope that is reported, and the answer of the API", async () => {
    const { world, tokens, api } = await openProvider();
    world.provider.issue({ reportScope: "something:else" });
    const { access_token, scope } = await tokens();
    expect(scope).toBe("something:else");
    world.provider.answer({
      status: 418,
      headers: { "X-Own": "1", "content-type": "image/png" },
      body: Buffer.from([0, 255]),
    });
    const response = await api(access_token);
    expect([response.status, response.headers.get("x-own"), response.headers.get("content-type")]).toEqual([
      418,
      "1",
      "image/png",
    ]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
    world.provider.answer({ status: 204 });
    expect((await api(access_token)).status).toBe(204);
  });
});

describe("what arrives is written down for the check it belongs to", () => {
  test("calls by the provider token, with the user", async () => {
    const { world, tokens, api, recorder } = await openProvider();
    const { access_token } = await tokens();
    const echo = await (await api(access_token, "/api/v1/messages?a=1")).json();
    expect(echo).toMatchObject({ method: "GET", target: "/api/v1/messages?a=1" });
    expect(JSON.stringify(echo)).not.toContain(access_token);
    expect(world.provider.upstreamCalls()).toMatchObject([
      { method: "GET", rawTarget: "/api/v1/messages?a=1", user: "alice", escaped: false },
    ]);
    const evidence = recorder.finish();
    expect(evidence.exchanges.at(-1)).toMatchObject({ from: "target", to: "upstream", purpose: "upstream-call" });
    expect(JSON.stringify(evidence)).not.toContain(access_token);
    expect(JSON.stringify(evidence)).toContain("‹provider-token:");
  });

  test("calls without a token of ours by the marker", async () => {
    const { world, api } = await openProvider();
    expect((await api("unknown", `/api/v1/messages?gp=${world.marker}`)).status).toBe(401);
    const [call] = world.provider.upstreamCalls();
    expect(call).toMatchObject({ escaped: false });
    expect(call).not.toHaveProperty("user");
  });

  test.each(["/outside", "/userinfo", "/token", "/apiary", "/api%2f..", "//api/x"])("%s as an escape", async (path) => {
    const { world, api } = await openProvider();
    await api("unknown", `${path}?gp=${world.marker}`);
    expect(world.provider.upstreamCalls()).toMatchObject([{ escaped: true }]);
  });

  test("nothing that belongs to no check", async () => {
    const { world, api } = await openProvider();
    await api("unknown", "/api/v1/messages");
    expect(world.provider.upstreamCalls()).toEqual([]);
  });

  test("an unknown code by the verifier that fits a challenge", async () => {
    const { world, authorize, exchange } = await openProvider();
    await authorize();
    await exchange("forged");
    expect(world.provider.tokenRequests()).toMatchObject([{ form: { code: "forged" } }]);
  });
});

test("users of two checks never share an id at the provider", async () => {
  const { kit, tokens, world } = await openProvider();
  const other = await openProvider();
  const subject = async (token: string, url: string) =>
    (await read(await fetch(url, { headers: { Authorization: `Bearer ${token}` } }))).sub;
  const one = await subject((await tokens()).access_token, kit.providerUrls.userinfo);
  const two = await subject((await other.tokens()).access_token, other.kit.providerUrls.userinfo);
  expect(one).not.toBe(two);
  expect(world.newUser().name).toBe("bob");
});
