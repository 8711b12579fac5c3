import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMessage } from "../../schemas/index.ts";
import { type Answer, type Jar, type Lab, redirectUri, scopes, startLab, type TestAgent, text } from "./testing/lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({
    policy: { pending_developers: ["dev-pending"], denied_developers: ["dev-denied"], denied_scopes: ["mail:delete"] },
  });
});
afterAll(() => lab.close());

const code = ({ status, body }: Answer) => `${status} ${String(body["code"] ?? "")}`.trim();
const secrets = ({ clientId, clientSecret }: TestAgent) => ({ client_id: clientId, client_secret: clientSecret });

describe("registration", () => {
  it.each([
    ["agent_id", { agent_id: undefined }],
    ["attestation", { agent_attestation: undefined }],
    ["developer", { developer: undefined }],
    ["requested_providers", { requested_providers: undefined }],
    ["any provider", { requested_providers: [] }],
    ["a list of providers", { requested_providers: "mail" }],
    ["an agent_id that is text", { agent_id: 7 }],
    ["an agent_id that is a URI", { agent_id: "not a uri" }],
    ["a developer that is an object", { developer: "x" }],
  ])("without %s is refused and leaves nothing behind", async (_, change) => {
    const agent = lab.agent();
    const answer = await lab.register(agent, change);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(isMessage("ATHError", answer.body)).toBe(true);
    expect((await lab.register(agent)).status).toBe(201);
  });

  it("answers each provider once, by what the policy allows", async () => {
    const { body } = await lab.register(lab.agent(), {
      requested_providers: [
        { provider_id: "mail", scopes: ["mail:read", "mail:delete", "no:such"] },
        { provider_id: "mail", scopes: ["mail:read", "mail:send"] },
        { provider_id: "__proto__", scopes: ["constructor"] },
      ],
    });
    expect(body).toMatchObject({
      agent_status: "approved",
      approved_providers: [
        { provider_id: "mail", approved_scopes: ["mail:read", "mail:send"], denied_scopes: ["mail:delete", "no:such"] },
        { provider_id: "__proto__", approved_scopes: [], denied_scopes: ["constructor"] },
      ],
    });
    const nothing = await lab.register(lab.agent(), { requested_providers: [{ provider_id: "nope", scopes: ["a"] }] });
    expect(nothing.body).toMatchObject({ agent_status: "denied" });
  });

  it("of a known agent_id answers 409 and discloses nothing", async () => {
    const agent = await lab.registered();
    const again = await lab.register(agent);
    expect(code(again)).toBe("409 AGENT_ALREADY_REGISTERED");
    expect(JSON.stringify(again.body)).not.toContain(agent.clientId);
  });

  it.each(["dev-pending", "dev-denied"])("by %s gives an agent that may not authorize", async (id) => {
    const agent = await lab.registered({ developer: { name: "Dev", id } });
    expect(code(await lab.authorize(agent))).toBe("403 AGENT_UNAPPROVED");
  });
});

describe("authorization", () => {
  const bad: [string, Record<string, unknown>, string][] = [
    ["an unknown client", { client_id: "nobody" }, "403 AGENT_NOT_REGISTERED"],
    ["a client called __proto__", { client_id: "__proto__" }, "403 AGENT_NOT_REGISTERED"],
    ["no attestation", { agent_attestation: undefined }, "401 INVALID_ATTESTATION"],
    ["an unapproved provider", { provider_id: "files" }, "403 PROVIDER_NOT_APPROVED"],
    ["an unknown provider", { provider_id: "toString" }, "403 PROVIDER_NOT_APPROVED"],
    ["an unapproved scope", { scopes: ["mail:read", "mail:delete"] }, "403 SCOPE_NOT_APPROVED"],
    ["no scope", { scopes: [] }, "403 SCOPE_NOT_APPROVED"],
    ["no state", { state: undefined }, "400 STATE_MISMATCH"],
    ["another host", { user_redirect_uri: redirectUri.replace("127.0.0.1", "localhost") }, "400 STATE_MISMATCH"],
    ["an extra path", { user_redirect_uri: redirectUri.replace("?", "/x?") }, "400 STATE_MISMATCH"],
    ["an extra query", { user_redirect_uri: `${redirectUri}&x=1` }, "400 STATE_MISMATCH"],
    ["another port", { user_redirect_uri: redirectUri.replace(":9", ":10") }, "400 STATE_MISMATCH"],
    ["another case", { user_redirect_uri: redirectUri.replace("agent", "Agent") }, "400 STATE_MISMATCH"],
    ["dot segments", { user_redirect_uri: redirectUri.replace("/agent", "/x/../agent") }, "400 STATE_MISMATCH"],
    ["a prefix", { user_redirect_uri: redirectUri.slice(0, -1) }, "400 STATE_MISMATCH"],
  ];
  it.each(bad)("with %s is refused, without a session", async (_, change, expected) => {
    const agent = await lab.registered();
    const before = lab.gateway.sizes().sessions;
    const answer = await lab.authorize(agent, change);
    expect(code(answer)).toBe(expected);
    expect(lab.gateway.sizes().sessions).toBe(before);
    expect((await lab.authorize(agent)).status).toBe(200);
  });

  it.each([[undefined], [[]]])("with a redirect URI when %s were registered is refused", async (redirect_uris) => {
    const agent = await lab.registered({ redirect_uris });
    expect(code(await lab.authorize(agent))).toBe("400 STATE_MISMATCH");
  });

  it("makes a fresh challenge for each session", async () => {
    const agent = await lab.registered();
    const challenges = new Set<string | null>();
    for (let session = 0; session < 3; session += 1) {
      const { body } = await lab.authorize(agent);
      const { visited } = await lab.browse(text(body, "authorization_url"));
      challenges.add(new URL(visited[1] ?? "").searchParams.get("code_challenge"));
    }
    expect(challenges.size).toBe(3);
  });
});

describe("the callback", () => {
  /** A consent that waits for its callback: the URL the provider sent the browser to. */
  async function waiting() {
    const agent = await lab.registered();
    const { body } = await lab.authorize(agent);
    const jar: Jar = new Map();
    const { url } = await lab.browse(text(body, "authorization_url"), jar, `${lab.url}/ath/callback`);
    return { agent, jar, url, sessionId: text(body, "ath_session_id") };
  }

  it("refuses an unknown, missing or used state, and completes nothing", async () => {
    const { agent, jar, url, sessionId } = await waiting();
    const unknown = new URL(url);
    unknown.searchParams.set("state", "guessed");
    const missing = new URL(url);
    missing.searchParams.delete("state");
    for (const { href } of [unknown, missing]) expect((await lab.browse(href, jar)).response.status).toBe(400);
    expect(code(await lab.exchange(agent, sessionId))).toBe("400 STATE_MISMATCH");
    expect((await lab.browse(url, jar)).url).toContain(redirectUri);
    expect((await lab.browse(url, jar)).response.status).toBe(400);
    expect((await lab.exchange(agent, sessionId)).status).toBe(200);
  });

  it("refuses another browser, also one with a session of its own", async () => {
    const first = await waiting();
    const second = await waiting();
    expect((await lab.browse(first.url)).response.status).toBe(400);
    expect((await lab.browse(first.url, second.jar)).response.status).toBe(400);
    expect(code(await lab.exchange(first.agent, first.sessionId))).toBe("400 STATE_MISMATCH");
  });

  it("binds the browser by a cookie that scripts cannot read", async () => {
    const agent = await lab.registered();
    const { body } = await lab.authorize(agent);
    const response = await fetch(text(body, "authorization_url"), { redirect: "manual" });
    expect(response.headers.getSetCookie()).toEqual([expect.stringMatching(/; Path=\/ath; .*HttpOnly; SameSite=Lax$/)]);
  });

  it("ends the session when the user denies, for good", async () => {
    const agent = await lab.registered();
    const { body } = await lab.authorize(agent);
    const jar: Jar = new Map();
    lab.provider.consent.set({ user: "alice", grant: "deny" });
    const { url, visited } = await lab.browse(text(body, "authorization_url"), jar);
    lab.provider.consent.set({ user: "alice", grant: "all" });
    expect(new URL(url).searchParams.get("error")).toBe("access_denied");
    expect(new URL(url).searchParams.get("state")).toBe("state +/=&%25 ü");
    const forged = new URL(visited.find((at) => at.includes("/ath/callback")) ?? "");
    forged.searchParams.delete("error");
    forged.searchParams.set("code", "real");
    expect((await lab.browse(forged.href, jar)).response.status).toBe(400);
    expect(code(await lab.exchange(agent, text(body, "ath_session_id")))).toBe("403 USER_DENIED");
  });

  it("expires after ten minutes", async () => {
    const { agent, jar, url, sessionId } = await waiting();
    lab.clock.advance(601);
    expect((await lab.browse(url, jar)).response.status).toBe(400);
    expect(code(await lab.exchange(agent, sessionId))).toBe("400 SESSION_EXPIRED");
  });

  it("says OAUTH_ERROR when the provider issues no token, and not what the provider said", async () => {
    const { agent, jar, url, sessionId } = await waiting();
    const broken = new URL(url);
    broken.searchParams.set("code", "no-such-code");
    expect(new URL((await lab.browse(broken.href, jar)).url).searchParams.get("error")).toBe("server_error");
    expect(code(await lab.exchange(agent, sessionId))).toBe("502 OAUTH_ERROR");
  });
});

describe("the token endpoint", () => {
  async function completed(agent: TestAgent) {
    const { body } = await lab.authorize(agent);
    const { url } = await lab.browse(text(body, "authorization_url"));
    return { sessionId: text(body, "ath_session_id"), code: new URL(url).searchParams.get("code") };
  }

  const bad: [string, (agent: TestAgent, other: TestAgent) => Record<string, unknown>, string][] = [
    ["no attestation", () => ({ agent_attestation: undefined }), "401 INVALID_ATTESTATION"],
    ["the base URL as audience", (agent) => ({ agent_attestation: lab.attest(agent) }), "401 INVALID_ATTESTATION"],
    [
      "another agent's attestation",
      (_, other) => ({ agent_attestation: lab.attest(other, { aud: `${lab.url}/ath/token` }) }),
      "403 AGENT_IDENTITY_MISMATCH",
    ],
    ["a wrong secret", () => ({ client_secret: "wrong" }), "403 AGENT_IDENTITY_MISMATCH"],
    ["no secret", () => ({ client_secret: undefined }), "403 AGENT_IDENTITY_MISMATCH"],
    ["a secret that is no text", () => ({ client_secret: { toString: 1 } }), "400 STATE_MISMATCH"],
    ["another agent's secret", (_, other) => ({ client_secret: other.clientSecret }), "403 AGENT_IDENTITY_MISMATCH"],
    ["another agent's credentials", (_, other) => secrets(other), "403 AGENT_IDENTITY_MISMATCH"],
    ["an unknown session", () => ({ ath_session_id: "__proto__" }), "400 SESSION_NOT_FOUND"],
    ["no session", () => ({ ath_session_id: undefined }), "400 SESSION_NOT_FOUND"],
    ["another grant", () => ({ grant_type: "client_credentials" }), "400 STATE_MISMATCH"],
    ["no grant_type", () => ({ grant_type: undefined }), "400 STATE_MISMATCH"],
    ["no code", () => ({ code: undefined }), "400 STATE_MISMATCH"],
  ];
  it.each(bad)("refuses %s, and the session lives on", async (_, change, expected) => {
    const [agent, other] = [await lab.registered(), await lab.registered()];
    const { sessionId } = await completed(agent);
    expect(code(await lab.exchange(agent, sessionId, change(agent, other)))).toBe(expected);
    expect((await lab.exchange(agent, sessionId)).status).toBe(200);
  });

  it("refuses a foreign session, and a code of another session even after its use", async () => {
    const [agent, other] = [await lab.registered(), await lab.registered()];
    const first = await completed(agent);
    const second = await completed(agent);
    expect(code(await lab.exchange(other, first.sessionId))).toBe("400 SESSION_NOT_FOUND");
    expect(code(await lab.exchange(agent, second.sessionId, { code: first.code }))).toBe("400 STATE_MISMATCH");
    expect((await lab.exchange(agent, first.sessionId, { code: first.code })).status).toBe(200);
    expect(code(await lab.exchange(agent, second.sessionId, { code: first.code }))).toBe("400 STATE_MISMATCH");
  });

  it("takes a session once, also when two exchanges come at once", async () => {
    const agent = await lab.registered();
    const { sessionId } = await completed(agent);
    const both = await Promise.all([lab.exchange(agent, sessionId), lab.exchange(agent, sessionId)]);
    expect(both.map(code).sort()).toEqual(["200", "400 SESSION_NOT_FOUND"]);
    expect(code(await lab.exchange(agent, sessionId))).toBe("400 SESSION_NOT_FOUND");
  });

  it("refuses an exchange before consent, and one that nothing was consented to for", async () => {
    const agent = await lab.registered();
    const { body } = await lab.authorize(agent);
    expect(code(await lab.exchange(agent, text(body, "ath_session_id")))).toBe("400 STATE_MISMATCH");
    lab.provider.consent.set({ user: "alice", grant: ["mail:delete"] });
    await lab.browse(text(body, "authorization_url"));
    lab.provider.consent.set({ user: "alice", grant: "all" });
    const nothing = await lab.exchange(agent, text(body, "ath_session_id"));
    expect(nothing.status).toBeGreaterThanOrEqual(400);
    expect(nothing.body).not.toHaveProperty("access_token");
  });
});

describe("revocation", () => {
  it("needs the client's credentials, ends own tokens only, and takes an unknown token for revoked", async () => {
    const [agent, other] = [await lab.registered(), await lab.registered()];
    const token = await lab.token(agent);
    const refusals = [{}, { ...secrets(agent), client_secret: "wrong" }, { client_id: agent.clientId }];
    for (const credentials of refusals) {
      expect(code(await lab.post("/ath/revoke", { token, ...credentials }))).toBe("403 AGENT_IDENTITY_MISMATCH");
    }
    await lab.post("/ath/revoke", { token, ...secrets(other) });
    expect((await lab.call(agent, token)).status).toBe(200);
    expect((await lab.post("/ath/revoke", { token: "unknown", ...secrets(agent) })).status).toBe(200);
    const basic = Buffer.from(`${agent.clientId}:${agent.clientSecret}`).toString("base64");
    expect((await lab.post("/ath/revoke", { token }, { authorization: `Basic ${basic}` })).status).toBe(200);
    expect((await lab.call(agent, token)).status).toBe(401);
  });
});

describe("hostile input", () => {
  const endpoints = ["/ath/agents/register", "/ath/authorize", "/ath/token", "/ath/revoke"];
  const deep = "[".repeat(20_000);
  const bodies: [string, string][] = [
    ["malformed JSON", '{"a":'],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["text", '"x"'],
    ["a number", "1"],
    ["deep nesting", deep],
    ["deep nesting in a member", `{"x":${deep}${"]".repeat(20_000)}}`],
    ["invalid UTF-8", `{"a":"${String.fromCharCode(0xd800)}"}`],
    ["names of the prototype", '{"__proto__":{"client_id":"x"},"constructor":1,"client_id":"toString"}'],
  ];
  for (const endpoint of endpoints) {
    it.each(bodies)(`${endpoint} refuses %s`, async (_, body) => {
      const answer = await lab.post(endpoint, body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(isMessage("ATHError", answer.body)).toBe(true);
    });

    it(`${endpoint} refuses a body of 6 MiB, a form, and other methods`, async () => {
      const huge = await lab.post(endpoint, `{"x":"${"x".repeat(6 * 1024 * 1024)}"}`);
      expect(code(huge)).toBe("400 STATE_MISMATCH");
      const form = await lab.post(endpoint, "a=b", { "content-type": "application/x-www-form-urlencoded" });
      expect(code(form)).toBe("400 STATE_MISMATCH");
      const response = await fetch(lab.url + endpoint, { method: "DELETE" });
      expect([response.status, response.headers.get("allow") !== null]).toContain(405);
    });
  }

  it("answers unknown routes with an ATHError", async () => {
    const response = await fetch(`${lab.url}/nothing`);
    expect(response.status).toBe(404);
    expect(isMessage("ATHError", await response.json())).toBe(true);
  });
});

describe("the rate limit", () => {
  it("stops one agent, not the others, and says for how long", async () => {
    const narrow = await startLab({ limits: { requests_per_minute: 5 } });
    try {
      const [agent, other] = [await narrow.registered(), await narrow.registered()];
      const answers: Answer[] = [];
      for (let request = 0; request < 6; request += 1) answers.push(await narrow.authorize(agent));
      const last = answers.at(-1);
      expect(last?.status).toBe(429);
      expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await narrow.authorize(other)).status).toBe(200);
      narrow.clock.advance(61);
      expect((await narrow.authorize(agent)).status).toBe(200);
    } finally {
      await narrow.close();
    }
  });
});

it("hands out credentials that differ", async () => {
  const agents = await Promise.all(
    [1, 2, 3, 4].map(() => lab.registered({ requested_providers: [{ provider_id: "mail", scopes }] })),
  );
  expect(new Set(agents.flatMap(({ clientId, clientSecret }) => [clientId, clientSecret])).size).toBe(8);
  for (const { clientSecret } of agents) expect(clientSecret.length).toBeGreaterThanOrEqual(43);
});
