import * as oauth from "oauth4webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shiftableClock } from "../core/clock.ts";
import { type RunningServer, serve } from "../core/node-server.ts";
import { createUpstream } from "../upstream/upstream.ts";
import { createOAuthProvider } from "./provider.ts";

const loopback = { [oauth.allowInsecureRequests]: true } as const;
const redirectUri = "https://gateway.test/callback";
const secret = "secret with: %+& characters";
const clock = shiftableClock();

let server: RunningServer;
let api: RunningServer;
const provider = createOAuthProvider({
  issuer: () => server.url,
  clock,
  clients: [{ client_id: "gateway", client_secret: secret, redirect_uris: [redirectUri] }],
  scopes: ["mail:read", "mail:send"],
});

beforeAll(async () => {
  server = await serve(provider.handler);
  api = await serve(createUpstream({ tokens: provider.introspect }).handler);
});
afterAll(() => Promise.all([server.close(), api.close()]));

/** The consent page answered as a browser would: its cookie, its hidden field, the boxes that are ticked. */
async function consentByHand(url: URL, ticked: readonly string[]): Promise<URL> {
  const shown = await fetch(url);
  const markup = await shown.text();
  const cookie = shown.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const csrf = /name="csrf" value="(?<csrf>[^"]+)"/.exec(markup)?.groups?.["csrf"] ?? "";
  const action = /action="(?<action>[^"]+)"/.exec(markup)?.groups?.["action"] ?? "";
  const body = new URLSearchParams({ csrf, user: "bob", decision: "allow" });
  for (const scope of ticked) body.append("scope", scope);
  const answer = await fetch(action, { method: "POST", body, headers: { cookie }, redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "");
}

describe.each([
  ["client_secret_basic", oauth.ClientSecretBasic(secret)],
  ["client_secret_post", oauth.ClientSecretPost(secret)],
])("a strict client with %s", (_, authentication) => {
  it("discovers, authorizes, exchanges, uses, refreshes, introspects and revokes", async () => {
    const issuer = new URL(server.url);
    const client: oauth.Client = { client_id: "gateway" };
    const as = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...loopback }),
    );
    const verifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const url = new URL(as.authorization_endpoint ?? "");
    url.search = new URLSearchParams({
      response_type: "code",
      client_id: "gateway",
      redirect_uri: redirectUri,
      scope: "mail:read mail:send",
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      resource: "https://api.test/",
    }).toString();

    const parameters = oauth.validateAuthResponse(as, client, await consentByHand(url, ["mail:read"]), state);
    const tokens = await oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(
        as,
        client,
        authentication,
        parameters,
        redirectUri,
        verifier,
        loopback,
      ),
    );
    expect(tokens).toMatchObject({ token_type: "bearer", expires_in: 3600, scope: "mail:read" });

    const described = await oauth.protectedResourceRequest(
      tokens.access_token,
      "GET",
      new URL(`${api.url}/api/v1/messages`),
      undefined,
      undefined,
      loopback,
    );
    expect(await described.json()).toMatchObject({ sub: "bob", scopes: ["mail:read"] });

    const user = await oauth.processUserInfoResponse(
      as,
      client,
      "bob",
      await oauth.userInfoRequest(as, client, tokens.access_token, loopback),
    );
    expect(user.sub).toBe("bob");

    const refreshed = await oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token ?? "", loopback),
    );
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);

    const introspect = async () =>
      oauth.processIntrospectionResponse(
        as,
        client,
        await oauth.introspectionRequest(as, client, authentication, refreshed.access_token, loopback),
      );
    expect(await introspect()).toMatchObject({
      active: true,
      sub: "bob",
      scope: "mail:read",
      client_id: "gateway",
      aud: ["https://api.test/"],
    });

    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, authentication, refreshed.refresh_token ?? "", loopback),
    );
    expect(await introspect()).toMatchObject({ active: false });
    expect(provider.introspect(tokens.access_token)).toBeUndefined();
  });
});
