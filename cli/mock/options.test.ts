import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mockCalled, startOptions } from "./options.ts";
import { readyText } from "./serve-mock.ts";

let cwd = "";
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "gateproof-mock-"));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const flags = {
  _: [],
  $0: "gateproof",
  which: "ath-gateway",
  port: undefined,
  host: undefined,
  expose: undefined,
  "public-url": undefined,
  config: undefined,
  fault: undefined,
  seed: undefined,
  tls: undefined,
  "control-port": undefined,
  issuer: undefined,
  peer: undefined,
  conflict: undefined,
  json: undefined,
};
const optionsOf = (given: Partial<typeof flags> | Record<string, unknown>) =>
  startOptions("ath-gateway", { ...flags, ...given }, { cwd, env: { SECRET: "from-env" } });

describe("gateproof mock", () => {
  it.each([
    ["gateway", /no mock "gateway"/],
    ["ath-gatway", /did you mean ath-gateway/],
  ])("does not start %s", (which, said) => {
    expect(() => mockCalled(which)).toThrow(said);
  });

  it("leaves to the mock what no flag says", async () => {
    expect(await optionsOf({})).toEqual({});
  });

  it("hands over what flags say", async () => {
    const given = {
      port: 1,
      host: "127.0.0.2",
      "control-port": 2,
      "public-url": "https://gw.example/",
      fault: ["A.b@2"],
      tls: true,
    };
    expect(await optionsOf(given)).toEqual({
      port: 1,
      host: "127.0.0.2",
      controlPort: 2,
      publicUrl: "https://gw.example",
      faults: ["A.b@2"],
      tls: true,
    });
  });

  it.each(["0.0.0.0", "::", "192.168.1.5", "example.com", "127.evil.example"])(
    "is not reachable at %s unless that is meant",
    async (host) => {
      await expect(optionsOf({ host })).rejects.toThrow(/would let other machines reach/);
      expect(await optionsOf({ host, expose: true })).toEqual({ host });
    },
  );

  it.each(["127.0.0.1", "::1", "localhost"])("may be reached at %s", async (host) => {
    expect(await optionsOf({ host })).toEqual({ host });
  });

  it("reads its configuration, the environment filled in", async () => {
    const path = join(cwd, "mock.yaml");
    await writeFile(
      path,
      `providers:
  - id: mail
    scopes: [a]
    operations: { a: [GET /x] }
    authorization_endpoint: http://p/authorize
    token_endpoint: http://p/token
    client_id: c
    client_secret: "\${env:SECRET}"
    api_base: http://p/api
`,
    );
    expect((await optionsOf({ config: "mock.yaml" })).config?.providers?.[0]?.client_secret).toBe("from-env");
    await writeFile(path, "providers: []\nlimit: {}");
    await expect(optionsOf({ config: "mock.yaml" })).rejects.toMatchObject({
      details: ["line 2, limit: is not a known key; did you mean limits?"],
    });
  });

  it("takes a configuration without providers, and none with them for a service that has none", async () => {
    const native = (config: string) => startOptions("ath-native", { ...flags, config }, { cwd, env: {} });
    await writeFile(join(cwd, "native.yaml"), "policy: { pending_developers: [dev-pending] }");
    expect(await native("native.yaml")).toEqual({ config: { policy: { pending_developers: ["dev-pending"] } } });
    const provider =
      "{ id: mail, scopes: [], operations: {}, authorization_endpoint: http://p/a, token_endpoint: http://p/t, client_id: c, client_secret: s, api_base: http://p/api }";
    await writeFile(join(cwd, "native.yaml"), `providers: [${provider}]`);
    await expect(native("native.yaml")).rejects.toMatchObject({
      code: "CONFIG_NOT_USED",
      mend: expect.stringContaining("leave `providers` out"),
    });
  });

  it.each([
    [{ "public-url": "gw.example" }, /--public-url must be an http/],
    [{ config: "nowhere.yaml" }, /there is no such file/],
  ])("refuses %j", async (given, said) => {
    await expect(optionsOf(given)).rejects.toThrow(said);
  });

  it("tells a person where everything is and how to stop it", () => {
    const ready = {
      ready: true,
      mock: "all",
      url: "http://u",
      control: "http://c",
      provider: "http://p",
      pid: 42,
    } as const;
    const text = readyText(ready, ["ATT-5.forgotten"]);
    for (const part of ["all is ready", "http://u", "http://c", "http://p", "ATT-5.forgotten", "kill 42"]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("CA ");
  });
});

describe("gateproof mock aun-gateway", () => {
  const aun = (given: Record<string, unknown>, which: "aun-gateway" | "ath-gateway" = "aun-gateway") =>
    startOptions(which, { ...flags, ...given }, { cwd, env: {} });

  it("takes domain, peers and what becomes of a taken place", async () => {
    const { aun: options } = await aun({
      issuer: "a.test",
      peer: ["b.test=ws://127.0.0.1:5/aun"],
      conflict: "replace",
    });
    expect(options).toEqual({
      issuer: "a.test",
      conflict: "replace",
      peers: { "b.test": "ws://127.0.0.1:5/aun" },
    });
  });

  it.each([
    [{ peer: ["b.test"] }, "aun-gateway", /--peer takes ISSUER=WS-URL, not "b\.test"/],
    [{ peer: ["b.test=http://127.0.0.1:5"] }, "aun-gateway", /--peer takes ISSUER=WS-URL/],
    [{ issuer: "a.test" }, "ath-gateway", /--issuer is about an AUN gateway, and ath-gateway is none/],
  ] as const)("says what is wrong: %j", async (given, which, said) => {
    await expect(aun(given, which)).rejects.toThrow(said);
  });
});
