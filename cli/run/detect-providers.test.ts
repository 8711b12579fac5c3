import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { freePort } from "../testing/free-port.ts";
import { appIn, detectProviders, providersIn } from "./detect-providers.ts";

const provider = (provider_id: unknown, available_scopes: unknown) => ({ provider_id, available_scopes });

describe("the providers of a directory", () => {
  it("are those with an id and scopes, whatever else is there", () => {
    const supported_providers = [
      provider("mail", ["mail:read", 5, ""]),
      provider("mail", ["again"]),
      provider("", ["x"]),
      provider(7, ["x"]),
      provider("bare", undefined),
      null,
      provider("calendar", []),
    ];
    expect(providersIn(JSON.stringify({ supported_providers })).map(({ id, scopes }) => [id, scopes])).toEqual([
      ["mail", ["mail:read"]],
      ["calendar", []],
    ]);
  });

  it.each(["", "<html>", "[]", "null", "{}", '{"supported_providers":{}}'])("are none in %j", (directory) => {
    expect(providersIn(directory)).toEqual([]);
  });

  it("are limited in number", () => {
    const supported_providers = Array.from({ length: 1000 }, (_, index) => provider(`p${index}`, []));
    expect(providersIn(JSON.stringify({ supported_providers }))).toHaveLength(20);
  });

  it("are the one app of a native service", () => {
    const auth = { scopes_supported: ["mail:read", 5, ""] };
    const [app, ...more] = appIn(JSON.stringify({ app_id: "mail", auth }));
    expect(app).toEqual({ id: "mail", scopes: ["mail:read"], operations: {}, unmapped: [] });
    expect(more).toEqual([]);
  });

  it.each(["", "[]", "{}", '{"app_id":"mail"}', '{"app_id":"","auth":{"scopes_supported":[]}}'])(
    "are none of a native service in %j",
    (document) => {
      expect(appIn(document)).toEqual([]);
    },
  );

  it("are not waited for when the run is interrupted", async () => {
    const interruption = new AbortController();
    const server = createServer(() => interruption.abort());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const settings = {
      target: { url: `http://127.0.0.1:${port}`, headers: {}, features: {} },
      agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
      providers: [],
      consent: { driver: "form", fields: {} },
      hooks: {},
      timeoutMs: 600_000,
    } as const;
    // It would take ten minutes if the time-out were waited for.
    expect(await detectProviders(settings, "ath-gateway", interruption.signal)).toEqual([]);
    expect(await detectProviders(settings, "ath-gateway", interruption.signal)).toEqual([]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("are asked for with the configured headers, and a dead target has none", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.url} ${request.headers["x-login"]}`);
      response.end(JSON.stringify({ supported_providers: [provider("mail", ["a"])] }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const settings = {
      target: { url: `http://127.0.0.1:${port}/base`, headers: { "X-Login": "yes" }, features: {} },
      agents: { host: "127.0.0.1", ports: [0], idTemplate: "{base}/{agent}" },
      providers: [],
      consent: { driver: "form", fields: {} },
      hooks: {},
      timeoutMs: 60_000,
    } as const;
    expect(await detectProviders(settings, "ath-gateway")).toEqual([
      { id: "mail", scopes: ["a"], operations: {}, unmapped: [] },
    ]);
    expect(seen).toEqual(["/base/.well-known/ath.json yes"]);
    expect(await detectProviders(settings, "ath-native")).toEqual([]);
    expect(seen.at(-1)).toBe("/base/.well-known/ath-app.json yes");
    await new Promise((resolve) => server.close(resolve));
    const dead = { ...settings, target: { ...settings.target, url: `http://127.0.0.1:${await freePort()}` } };
    expect(await detectProviders(dead, "ath-gateway")).toEqual([]);
  });
});
