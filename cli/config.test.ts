// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the notation of the configuration, not of this language
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CalledIn, loadSettings, type SettingsFlags } from "./config.ts";
import { CliError } from "./exit.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-config-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function fileWith(text: string): Promise<string> {
  files += 1;
  const path = join(folder, `file-${files}.yaml`);
  await writeFile(path, text);
  return path;
}

const nowhere = (): CalledIn => ({ cwd: folder, env: {} });

async function load(text: string, flags: SettingsFlags = {}, env: CalledIn["env"] = {}) {
  const config = await fileWith(text);
  const loaded = await loadSettings({ config, ...flags }, { cwd: folder, env });
  if (loaded === undefined) throw new Error("nothing was loaded");
  return loaded;
}

/** The error as a user reads it. */
async function refused(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CliError)) throw new Error(`no CliError: ${String(error)}`);
  expect(error.exitCode).toBe(2);
  return [error.message, ...error.details, error.mend ?? ""].join("\n");
}

const target = "target: { url: https://gw.example }\n";

describe("a configuration file", () => {
  it("becomes settings, key by key", async () => {
    const { settings, profile, implementation } = await load(
      `
profile: ath-gateway
target:
  url: https://gw.example/base/
  headers: { X-ATH-User-Token: "\${env:GW_SESSION}" }
  features: { agent_status: true, audit: false }
agents:
  listen: 127.0.0.1:4810-4812
  base_url: https://tunnel.example/
  id_template: "http://127.0.0.1:{port}/.well-known/agent.json"
providers:
  - id: mail
    scopes: [mail:read]
    operations: { "mail:read": [GET /v1/messages] }
    unmapped: [DELETE /v1/everything]
  - { id: calendar, scopes: [] }
consent:
  driver: provider
  provider: { listen: "[::1]:4820", client_id: kit, client_secret: s3cret }
hooks:
  clock: { request: POST https://gw.example/clock?x=1, headers: { A: b }, body: '{"s": {seconds}}' }
  audit: { request: GET https://gw.example/audit }
  pending_agent: { developer_id: dev-pending }
implementation: { organization: ACME, version: "1" }
`,
      {},
      { GW_SESSION: "abc" },
    );
    expect(profile).toBe("ath-gateway");
    expect(implementation).toEqual({ organization: "ACME", version: "1" });
    expect(settings).toEqual({
      target: {
        url: "https://gw.example/base",
        headers: { "X-ATH-User-Token": "abc" },
        features: { agent_status: true, audit: false },
      },
      agents: {
        host: "127.0.0.1",
        ports: [4810, 4811, 4812],
        baseUrl: "https://tunnel.example",
        idTemplate: "http://127.0.0.1:{port}/.well-known/agent.json",
      },
      providers: [
        {
          id: "mail",
          scopes: ["mail:read"],
          operations: { "mail:read": ["GET /v1/messages"] },
          unmapped: ["DELETE /v1/everything"],
        },
        { id: "calendar", scopes: [], operations: {}, unmapped: [] },
      ],
      consent: { driver: "provider", host: "::1", port: 4820, clientId: "kit", clientSecret: "s3cret" },
      hooks: {
        clock: { method: "POST", url: "https://gw.example/clock?x=1", headers: { A: "b" }, body: '{"s": {seconds}}' },
        audit: { method: "GET", url: "https://gw.example/audit", headers: {} },
        pendingAgent: { developerId: "dev-pending" },
      },
      timeoutMs: 10_000,
    });
  });

  it("has defaults for everything but the target", async () => {
    const { settings } = await load(target);
    expect(settings.agents).toEqual({
      host: "127.0.0.1",
      ports: [0],
      idTemplate: "{base}/agents/{agent}/.well-known/agent.json",
    });
    expect(settings.consent).toEqual({ driver: "form", fields: {} });
    const provided = await load(`${target}consent: { driver: provider, provider: { client_secret: s } }`);
    expect(provided.settings.consent).toEqual({
      driver: "provider",
      host: "127.0.0.1",
      port: 4820,
      clientId: "gateproof",
      clientSecret: "s",
    });
  });

  it("may be JSON", async () => {
    const { settings } = await load(JSON.stringify({ target: { url: "http://127.0.0.1:1" } }));
    expect(settings.target.url).toBe("http://127.0.0.1:1");
  });

  it.each([
    [
      "form: explicit fields beat user",
      "{ driver: form, form: { user: alice, password: p, fields: { email: e } } }",
      { user: "alice", username: "alice", email: "e", password: "p" },
    ],
    ["form: nothing", "{ driver: form }", {}],
  ])("fills a login form (%s)", async (_, consent, fields) => {
    const { settings } = await load(`${target}consent: ${consent}`);
    expect(settings.consent).toMatchObject({ driver: "form", fields });
  });

  it("takes relative programs from beside itself, wherever the command is called", async () => {
    const { settings } = await load(
      `${target}consent: { driver: command, command: { run: [node, ./consent.mjs, --x] } }`,
    );
    expect(settings.consent).toEqual({ driver: "command", run: ["node", join(folder, "consent.mjs"), "--x"] });
  });

  it("is read from the working folder when it has the usual name", async () => {
    const cwd = await mkdtemp(join(folder, "here-"));
    expect(await loadSettings({}, { cwd, env: {} })).toBeUndefined();
    await writeFile(join(cwd, "gateproof.config.yaml"), target);
    expect(await loadSettings({}, { cwd, env: {} })).toMatchObject({ file: "gateproof.config.yaml" });
  });
});

describe("the environment", () => {
  it("is filled in anywhere in a string, and $${ is a plain ${", async () => {
    const { settings } = await load(
      `target: { url: "http://\${env:HOST}:80", headers: { A: "Bearer \${env:T}", B: "$\${env:T}" } }`,
      {},
      { HOST: "h", T: "tok" },
    );
    expect(settings.target).toMatchObject({ url: "http://h:80", headers: { A: "Bearer tok", B: "${env:T}" } });
  });

  it("is not filled in twice", async () => {
    const { settings } = await load(`target: { url: http://h, headers: { A: "\${env:T}" } }`, {}, { T: "${env:X}" });
    expect(settings.target.headers).toEqual({ A: "${env:X}" });
  });

  it.each([
    ["a missing variable", "${env:GW_SESSION}", {}, /line 1, target\.headers\.A.*GW_SESSION, which is not set/],
    ["an empty variable", "${env:GW_SESSION}", { GW_SESSION: "" }, /GW_SESSION, which is empty/],
    ["another kind of reference", "${GW_SESSION}", {}, /target\.headers\.A.*only \$\{env:NAME\}/],
    ["an open brace", "${env:GW", {}, /only \$\{env:NAME\}/],
    ["an inherited name", "${env:toString}", {}, /toString, which is not set/],
  ])("%s is an error", async (_, value, env, said) => {
    const text = `target: { url: "http://h", headers: { A: "${value}" } }`;
    expect(await refused(load(text, {}, env))).toMatch(said);
  });
});

describe("a configuration that cannot be used says what, where and what to do", () => {
  it.each([
    [
      "an unknown key",
      "target: { url: http://h }\ntarge: 1",
      /line 2, targe: is not a known key; did you mean target\?/,
    ],
    [
      "an unknown key inside",
      "target:\n  url: http://h\n  hedaers: {}",
      /line 3, target\.hedaers: .*did you mean headers/,
    ],
    ["an alias of what it is in", "target: &a { headers: *a }", /an alias stands for something that it is a part of/],
    ["a wrong type", "target: { url: 5 }", /target\.url: must be a string, is 5/],
    ["no scheme", "target: { url: gw.example }", /target\.url: must be an absolute URI/],
    ["a host and port only", "target: { url: 'localhost:80' }", /target\.url: must begin with http:\/\/ or https:\/\//],
    ["another scheme", "target: { url: 'ftp://h' }", /target\.url: must begin with http/],
    ["a query", "target: { url: 'http://h/?a=1' }", /target\.url: must be a base URL/],
    [
      "credentials in the URL",
      "target: { url: 'http://u:hunter2@h' }",
      /target\.url: has a user name or password.*header/,
    ],
    ["a header that cannot be sent", 'target: { url: http://h, headers: { A: "x\\ny" } }', /target\.headers\.A/],
    ["a header name that is none", "target: { url: http://h, headers: { 'A B': x } }", /is no header name/],
    ["a bad listen address", `${target}agents: { listen: "4810" }`, /agents\.listen/],
    ["a port that is none", `${target}agents: { listen: "h:70000" }`, /agents\.listen: has a port above 65535/],
    ["a range that runs backwards", `${target}agents: { listen: "h:9-8" }`, /agents\.listen: .*ends before it begins/],
    ["a template without a name", `${target}agents: { id_template: "http://h/x" }`, /agents\.id_template/],
    ["a template with another name", `${target}agents: { id_template: "{bas}/{agent}" }`, /agents\.id_template/],
    ["a bad base URL", `${target}agents: { base_url: "tunnel" }`, /agents\.base_url/],
    [
      "no secret for the provider",
      `${target}consent: { driver: provider }`,
      /consent\.provider\.client_secret: is missing/,
    ],
    [
      "a range for the provider",
      `${target}consent: { driver: provider, provider: { listen: "h:1-2", client_secret: s } }`,
      /consent\.provider\.listen: must be one port/,
    ],
    ["no program", `${target}consent: { driver: command }`, /consent\.command\.run: is missing/],
    ["an unknown driver", `${target}consent: { driver: browser }`, /consent\.driver: must be one of "provider"/],
    ["a hook without a method", `${target}hooks: { audit: { request: "http://h" } }`, /hooks\.audit\.request/],
    [
      "a hook that calls something else",
      `${target}hooks: { audit: { request: "GET file:///x" } }`,
      /hooks\.audit\.request: must begin/,
    ],
    [
      "a clock that is not told how far",
      `${target}hooks: { clock: { request: "POST http://h", body: "{}" } }`,
      /line 2, hooks\.clock\.body: must say how far/,
    ],
    [
      "a provider twice",
      `${target}providers: [{ id: a, scopes: [] }, { id: a, scopes: [] }]`,
      /providers\[1\]\.id: "a" is given twice/,
    ],
    [
      "an operation that is none",
      `${target}providers: [{ id: a, scopes: [], unmapped: [delete] }]`,
      /providers\[0\]\.unmapped\[0\]/,
    ],
    ["no YAML", "target: [", /not valid YAML: line 1/],
    ["a key twice", "target: {}\ntarget: {}", /not valid YAML: line 2/],
    ["no mapping", "- a", /the whole of it: must be an object/],
    ["no target", "profile: ath-gateway", /names no target[\s\S]*target\.url/],
    ["nothing", "", /names no target/],
    [
      "an alias that grows without end",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]`,
      /not valid YAML: .*alias/i,
    ],
    ["braces without end", "[".repeat(20_000), /cannot be used|not valid YAML/],
  ])("%s", async (_, text, said) => {
    const message = await refused(load(text));
    expect(message).toMatch(said);
    expect(message).toMatch(/file-\d+\.yaml/);
  });

  it("names every problem at once", async () => {
    const message = await refused(load(`${target}agents: { listen: "h:9-8", base_url: "ftp://x" }`));
    expect(message).toMatch(/agents\.listen[\s\S]*agents\.base_url/);
  });

  it("repeats no secret", async () => {
    const secret = "hunter2hunter2";
    for (const text of [
      `target: { url: "http://u:${secret}@h" }`,
      `target: { url: http://h, headers: { A: "${secret}\\n" } }`,
      `${target}consent: { driver: provider, provider: { client_secret: [${secret}] } }`,
      `${target}hooks: { clock: { request: "POST http://u:${secret}@h/" } }`,
    ]) {
      expect(await refused(load(text))).not.toContain(secret);
    }
  });
});

describe("flags", () => {
  it("beat the file, and what they do not say stays", async () => {
    const headers = await fileWith("# login\nx-session: new\r\n\nB: 2:3\n");
    const ca = await fileWith("-----BEGIN CERTIFICATE-----\n");
    const { settings } = await load("target: { url: http://old, headers: { X-Session: old, C: c } }", {
      target: "http://new/",
      "header-file": headers,
      ca,
      insecure: true,
      timeout: 5,
    });
    expect(settings.target).toMatchObject({
      url: "http://new",
      headers: { C: "c", "x-session": "new", B: "2:3" },
      ca: "-----BEGIN CERTIFICATE-----\n",
      insecure: true,
    });
    expect(settings.timeoutMs).toBe(5);
  });

  it("make the wait for a consent by somebody else longer or shorter along with an exchange", async () => {
    const waited = async (consent: string, timeout?: number) =>
      (await load(`${target}consent: ${consent}`, timeout === undefined ? {} : { timeout })).settings.consent;
    const command = "{ driver: command, command: { run: [x] } }";
    expect(await waited(command)).toEqual({ driver: "command", run: ["x"] });
    expect(await waited(command, 1000)).toEqual({ driver: "command", run: ["x"], timeoutMs: 6000 });
    expect(await waited("{ driver: manual }", 1000)).toEqual({ driver: "manual", timeoutMs: 30_000 });
    expect(await waited("{ driver: form }", 1000)).toEqual({ driver: "form", fields: {} });
  });

  it("name a target where there is no file", async () => {
    const cwd = await mkdtemp(join(folder, "bare-"));
    const loaded = await loadSettings({ target: "http://127.0.0.1:1" }, { cwd, env: {} });
    expect(loaded?.settings).toMatchObject({ target: { url: "http://127.0.0.1:1", headers: {} }, providers: [] });
    expect(loaded?.settings.target).not.toHaveProperty("insecure");
  });

  it.each<[string, () => Promise<SettingsFlags>, RegExp]>([
    ["a bad --target", async () => ({ target: "gateway.example" }), /--target must be an http.*gateway\.example/],
    ["credentials in --target", async () => ({ target: "http://u:hunter2@h" }), /--target has a user name or password/],
    ["no such configuration", async () => ({ config: "nowhere.yaml" }), /nowhere\.yaml: there is no such file/],
    ["a folder as the configuration", async () => ({ config: folder }), /it is a folder/],
    [
      "a header file without colon",
      async () => ({ target: "http://h", "header-file": await fileWith("hunter2") }),
      /line 1: is not of the form/,
    ],
    [
      "a header twice",
      async () => ({ target: "http://h", "header-file": await fileWith("A: 1\na: 2") }),
      /line 2: gives a a second time/,
    ],
    ["a CA that is none", async () => ({ target: "http://h", ca: await fileWith("der") }), /no certificate in PEM/],
    [
      "no such CA",
      async () => ({ target: "http://h", ca: "/nowhere.pem" }),
      /--ca \/nowhere\.pem: there is no such file/,
    ],
    ["--insecure without a target", async () => ({ insecure: true }), /--insecure is about a target/],
  ])("%s is refused", async (_, flags, said) => {
    const message = await refused(loadSettings(await flags(), nowhere()));
    expect(message).toMatch(said);
    expect(message).not.toContain("hunter2");
  });
});

describe("the configuration of an AUN target", () => {
  it("takes the issuer from an address that names it, and says when it cannot", async () => {
    const named = await load("target: { url: 'https://gateway.agentid.test' }\n");
    expect(named.settings.aun).toEqual({ issuer: "agentid.test", identities: "open" });
    const unnamed = load("profile: aun-gateway\ntarget: { url: 'ws://127.0.0.1:1/aun' }\n");
    expect(await refused(unnamed)).toContain("aun.issuer: is missing");
  });

  it("has the pairing hook with the member that holds the code", async () => {
    const loaded = await load(`
target: { url: "http://127.0.0.1:1" }
aun: { issuer: a.test, peer: { issuer: b.test, target: "ws://127.0.0.1:2/aun" } }
hooks: { pairing_code: { request: "POST http://127.0.0.1:3/pairing", body: '{"aid": "{aid}"}', result: pin } }
`);
    expect(loaded.settings.aun?.peer).toEqual({ issuer: "b.test", target: "ws://127.0.0.1:2/aun" });
    expect(loaded.settings.hooks.pairingCode).toMatchObject({ method: "POST", result: "pin" });
  });

  it("refuses a certificate that is none, with the file", async () => {
    await writeFile(join(folder, "no.pem"), "nothing");
    const loading = load("target: { url: 'https://gateway.agentid.test' }\naun: { trust_roots: ./no.pem }\n");
    expect(await refused(loading)).toMatch(/aun\.trust_roots: .*no\.pem is none in PEM/);
  });
});
