import { describe, expect, it } from "vitest";
import config from "./gateproof/config.schema.json" with { type: "json" };
import handshakeConfig from "./gateproof/handshake-config.schema.json" with { type: "json" };
import mockConfig from "./gateproof/mock-config.schema.json" with { type: "json" };
import { isMessage, type Messages, validate } from "./index.ts";
import { examples } from "./testing/examples.ts";

const { tokenResponse } = examples;

function problems(name: keyof Messages, value: unknown): Readonly<Record<string, string>> {
  const result = validate(name, value);
  return result.ok ? {} : Object.fromEntries(result.errors.map(({ path, problem }) => [path, problem]));
}

describe("the words of an issue", () => {
  it.each<[name: keyof Messages, value: unknown, path: string, problem: string]>([
    ["TokenResponse", { ...tokenResponse, expires_in: "3600" }, "/expires_in", 'must be an integer, is "3600"'],
    ["TokenResponse", { ...tokenResponse, expires_in: -1 }, "/expires_in", "must be > 0, is -1"],
    ["TokenResponse", { ...tokenResponse, token_type: "bearer" }, "/token_type", 'must be "Bearer", is "bearer"'],
    ["TokenResponse", { ...tokenResponse, agent_id: "" }, "/agent_id", "must be an absolute URI, is empty"],
    ["TokenResponse", { ...tokenResponse, effective_scopes: {} }, "/effective_scopes", "must be a list, is an object"],
    ["TokenResponse", { ...tokenResponse, provider_id: null }, "/provider_id", "must be a string, is null"],
    ["TokenResponse", [1, 2], "", "must be an object, is a list of 2"],
    ["ATHError", { message: "" }, "/code", "is missing"],
    ["Developer", { name: "", id: "d", contact: 5 }, "/contact", "must be a string or null, is 5"],
    ["Config", { profil: "x" }, "/profil", "is not a known key; did you mean profile?"],
    ["Config", { zebra: "x" }, "/zebra", "is not a known key"],
    ["Config", { "a/b~c": 1 }, "/a~1b~0c", "is not a known key"],
    [
      "Config",
      { agents: { listen: "here" } },
      "/agents/listen",
      'must be like 127.0.0.1:4810 or 127.0.0.1:4810-4899, is "here"',
    ],
    ["Config", { providers: [{ id: "", scopes: [] }] }, "/providers/0/id", "must not be empty, is empty"],
    [
      "Config",
      { consent: { driver: "command", command: { run: [] } } },
      "/consent/command/run",
      "must not be empty, is an empty list",
    ],
    [
      "Config",
      { consent: { driver: "x" } },
      "/consent/driver",
      'must be one of "provider", "form", "command", "manual", is "x"',
    ],
    ["Config", { aun: { identities: "shut" } }, "/aun/identities", 'must be "open" or a list of identities, is "shut"'],
    ["Exchange", { ...examples.exchange, response: 4 }, "/response", "must be an object or null, is 4"],
    [
      "Exchange",
      { ...examples.exchange, response: { ...examples.exchange.response, status: 99 } },
      "/response/status",
      "must be >= 100, is 99",
    ],
    [
      "CheckResult",
      { ...examples.valid.CheckResult, cause: "me" },
      "/cause",
      'must be one of "target", "environment", "configuration", "kit", null, is "me"',
    ],
  ])("%s %#", (name, value, path, problem) => {
    expect(problems(name, value)).toEqual({ [path]: problem });
  });

  it("names every issue of a small value", () => {
    expect(Object.keys(problems("ATHError", { code: 1, details: [] })).toSorted()).toEqual([
      "/code",
      "/details",
      "/message",
    ]);
  });

  it("shortens long values", () => {
    const text = problems("AuthorizationResponse", { authorization_url: "x".repeat(5_000), ath_session_id: "s" });
    expect(text["/authorization_url"]).toBe(`must be an absolute URI, is "${"x".repeat(60)}"… (5000 characters)`);
  });

  it("keeps control characters out of a terminal", () => {
    expect(problems("AuthorizationResponse", { authorization_url: "\u001b[2J", ath_session_id: "s" })).toEqual({
      "/authorization_url": String.raw`must be an absolute URI, is "\u001b[2J"`,
    });
  });

  it.each<[name: keyof Messages, value: object, path: string]>([
    ["TokenExchangeRequest", { ...examples.valid.TokenExchangeRequest, client_secret: ["hunter2"] }, "/client_secret"],
    ["Config", { hooks: { clock: { request: "POST /x", headers: "hunter2" } } }, "/hooks/clock/headers"],
    ["Config", { target: { headers: { Cookie: { value: "hunter2" } } } }, "/target/headers/Cookie"],
    ["Config", { consent: { driver: "form", form: { password: ["hunter2"] } } }, "/consent/form/password"],
    ["AttestationClaims", { ...examples.valid.AttestationClaims, jti: { token: "hunter2" } }, "/jti"],
  ])("%s %# repeats no secret", (name, value, path) => {
    const found = problems(name, value);
    expect(Object.keys(found)).toEqual([path]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("hostile values", () => {
  it("give at most 20 issues", () => {
    const result = validate("TokenResponse", {
      ...tokenResponse,
      effective_scopes: Array.from({ length: 500 }, () => 1),
    });
    expect(result.ok ? 0 : result.errors.length).toBe(20);
  });

  it("give one issue when they are huge, so that a large body costs no memory", () => {
    const result = validate("TokenResponse", {
      ...tokenResponse,
      effective_scopes: Array.from({ length: 200_000 }, () => 1),
    });
    expect(result.ok ? [] : result.errors.map(({ path }) => path)).toEqual(["/effective_scopes/0"]);
  });

  it("may be as deep as they like", () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`);
    expect(validate("ATHError", { code: "X", message: "", details: deep }).ok).toBe(true);
    expect(problems("ATHError", { code: 1, message: "", details: deep })).toEqual({
      "/code": "must be a string, is 1",
    });
  });

  it("get nothing through a prototype", () => {
    const polluted: unknown = JSON.parse('{"__proto__": {"code": "X", "message": "m"}}');
    expect(Object.keys(problems("ATHError", polluted))).toEqual(["/code", "/message"]);
  });
});

describe("isMessage", () => {
  it("tells messages from others", () => {
    expect(isMessage("TokenResponse", tokenResponse)).toBe(true);
    expect(isMessage("TokenResponse", { ...tokenResponse, expires_in: 0 })).toBe(false);
  });

  it("narrows", () => {
    const value: unknown = { code: "X", message: "m" };
    expect(isMessage("ATHError", value) ? value.code : undefined).toBe("X");
  });
});

describe("what a person writes", () => {
  /** Every part of a schema that demands a pattern. */
  function* patterned(schema: unknown): Generator<{ readonly pattern: string; readonly examples: unknown }> {
    if (typeof schema !== "object" || schema === null) return;
    if ("pattern" in schema && typeof schema.pattern === "string") {
      yield { pattern: schema.pattern, examples: "examples" in schema ? schema.examples : [] };
    }
    for (const part of Object.values(schema)) yield* patterned(part);
  }

  it.each([
    ["config", config],
    ["handshake-config", handshakeConfig],
    ["mock-config", mockConfig],
  ])("has an example that fits wherever the schema %s demands a pattern", (_name, schema) => {
    const all = [...patterned(schema)];
    expect(all.length).toBeGreaterThan(0);
    for (const { pattern, examples: shown } of all) {
      expect(shown, pattern).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(pattern))]));
      for (const one of Array.isArray(shown) ? shown : []) expect(one).toMatch(new RegExp(pattern));
    }
  });
});
