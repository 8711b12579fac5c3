import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answer, jwt, pair, startLab, text } from "./testing/lab.ts";

const code = ({ status, body }: Answer) => `${status} ${String(body["code"] ?? "")}`.trim();
const hostile = `<&>"' ]]> é 漢 😀 a=b&c=%41+;#\r\n\t\u0000 `;

describe("a call", () => {
  it.each([
    ["POST /oa/api/documents", "oa:write", "oa", /^text\/xml/],
    ["POST /crm/api/customers", "crm:write", "crm", /x-www-form-urlencoded/],
  ] as const)(
    "%s reaches its backend in the backend's own form, hostile texts unharmed",
    async (operation, scope, name, type) => {
      const lab = startLab();
      const { token } = await lab.connected([scope]);
      const sent = { title: hostile, "odd <name>[0]&=%": "kept", nested: { list: ["a", hostile], deep: { x: "y" } } };
      const answer = await lab.call(token, `${operation}?page=2`, sent);
      expect(answer).toMatchObject({ status: 200, body: { received: { page: "2", ...sent } } });
      const arrived = lab.backends[name].requests().at(-1);
      expect(arrived?.headers["content-type"]).toMatch(type);
      expect(arrived?.authenticated).toBe(true);
      expect(JSON.stringify(lab.backends[name].requests())).not.toContain(token);
      expect(Object.keys(arrived?.headers ?? {}).filter((field) => field.startsWith("x-ath-"))).toEqual([]);
      expect(JSON.stringify(lab.backends[name].requests())).not.toContain("backend-password");
    },
  );

  it("keeps every JSON value on its way through SOAP", async () => {
    const lab = startLab({ config: { limits: { calls_per_minute: 10_000 } } });
    const { token } = await lab.connected(["oa:write"]);
    const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false }).map((any) => JSON.parse(JSON.stringify(any)));
    await fc.assert(
      fc.asyncProperty(value, async (sent) => {
        const answer = await lab.call(token, "POST /oa/api/documents", { sent });
        expect(answer.body["received"]).toEqual({ sent });
      }),
      { numRuns: 200 },
    );
  });

  it("to finance is JSON both ways, under the gateway's API key", async () => {
    const lab = startLab();
    const { token } = await lab.connected(["finance:read"]);
    const answer = await lab.call(token, "GET /finance/api/invoices?q=a%26b");
    expect(answer.body).toMatchObject({ operation: "GET /api/invoices", received: { q: "a&b" } });
    expect(lab.backends.finance.requests()).toMatchObject([{ authenticated: true, headers: { "x-api-key": "***" } }]);
  });

  it.each([
    ["POST /oa/api/documents", "403 SCOPE_NOT_APPROVED"],
    ["DELETE /oa/api/documents", "403 SCOPE_NOT_APPROVED"],
    ["GET /crm/api/customers", "403 SCOPE_NOT_APPROVED"],
    ["GET /oa/api/documents/../../../crm/api/customers", "400 INVALID_PATH"],
    ["GET /oa/api/documents/%2e%2e/secret", "400 INVALID_PATH"],
    ["GET /oa/api/documents/..%2fsecret", "400 INVALID_PATH"],
    ["GET /oa/api/documents//x", "400 INVALID_PATH"],
    ["GET /oa/api/documents/%zz", "400 INVALID_PATH"],
    ["GET /__proto__/api", "404 NOT_FOUND"],
  ])("%s is refused to a token for oa:read", async (operation, expected) => {
    const lab = startLab();
    const { token } = await lab.connected(["oa:read"]);
    expect(code(await lab.call(token, operation))).toBe(expected);
    expect(Object.values(lab.backends).flatMap((backend) => backend.requests())).toEqual([]);
  });

  it("needs a token of this gateway that lives", async () => {
    const lab = startLab();
    const { token } = await lab.connected();
    const operation = "GET /oa/api/documents";
    const [header, payload = "", signature] = token.split(".");
    const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, "base64url").toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, scopes: ["oa:write"] })).toString("base64url");
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect((await lab.call(token, operation)).status).toBe(200);
    for (const wrong of [
      undefined,
      "token",
      jwt(claims, pair()),
      jwt({ ...claims, iss: "did:ath:gateway:other" }, pair()),
      `${header}.${changed}.${signature}`,
      `${none}.${payload}.`,
    ]) {
      expect(code(await lab.call(wrong, operation))).toBe("401 TOKEN_INVALID");
    }
    lab.clock.advance(601);
    expect(code(await lab.call(token, operation))).toBe("401 TOKEN_EXPIRED");
  });

  it("is over when the token or the user's authorization is taken back", async () => {
    const lab = startLab();
    const one = await lab.connected();
    expect(lab.gateway.revokeToken(one.token)).toBe(true);
    expect(code(await lab.call(one.token, "GET /oa/api/documents"))).toBe("401 TOKEN_REVOKED");
    const other = await lab.connected();
    lab.gateway.revokeUser("did:ath:user:alice", other.did);
    expect(code(await lab.call(other.token, "GET /oa/api/documents"))).toBe("401 TOKEN_REVOKED");
    lab.clock.advance(2);
    const again = await lab.connected(["oa:read"], { client_did: other.did }, other.key);
    expect((await lab.call(again.token, "GET /oa/api/documents")).status).toBe(200);
  });

  it("is logged with agent, user, backend, scopes and outcome, and no secret", async () => {
    const lab = startLab();
    const { token, did } = await lab.connected();
    await lab.call(token, "GET /oa/api/documents");
    await lab.call(token, "DELETE /oa/api/documents");
    const who = { agent: did, user: "did:ath:user:alice", backend: "oa", scopes: ["oa:read"] };
    expect(lab.gateway.audit().slice(-2)).toMatchObject([
      { event: "call_forwarded", outcome: "success", ...who },
      { event: "call_refused", outcome: "refused", ...who },
    ]);
    const log = JSON.stringify(lab.gateway.audit());
    for (const secret of [token, lab.credential({ did }).split(".")[0] ?? "", "backend-password"]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe("restrictions", () => {
  const restrictions = [
    { client_did: "did:ath:agent:ip-*", ip_whitelist: ["10.0.0.0/8", "2001:db8::/32"] },
    { client_did: "did:ath:agent:rate-*", rate_limit: "3/minute" },
    { client_did: "did:ath:agent:time-*", access_time: "9:00-18:00" },
  ];
  const at = (hour: number) => startOf(Date.UTC(2026, 0, 5, hour));
  const startOf = (time: number) => {
    const lab = startLab({ config: { policy: { restrictions } }, clock: fixed(time) });
    return lab;
  };
  const operation = "GET /oa/api/documents";

  it("by address are announced and kept", async () => {
    const lab = at(12);
    const { token, granted } = await lab.connected(["oa:read"], { client_did: "did:ath:agent:ip-1" });
    expect(granted.body).toMatchObject({ restrictions: { ip_whitelist: ["10.0.0.0/8", "2001:db8::/32"] } });
    const from = async (address: string) => (await lab.call(token, operation, undefined, { address })).status;
    expect(await from("127.0.0.1")).toBe(403);
    expect(await from("10.1.2.3")).toBe(200);
    expect(await from("::ffff:10.1.2.3")).toBe(200);
    expect(await from("2001:db8::7")).toBe(200);
    expect(await from("::1")).toBe(403);
  });

  it("by rate are announced and kept", async () => {
    const lab = at(12);
    const { token, granted } = await lab.connected(["oa:read"], { client_did: "did:ath:agent:rate-1" });
    expect(granted.body).toMatchObject({ restrictions: { rate_limit: "3/minute" } });
    const statuses = [];
    for (let calls = 0; calls < 4; calls += 1) statuses.push((await lab.call(token, operation)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    lab.clock.advance(61);
    expect((await lab.call(token, operation)).status).toBe(200);
  });

  it.each([
    [8, 403],
    [9, 200],
    [17, 200],
    [18, 403],
  ])("by time: a call at %d o'clock is answered %d", async (hour, status) => {
    const lab = at(hour);
    const { token } = await lab.connected(["oa:read"], { client_did: "did:ath:agent:time-1" });
    expect((await lab.call(token, operation)).status).toBe(status);
  });
});

describe("traffic", () => {
  it("is limited per agent, and says when to come again", async () => {
    const lab = startLab({ config: { limits: { calls_per_minute: 2 } } });
    const [busy, calm] = [await lab.connected(), await lab.connected()];
    const operation = "GET /oa/api/documents";
    await lab.call(busy.token, operation);
    await lab.call(busy.token, operation);
    const limited = await lab.call(busy.token, operation);
    expect(code(limited)).toBe("429 RATE_LIMITED");
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await lab.call(calm.token, operation)).status).toBe(200);
  });

  it("leaves a failing backend alone, tries once, and recovers", async () => {
    const lab = startLab({ config: { limits: { breaker: { failures: 2, open_s: 30 } } } });
    const { token } = await lab.connected(["oa:read", "crm:read"]);
    const call = async () => code(await lab.call(token, "GET /oa/api/documents"));
    const reached = () => lab.backends.oa.requests().length;
    lab.backends.oa.fail("error");
    expect([await call(), await call(), await call()]).toEqual([
      "502 BACKEND_FAILED",
      "502 BACKEND_FAILED",
      "503 BACKEND_UNAVAILABLE",
    ]);
    expect(reached()).toBe(2);
    expect((await lab.call(token, "GET /crm/api/customers")).status).toBe(200);
    lab.clock.advance(31);
    // Half open: one call tries, the others wait for what it finds.
    expect((await Promise.all([call(), call()])).sort()).toEqual(["502 BACKEND_FAILED", "503 BACKEND_UNAVAILABLE"]);
    expect(await call()).toBe("503 BACKEND_UNAVAILABLE");
    expect(reached()).toBe(3);
    lab.backends.oa.fail(undefined);
    lab.clock.advance(31);
    expect([await call(), await call()]).toEqual(["200", "200"]);
  });

  it("logs in again when the session at the CRM has ended", async () => {
    const lab = startLab();
    const { token } = await lab.connected(["crm:read"]);
    const operation = "GET /crm/api/customers";
    expect((await lab.call(token, operation)).status).toBe(200);
    lab.backends.crm.clear();
    expect((await lab.call(token, operation)).status).toBe(200);
    expect(lab.backends.crm.requests().map(({ path }) => path)).toEqual(["/api/customers", "/login", "/api/customers"]);
  });
});

/** A clock that stands still until it is moved. */
function fixed(time: number) {
  let now = time;
  return {
    now: () => now,
    after: () => () => {},
    advance(seconds: number) {
      now += seconds * 1000;
    },
    reset() {
      now = time;
    },
  };
}

it("tells no more of a token than the control API needs", async () => {
  const lab = startLab();
  const { completed } = await lab.connected();
  expect(JSON.stringify(lab.gateway.tokens())).not.toContain(text(completed, "access_token"));
});
