import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningServer, serve } from "../core/node-server.ts";
import { createUpstream, patternBytes } from "./upstream.ts";

const upstream = createUpstream({
  tokens: (token) => (token === "good-token" ? { sub: "alice", scopes: ["mail:read"] } : undefined),
  bodyMaxBytes: 1_000_000,
});
let server: RunningServer;
beforeAll(async () => {
  server = await serve(upstream.handler);
});
afterAll(() => server.close());
beforeEach(() => upstream.clear());

const authorization = "Bearer good-token";

function call(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}${path}`, {
    redirect: "manual",
    ...init,
    headers: { authorization, ...Object.fromEntries(new Headers(init.headers)) },
  });
}

describe("upstream", () => {
  it("describes the request, without the caller's secrets", async () => {
    const answer = await call("/api/v1/messages?a=1&a=2&code=secret", {
      method: "POST",
      body: "hello",
      headers: { "x-thing": "one", cookie: "session=secret", "content-type": "text/plain" },
    });
    expect(answer.headers.get("x-upstream")).toBe("gateproof");
    const text = await answer.clone().text();
    expect(await answer.json()).toMatchObject({
      method: "POST",
      path: "/v1/messages",
      target: "/api/v1/messages?a=1&a=2&code=secret",
      query: "a=1&a=2&code=secret",
      headers: { "x-thing": "one", authorization: "Bearer ***", cookie: "***" },
      body: { bytes: 5, sha256: createHash("sha256").update("hello").digest("hex") },
      sub: "alice",
      scopes: ["mail:read"],
    });
    expect(text).not.toContain("good-token");
    expect(upstream.requests()).toMatchObject([
      { target: "/api/v1/messages?a=1&a=2&code=***", caller: { sub: "alice" } },
    ]);
    expect(JSON.stringify(upstream.requests())).not.toMatch(/good-token|=secret/);
  });

  it.each([
    ["no token", {}],
    ["an unknown token", { authorization: "Bearer bad-token" }],
    ["another scheme", { authorization: "Basic good-token" }],
    ["a malformed token", { authorization: "Bearer good-token x" }],
  ])("refuses %s with 401, and remembers that it came", async (_, headers: Record<string, string>) => {
    const answer = await fetch(`${server.url}/api/v1/messages`, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
    expect(await answer.json()).toMatchObject({ code: "INVALID_TOKEN" });
    expect(upstream.requests()).toMatchObject([{ method: "GET", target: "/api/v1/messages" }]);
    expect(upstream.requests()[0]?.caller).toBeUndefined();
    expect(JSON.stringify(upstream.requests())).not.toMatch(/(good|bad)-token/);
  });

  it.each([[0], [1], [65_536], [65_537], [1_000_003]])("gives %i pattern bytes", async (count) => {
    const answer = await call(`/api/bytes/${count}`);
    expect(answer.headers.get("content-length")).toBe(String(count));
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(patternBytes(count))).toBe(true);
  });

  it("has a pattern that shows shifts and re-encodings", () => {
    const bytes = patternBytes(65_536);
    expect(new Set(bytes).size).toBe(256);
    expect([bytes[0], bytes[1], bytes[256], bytes[257], bytes[65_535]]).toEqual([0, 1, 1, 0, 0]);
  });

  it.each([[200], [201], [204], [205], [302], [304], [404], [418], [500], [599]])("gives status %i", async (status) => {
    const answer = await call(`/api/status/${status}`);
    expect(answer.status).toBe(status);
    const location = status === 302 ? `${server.url}/api/v1/messages` : undefined;
    if (location !== undefined) expect(answer.headers.get("location")).toBe(location);
  });

  it.each([[100], [600]])("does not serve status %i", async (status) => {
    expect((await call(`/api/status/${status}`)).status).toBe(400);
  });

  it("echoes body and content type as they came", async () => {
    const body = patternBytes(100_000);
    const answer = await call("/api/echo", { method: "PUT", body, headers: { "content-type": "image/x-strange" } });
    expect(answer.headers.get("content-type")).toBe("image/x-strange");
    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
  });

  it("refuses bodies beyond its limit, and paths outside of its base", async () => {
    const large = await call("/api/echo", { method: "POST", body: new Uint8Array(1_000_001) });
    expect(large.status).toBe(413);
    expect((await call("/apiary")).status).toBe(404);
    expect((await call("/")).status).toBe(404);
  });

  it("remembers the latest 500 requests", async () => {
    for (let index = 0; index < 1_100; index += 1) {
      await upstream.handler(new Request(`http://127.0.0.1/api/${index}`));
    }
    const targets = upstream.requests().map(({ target }) => target);
    expect(targets).toHaveLength(500);
    expect(targets.at(0)).toBe("/api/600");
    expect(targets.at(-1)).toBe("/api/1099");
  });
});
