import { describe, expect, it } from "vitest";
import { shiftableClock } from "../core/clock.ts";
import { UnknownFaultError } from "../core/rules.ts";
import { createOAuthProvider } from "./provider.ts";
import { mail, startFlow } from "./testing/provider-flow.ts";

function get(provider: ReturnType<typeof createOAuthProvider>, url: string, method = "GET"): Promise<Response> {
  return provider.handler(new Request(url, { method }));
}

describe("createOAuthProvider", () => {
  it("publishes its metadata before the issuer's path, and answers below it", async () => {
    const issuer = "https://host.test/tenant";
    const provider = createOAuthProvider({ issuer, clock: shiftableClock(), clients: [mail], scopes: ["mail:read"] });
    const metadata = await get(provider, "https://host.test/.well-known/oauth-authorization-server/tenant");
    expect(await metadata.json()).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/token`,
      scopes_supported: ["mail:read"],
      code_challenge_methods_supported: ["S256"],
    });
    expect((await get(provider, `${issuer}/authorize`)).status).toBe(400);
    expect((await get(provider, "https://host.test/authorize")).status).toBe(404);
    expect((await get(provider, "https://host.test/tenantx/authorize")).status).toBe(404);
  });

  it("answers unknown paths and methods with JSON", async () => {
    const { provider } = startFlow();
    expect((await get(provider, "https://provider.test/nowhere")).status).toBe(404);
    const wrong = await get(provider, "https://provider.test/token");
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get("allow")).toBe("POST");
    expect(await wrong.json()).toMatchObject({ error: "invalid_request" });
  });

  it("catches its own failures", async () => {
    const provider = createOAuthProvider({
      issuer: () => {
        throw new Error("secret detail");
      },
      clock: shiftableClock(),
      clients: [],
      scopes: [],
    });
    const answer = await get(provider, "https://provider.test/token", "POST");
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: "server_error", error_description: "the provider failed" });
  });

  it("refuses to start with a fault that it does not know", () => {
    expect(() => startFlow({ faults: [{ id: "OAUTH-PKCE.unknown" }] })).toThrow(UnknownFaultError);
  });

  it("has a page for people that names endpoints and active faults", async () => {
    const { provider } = startFlow({ faults: [{ id: "OAUTH-STATE.dropped" }] });
    const answer = await get(provider, "https://provider.test/");
    const text = await answer.text();
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(text).toContain("/introspect");
    expect(text).toContain("OAUTH-STATE.dropped");
  });
});
