import { describe, expect, it } from "vitest";
import { goodRequest, issuer, mail, other, redirectUri, startFlow } from "./testing/provider-flow.ts";

describe("/authorize", () => {
  it("returns a code, the state as it came and the issuer", async () => {
    const answer = await startFlow().authorize();
    expect(answer.status).toBe(303);
    const location = new URL(answer.headers.get("location") ?? "");
    expect(location.origin + location.pathname).toBe(redirectUri);
    expect(location.searchParams.get("state")).toBe(goodRequest["state"]);
    expect(location.searchParams.get("iss")).toBe(issuer);
    expect(location.searchParams.get("code")).toMatch(/^[\w-]{43}$/);
  });

  it("keeps the query that the redirect URI has", async () => {
    const flow = startFlow();
    const at = async (redirect: string) => {
      const answer = await flow.authorize({ client_id: other.client_id, redirect_uri: redirect });
      return answer.headers.get("location");
    };
    expect(await at("https://a.test/cb?x=1")).toMatch(/^https:\/\/a\.test\/cb\?x=1&code=/);
    expect(await at("https://a.test/cb?")).toMatch(/^https:\/\/a\.test\/cb\?code=/);
  });

  it("takes the only registered redirect URI when none is sent", async () => {
    const answer = await startFlow().authorize({ redirect_uri: undefined });
    expect(answer.headers.get("location")).toContain(`${redirectUri}?code=`);
  });

  it.each([
    ["an unknown client", { client_id: "nobody" }],
    ["no client", { client_id: undefined }],
    ["a longer redirect URI", { redirect_uri: `${redirectUri}/x` }],
    ["a redirect URI with a query", { redirect_uri: `${redirectUri}?x=1` }],
    ["a redirect URI in other case", { redirect_uri: redirectUri.toUpperCase() }],
    ["a redirect URI with dot segments", { redirect_uri: "https://gateway.test/x/../ath/callback" }],
    ["a redirect URI with a fragment", { client_id: other.client_id, redirect_uri: "https://a.test/#x" }],
    ["a redirect URI that is code", { client_id: other.client_id, redirect_uri: "javascript:alert(1)" }],
    ["no redirect URI where any is allowed", { client_id: other.client_id, redirect_uri: undefined }],
  ])("answers %s with a page and no redirect", async (_, change) => {
    const answer = await startFlow().authorize(change);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
    expect(answer.headers.get("content-type")).toContain("text/html");
  });

  it("answers a repeated parameter with a page", async () => {
    const answer = await startFlow().authorize({}, "&redirect_uri=https://evil.test/");
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  it.each([
    ["another response type", { response_type: "token" }, "unsupported_response_type"],
    ["no response type", { response_type: undefined }, "unsupported_response_type"],
    ["no code challenge", { code_challenge: undefined }, "invalid_request"],
    ["plain PKCE", { code_challenge_method: "plain" }, "invalid_request"],
    ["no PKCE method, which means plain", { code_challenge_method: undefined }, "invalid_request"],
    ["a short code challenge", { code_challenge: "short" }, "invalid_request"],
    ["an unknown scope", { scope: "mail:read mail:unknown" }, "invalid_scope"],
    ["no scope", { scope: undefined }, "invalid_scope"],
    ["a relative resource", { resource: "/api" }, "invalid_target"],
    ["a resource with a fragment", { resource: "https://api.test/#x" }, "invalid_target"],
  ])("returns the client %s as an error", async (_, change, error) => {
    const query = await startFlow().returned(change);
    expect(query.get("error")).toBe(error);
    expect(query.get("state")).toBe(goodRequest["state"]);
    expect(query.get("iss")).toBe(issuer);
    expect(query.has("code")).toBe(false);
  });

  it("returns access_denied when the policy denies", async () => {
    const flow = startFlow();
    flow.provider.consent.set({ user: "alice", grant: "deny" });
    expect((await flow.returned()).get("error")).toBe("access_denied");
  });

  it("knows its users", () => {
    expect(() => startFlow().provider.consent.set({ user: "mallory", grant: "all" })).toThrow(RangeError);
  });
});

describe("the consent page", () => {
  /** The page in front of a person: no policy is set. */
  async function shown(headers: Record<string, string> = {}) {
    const flow = startFlow({ clients: [{ ...mail, client_id: "<b>gateway</b>" }] });
    flow.provider.consent.set(undefined);
    const answer = await flow.authorize({ client_id: "<b>gateway</b>" }, "", headers);
    const markup = await answer.text();
    const csrf = /name="csrf" value="(?<csrf>[^"]+)"/.exec(markup)?.groups?.["csrf"] ?? "";
    const setCookie = answer.headers.get("set-cookie") ?? "";
    const submit = (form: Record<string, string>, cookie = setCookie.split(";")[0] ?? "") =>
      flow.provider.handler(
        new Request(`${issuer}/authorize`, {
          method: "POST",
          body: new URLSearchParams({ csrf, user: "alice", scope: "mail:read", decision: "allow", ...form }),
          headers: { cookie },
        }),
      );
    return { flow, answer, markup, setCookie, submit };
  }

  it("names the client, the users and a ticked box per scope, all escaped", async () => {
    const { answer, markup } = await shown();
    expect(answer.status).toBe(200);
    expect(markup).toContain("&lt;b&gt;gateway");
    expect(markup).not.toContain("<b>gateway");
    expect(markup).toMatch(/type="radio" name="user" value="alice" checked/);
    expect(markup).toMatch(/type="radio" name="user" value="bob">/);
    expect(markup.match(/type="checkbox" name="scope" value="mail:(read|send)" checked/g)).toHaveLength(2);
    expect(markup).not.toContain("mail:delete");
  });

  it("is bound to its browser by a cookie that scripts cannot read", async () => {
    const { setCookie, submit } = await shown();
    expect(setCookie).toMatch(/Path=\/authorize; HttpOnly; SameSite=Lax; Secure$/);
    expect((await submit({}, "")).status).toBe(403);
    expect((await submit({}, "gateproof_provider_browser=another")).status).toBe(403);
    expect((await submit({})).status).toBe(303);
  });

  it("is answered once", async () => {
    const { submit } = await shown();
    expect((await submit({})).headers.get("location")).toContain("code=");
    expect((await submit({})).status).toBe(400);
  });

  it("grows too old", async () => {
    const { flow, submit } = await shown();
    flow.clock.advance(601);
    expect((await submit({})).status).toBe(400);
  });

  it("can be denied", async () => {
    const { submit } = await shown();
    expect((await submit({ decision: "deny" })).headers.get("location")).toContain("error=access_denied");
  });

  it.each([[{ csrf: "forged" }], [{ user: "mallory" }], [{ decision: "maybe" }]])("refuses %j", async (form) => {
    const { submit } = await shown();
    const answer = await submit(form);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });
});
