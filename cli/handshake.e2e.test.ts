import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isMessage, type Report } from "../schemas/index.ts";
import { freePort } from "./testing/free-port.ts";
import { gateproof, gateproofUntil } from "./testing/spawn.ts";

const operatorSecret = "canary-operator-token-1";
/** Whatever must be in no output: the operator's token, and a line of each user's key. */
const secrets = new Set([operatorSecret]);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-handshake-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A key pair: the private half as a file, the public one as YAML text. */
async function user(name: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const key = `${name}.pem`;
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  secrets.add(pem.split("\n")[2] ?? "");
  await writeFile(join(folder, key), pem);
  return {
    did: `did:ath:user:${name}`,
    key,
    publicKey: JSON.stringify(publicKey.export({ format: "pem", type: "spki" })),
  };
}

interface Systems {
  readonly ofMock: string;
  readonly ofKit: string;
}

function systems(): Systems {
  const rows = [
    { name: "oa", things: "documents", format: "soap", sample: "{ title: Travel plan, folder: policies }" },
    { name: "crm", things: "customers", format: "form", sample: "{ name: Ada, city: Zürich }" },
    { name: "finance", things: "invoices", format: "json", sample: "{ customer: c-1, total: 80 }" },
  ];
  const scopes = ({ name, things }: { readonly name: string; readonly things: string }) =>
    `{ "${name}:read": [GET /${name}/api/${things}], "${name}:write": [POST /${name}/api/${things}] }`;
  return {
    ofMock: rows.map((row) => `  - { prefix: /${row.name}, backend: ${row.name}, scopes: ${scopes(row)} }`).join("\n"),
    ofKit: rows
      .map(
        (row) =>
          `    - { prefix: /${row.name}, scopes: ${scopes(row)}, unmapped: [DELETE /${row.name}/api/everything], format: ${row.format}, sample: ${row.sample} }`,
      )
      .join("\n"),
  };
}

/** The mock in a process of its own, and the configuration that judges it. */
async function stage(
  name: string,
  binding: { readonly mock: string; readonly kit: string },
  faults: readonly string[],
) {
  const [port, control, confirmations] = [await freePort(), await freePort(), await freePort()];
  const [alice, bob] = [await user("alice"), await user("bob")];
  const { ofMock, ofKit } = systems();
  const confirmationUrl = (channel: string) => `http://127.0.0.1:${confirmations}/confirm/${channel}`;
  const mockConfig = join(folder, `${name}.mock.yaml`);
  await writeFile(
    mockConfig,
    `users:
  - { did: "${alice.did}", public_key: ${alice.publicKey}, confirmation_url: "${confirmationUrl("user")}" }
  - { did: "${bob.did}", public_key: ${bob.publicKey}, confirmation_url: "${confirmationUrl("second-user")}" }
systems:
${ofMock}
policy:
  restrictions:
    - { client_did: "did:ath:agent:ip-*", ip_whitelist: [203.0.113.7] }
    - { client_did: "did:ath:agent:time-*", access_time: "9:00-18:00" }
    - { client_did: "did:ath:agent:rate-*", rate_limit: 5/minute }
limits: { calls_per_minute: 120, breaker: { failures: 3, open_s: 30 } }
binding: ${binding.mock}
`,
  );
  const ports = ["--port", `${port}`, "--control-port", `${control}`];
  const mock = await gateproofUntil(
    ["mock", "ath-handshake", ...ports, "--config", mockConfig, "--json", ...faults.flatMap((id) => ["--fault", id])],
    /"ready":true/,
  );
  onTestFinished(async () => {
    await mock.stop();
  });
  const config = join(folder, `${name}.yaml`);
  const hook = (path: string, body: string) =>
    `{ request: "POST http://127.0.0.1:${control}${path}", headers: { Content-Type: application/json, X-Operator: "\${env:OPERATOR}" }, body: '${body}' }`;
  await writeFile(
    config,
    `profile: ath-handshake
target: { url: "http://127.0.0.1:${port}", features: { rate_limit: true } }
hooks:
  clock: ${hook("/clock", '{"advanceSeconds": {seconds}}')}
  audit: { request: "GET http://127.0.0.1:${control}/audit" }
handshake:
${binding.kit}
  user: { did: "${alice.did}", key: ${alice.key} }
  second_user: { did: "${bob.did}", key: ${bob.key} }
  confirmation: { listen: "127.0.0.1:${confirmations}" }
  systems:
${ofKit}
  restrictions:
    ip_whitelist: "did:ath:agent:ip-{agent}"
    access_time: "did:ath:agent:time-{agent}"
    rate_limit: "did:ath:agent:rate-{agent}"
    forwarded_by: nobody
  hooks:
    backend_log: { request: "GET http://127.0.0.1:${control}/backends" }
    backend_fault: ${hook("/backends/fault", '{"system": "{system}", "on": {on}}')}
    revoke_token: ${hook("/revoke", '{"token": "{token}"}')}
    revoke_user: ${hook("/revoke-user", '{"user": "{user}", "agent": "{agent}"}')}
`,
  );
  return { config, env: { OPERATOR: operatorSecret } };
}

/** A run, or of some sections only, with fewer generated inputs than by default. */
async function judge(config: string, env: Readonly<Record<string, string>>, sections: readonly string[] = []) {
  const json = join(folder, "report.json");
  const args = ["run", ...sections, "--config", config, "--runs", "5", "--report", `json=${json}`];
  const { code, stdout, stderr } = await gateproof(args, { env });
  const text = await readFile(json, "utf8");
  for (const output of [stdout, stderr, text]) {
    for (const secret of secrets) expect(output).not.toContain(secret);
  }
  const report: unknown = JSON.parse(text);
  if (!isMessage("Report", report)) throw new Error("no report");
  return { code, report };
}

function notPassing({ checks }: Report): readonly string[] {
  return checks.filter(({ outcome }) => outcome !== "pass").map(({ id, outcome }) => `${id} ${outcome}`);
}

describe("gateproof run ath-handshake", () => {
  it("judges a mock in another process by its configuration, in a binding of its own choice", async () => {
    const binding = {
      mock: "{ path: /gateway/handshake, correlation: cookie, signature: der }",
      kit: "  path: /gateway/handshake\n  correlation: cookie\n  signature: der",
    };
    const { config, env } = await stage("honest", binding, []);
    const { code, report } = await judge(config, env);
    expect(notPassing(report)).toEqual([]);
    expect(code).toBe(0);
    expect(report.checks.length).toBeGreaterThanOrEqual(95);
  });

  it("finds a fault there, and nothing else", async () => {
    const binding = { mock: "{ correlation: header }", kit: "  correlation: header" };
    const { config, env } = await stage("faulty", binding, ["GW-3.fields-dropped"]);
    const { code, report } = await judge(config, env, ["order", "api", "backends"]);
    expect(code).toBe(1);
    expect(new Set(report.checks.map(({ outcome }) => outcome))).toEqual(new Set(["pass", "fail"]));
    const failed = report.checks.filter(({ outcome }) => outcome === "fail");
    expect(new Set(failed.map(({ reasonCode }) => reasonCode))).toEqual(new Set(["lost-data"]));
    expect(failed.map(({ id }) => id)).toContain("GW-3.soap");
  });

  it.each([
    ["HS-15.expiry-unsigned", "HS-15", "HS-15.tampered-expiry"],
    ["GW-4.claimed-address-believed", "restrictions", "GW-4.claimed-address"],
  ])("finds %s there by the check that finds it in the self-test, and by no other", async (fault, looked, check) => {
    const { config, env } = await stage(fault, { mock: "{}", kit: "" }, [fault]);
    const { code, report } = await judge(config, env, [looked]);
    expect(notPassing(report)).toEqual([`${check} fail`]);
    expect(report.checks.length).toBeGreaterThan(3);
    expect(code).toBe(1);
  });

  it("says that the user was asked elsewhere, and judges nothing", async () => {
    const control = await freePort();
    const args = ["mock", "ath-handshake", "--control-port", `${control}`, "--json"];
    const mock = await gateproofUntil(args, /"ready":true/);
    onTestFinished(async () => void (await mock.stop()));
    const { url } = JSON.parse(mock.output);
    // A user of the mock's own, who answers on his page there.
    const { users } = JSON.parse(await (await fetch(`http://127.0.0.1:${control}/users`)).text());
    const [{ did, private_key }] = users;
    await writeFile(join(folder, "page.pem"), private_key);
    const config = join(folder, "page.yaml");
    await writeFile(
      config,
      `profile: ath-handshake
target: { url: "${url}" }
handshake:
  user: { did: "${did}", key: page.pem }
  confirmation: { listen: "127.0.0.1:${await freePort()}" }
  systems: [{ prefix: /oa, scopes: { "oa:read": [GET /oa/api/documents] } }]
`,
    );
    const { code, stdout } = await gateproof(["run", "HS-14", "--config", config, "--timeout", "1500"]);
    expect(stdout).toMatch(/Not testable: .*was never asked at the kit's confirmation address/);
    expect(stdout).toMatch(/handshake\.confirmation/);
    expect(code).toBe(3);
  });
});
