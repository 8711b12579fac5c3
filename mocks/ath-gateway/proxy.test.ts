import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { serve } from "../core/node-server.ts";
import { rawExchange } from "../core/testing/raw-exchange.ts";
import { patternBytes } from "../upstream/upstream.ts";
import { type Lab, startLab, type TestAgent } from "./testing/lab.ts";

let lab: Lab;
let agent: TestAgent;
let token: string;
beforeAll(async () => {
  lab = await startLab();
  agent = await lab.registered();
  token = await lab.token(agent);
});
afterAll(() => lab.close());

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json();
  return `${response.status} ${typeof body === "object" && body !== null && "code" in body ? String(body.code) : ""}`;
}

describe("a call without right", () => {
  it.each([
    ["no token", { authorization: "" }, "401 TOKEN_INVALID"],
    ["a malformed token", { authorization: "Bearer a b" }, "401 TOKEN_INVALID"],
    ["an unknown token", { authorization: "Bearer ath_unknown" }, "401 TOKEN_INVALID"],
    ["no agent id", { "x-ath-agent-id": "" }, "403 AGENT_IDENTITY_MISMATCH"],
    ["another agent id", { "x-ath-agent-id": "https://other.example" }, "403 AGENT_IDENTITY_MISMATCH"],
  ])("with %s never reaches the provider", async (_, headers, expected) => {
    const before = lab.upstream.requests().length;
    expect(await codeOf(await lab.call(agent, token, "/mail/v1/messages", { headers }))).toBe(expected);
    expect(lab.upstream.requests().length).toBe(before);
  });

  it.each([
    ["another provider", "/files/v1/messages", "403 PROVIDER_MISMATCH"],
    ["an unknown provider", "/nope/v1/messages", "403 PROVIDER_MISMATCH"],
    ["an unmapped path", "/mail/v1/everything", "403 SCOPE_NOT_APPROVED"],
    ["no path", "/mail", "403 SCOPE_NOT_APPROVED"],
  ])("to %s is refused", async (_, path, expected) => {
    expect(await codeOf(await lab.call(agent, token, path))).toBe(expected);
  });

  it("outside the granted scopes is refused, also after a wider token was issued", async () => {
    const narrow = await lab.token(agent, { scopes: ["mail:read"] });
    await lab.token(agent);
    const init = { method: "POST", body: "{}" };
    expect(await codeOf(await lab.call(agent, narrow, "/mail/v1/messages", init))).toBe("403 SCOPE_NOT_APPROVED");
    expect((await lab.call(agent, narrow)).status).toBe(200);
  });

  it("with an expired token is refused", async () => {
    const short = await startLab({ limits: { token_seconds: 60 } });
    try {
      const known = await short.registered();
      const old = await short.token(known);
      expect((await short.call(known, old)).status).toBe(200);
      short.clock.advance(61);
      expect(await codeOf(await short.call(known, old))).toBe("401 TOKEN_EXPIRED");
    } finally {
      await short.close();
    }
  });

  it.each([
    "/v1/messages/../../../outside",
    "/v1/messages/%2e%2e/%2e%2e/%2e%2e/outside",
    "/v1/messages/.%2E/outside",
    "/v1/messages/..%2f..%2f..%2foutside",
    "/v1/messages/..%5c..%5c..%5coutside",
    "/v1/messages/..\\..\\outside",
    "/v1/messages/..;x=1/outside",
    "/v1/messages/%00",
    "/v1/messages/%zz",
    "//127.0.0.1:1/v1/messages",
    "/http://127.0.0.1:1/v1/messages",
    "/@127.0.0.1:1/v1/messages",
    "/v1//messages",
    "/files/../v1/everything",
  ])("to %s stays outside of nothing", async (path) => {
    const before = lab.upstream.requests().length;
    const answer = await lab.raw(agent, token, `/ath/proxy/mail${path}`);
    expect(`${answer.status} ${String(answer.body["code"])}`).toBe("403 SCOPE_NOT_APPROVED");
    expect(lab.upstream.requests().length).toBe(before);
  });

  it.each(["@127.0.0.1:1/v1/messages", "http://127.0.0.1:1/v1/messages"])("to mail%s is refused", async (rest) => {
    const answer = await lab.raw(agent, token, `/ath/proxy/mail${rest}`);
    expect(answer.status).toBe(403);
  });
});

describe("a call passes", () => {
  it("with method, path and query as they came", async () => {
    const response = await lab.call(agent, token, "/mail/v1/messages/a%20b%25?x=1&x=2&e=%2F");
    expect(await response.json()).toMatchObject({ method: "GET", target: "/api/v1/messages/a%20b%25?x=1&x=2&e=%2F" });
    const head = await lab.call(agent, token, "/mail/v1/messages", { method: "HEAD" });
    expect(head.status).toBe(200);
    expect(lab.upstream.requests().at(-1)?.method).toBe("HEAD");
  });

  it.each([
    ["small", 300],
    ["large", 2 * 1024 * 1024],
  ])("with a %s binary body, both ways", async (_, size) => {
    const sent = patternBytes(size);
    const response = await lab.call(agent, token, "/mail/echo", {
      method: "PUT",
      body: sent,
      headers: { "content-type": "application/x-thing" },
    });
    expect(response.headers.get("content-type")).toBe("application/x-thing");
    expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), sent)).toBe(0);
  });

  it("with the provider's status, and nothing for nothing", async () => {
    for (const status of [201, 204, 304, 404, 418, 500]) {
      const response = await lab.call(agent, token, `/mail/status/${status}`);
      expect(response.status).toBe(status);
      expect(response.headers.get("x-upstream")).toBe("gateproof");
      if (status === 204 || status === 304) expect(await response.text()).toBe("");
    }
  });

  it("with a redirect as it is", async () => {
    const before = lab.upstream.requests().length;
    const response = await lab.call(agent, token, "/mail/status/302");
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toContain("/api/v1/messages");
    expect(lab.upstream.requests().length).toBe(before + 1);
  });

  it("without what is between agent and gateway, with the provider's token", async () => {
    let seen: Headers | undefined;
    const answer = { "set-cookie": "a=b", connection: "x-hop", "x-hop": "1", "x-kept": "1" };
    const api = await serve(async (request) => {
      seen = request.headers;
      return new Response("ok", { headers: answer });
    });
    const inner = await startLab({}, { base: api.url });
    try {
      const known = await inner.registered();
      const mine = await inner.token(known);
      const { hostname, port } = new URL(inner.url);
      const response = await rawExchange(
        inner.url,
        [
          "GET /ath/proxy/mail/v1/messages HTTP/1.1",
          `Host: ${hostname}:${port}`,
          "Connection: close, X-Named",
          `Authorization: Bearer ${mine}`,
          `X-ATH-Agent-ID: ${known.id}`,
          ...[
            "X-Named: 1",
            "TE: trailers",
            "Proxy-Authorization: Basic x",
            "Keep-Alive: 5",
            "Cookie: a=b",
            "X-Kept: 1",
          ],
          "\r\n",
        ].join("\r\n"),
      );
      const names = [...(seen?.keys() ?? [])];
      for (const gone of ["x-ath-agent-id", "x-named", "te", "proxy-authorization", "keep-alive", "cookie"]) {
        expect(names).not.toContain(gone);
      }
      expect(seen?.get("x-kept")).toBe("1");
      expect(seen?.get("host")).toBe(new URL(api.url).host);
      expect(inner.provider.introspect(seen?.get("authorization")?.replace("Bearer ", "") ?? "")).toBeDefined();
      expect(response.toLowerCase()).toContain("x-kept: 1");
      expect(response.toLowerCase()).not.toContain("set-cookie");
      expect(response.toLowerCase()).not.toContain("x-hop");
    } finally {
      await inner.close();
      await api.close();
    }
  });

  it("with its own user's token", async () => {
    lab.provider.consent.set({ user: "bob", grant: "all" });
    const bobs = await lab.token(agent);
    lab.provider.consent.set({ user: "alice", grant: "all" });
    expect(await (await lab.call(agent, bobs)).json()).toMatchObject({ sub: "bob" });
    expect(await (await lab.call(agent, token)).json()).toMatchObject({ sub: "alice" });
  });
});

describe("the provider's token", () => {
  it("is refreshed when it has expired, once for calls at the same time", async () => {
    const short = await startLab({}, { accessSeconds: 5 });
    try {
      const known = await short.registered();
      const mine = await short.token(known);
      short.clock.advance(10);
      const answers = await Promise.all([short.call(known, mine), short.call(known, mine), short.call(known, mine)]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      const refreshes = short.provider.requests.entries().filter(({ path }) => path.startsWith("/token"));
      expect(refreshes.length).toBe(2);
    } finally {
      await short.close();
    }
  });

  it("is refreshed when the provider ended it early, and its failure is a clear OAUTH_ERROR", async () => {
    const inner = await startLab();
    try {
      const known = await inner.registered();
      const mine = await inner.token(known);
      const early = inner.provider.tokens().length;
      expect(early).toBeGreaterThan(0);
      inner.provider.reset();
      inner.provider.consent.set({ user: "alice", grant: "all" });
      const refused = await inner.call(known, mine);
      const body: unknown = await refused.json();
      expect(refused.status).toBe(502);
      expect(body).toMatchObject({ code: "OAUTH_ERROR" });
      expect(JSON.stringify(body)).not.toContain("gateway secret");
    } finally {
      await inner.close();
    }
  });
});

describe("a provider that fails", () => {
  it("gives OAUTH_ERROR, is left alone after five failures, and is tried again", async () => {
    let works = false;
    let heard = () => {};
    const api = await serve(() => {
      heard();
      return works ? Promise.resolve(new Response("ok")) : new Promise(() => {});
    });
    const limits = { upstream_timeout_ms: 60_000, breaker_failures: 3 };
    const inner = await startLab({ limits }, { base: api.url });
    try {
      const known = await inner.registered();
      // The provider's own endpoints answer at once; only its API hangs.
      const mine = await inner.token(known);
      // The gateway's timers; sockets have their own.
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      onTestFinished(() => void vi.useRealTimers());
      for (let failure = 0; failure < 3; failure += 1) {
        const hanging = new Promise<void>((resolve) => {
          heard = resolve;
        });
        const call = inner.call(known, mine);
        await hanging;
        vi.advanceTimersByTime(limits.upstream_timeout_ms);
        expect(await codeOf(await call)).toBe("502 OAUTH_ERROR");
      }
      const open = await inner.call(known, mine);
      expect(Number(open.headers.get("retry-after"))).toBeGreaterThan(0);
      works = true;
      expect((await inner.call(known, mine)).status).toBe(502);
      inner.clock.advance(31);
      expect((await inner.call(known, mine)).status).toBe(200);
      expect((await inner.call(known, mine)).status).toBe(200);
    } finally {
      await inner.close();
      await api.close();
    }
  });

  it("gives OAUTH_ERROR when nobody listens", async () => {
    const inner = await startLab({}, { base: "http://127.0.0.1:1" });
    try {
      const known = await inner.registered();
      expect(await codeOf(await inner.call(known, await inner.token(known)))).toBe("502 OAUTH_ERROR");
    } finally {
      await inner.close();
    }
  });

  it("cuts the answer when the provider's breaks off, so that nobody takes it for whole", async () => {
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(new Uint8Array(70_000));
          controller.error(new Error("broken"));
        },
      });
    const api = await serve(async () => new Response(body()));
    const inner = await startLab({}, { base: api.url });
    try {
      const known = await inner.registered();
      const mine = await inner.token(known);
      const read = async () => (await inner.call(known, mine)).arrayBuffer();
      await expect(read()).rejects.toThrow();
    } finally {
      await inner.close();
      await api.close();
    }
  });
});
