import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Config } from "../../schemas/index.ts";
import { CliError } from "../exit.ts";
import { handshakeSettings } from "./handshake.ts";
import { keyPath } from "./problem.ts";

type HandshakeConfig = NonNullable<Config["handshake"]>;

const pem = (namedCurve: string) =>
  generateKeyPairSync("ec", { namedCurve }).privateKey.export({ format: "pem", type: "pkcs8" }).toString();

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-handshake-config-"));
  await writeFile(join(folder, "alice.pem"), pem("P-256"));
  await writeFile(join(folder, "other-curve.pem"), pem("P-384"));
  await writeFile(join(folder, "no-key.pem"), "secret-looking text");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const alice = { did: "did:ath:user:alice", key: "alice.pem" };

/** The settings, and every problem as a user reads it. */
async function settingsOf(config: Partial<HandshakeConfig>) {
  const problems: string[] = [];
  const settings = await handshakeSettings({ user: alice, ...config }, folder, (path, problem) => {
    problems.push(`${keyPath(path)}: ${problem}`);
  });
  return { settings, problems };
}

describe("the configuration of the nine-step handshake", () => {
  it("has the kit's own binding for everything but the user", async () => {
    const { settings, problems } = await settingsOf({});
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      path: "/ath/handshake",
      correlation: "body",
      signature: "raw",
      versions: ["0.1"],
      agentDid: "did:ath:agent:{agent}",
      confirmation: { host: "127.0.0.1", port: 4821, path: "/confirm/{user}", answer: "post" },
      ttlS: 600,
      systems: [],
      restrictions: {},
      hooks: {},
    });
    expect(settings.user.did).toBe("did:ath:user:alice");
    expect(settings.user.privateKey).toContain("BEGIN PRIVATE KEY");
    expect(settings).not.toHaveProperty("secondUser");
  });

  it("becomes settings, key by key", async () => {
    const key = pem("P-256");
    const { settings, problems } = await settingsOf({
      path: "/handshake",
      correlation: "cookie",
      signature: "der",
      versions: ["1.0"],
      server_did: "did:ath:gateway:x",
      agent_did: "did:x:{agent}",
      second_user: { did: "did:ath:user:bob", key },
      confirmation: { listen: "[::1]:9", path: "/{user}", base_url: "https://tunnel.example/", answer: "response" },
      ttl_s: 5,
      systems: [{ prefix: "/oa", scopes: { read: ["GET /oa/a"] }, format: "soap", sample: { a: 1 } }],
      restrictions: {
        ip_whitelist: "i{agent}",
        access_time: "t{agent}",
        rate_limit: "r{agent}",
        forwarded_by: "nobody",
      },
      hooks: {
        backend_log: { request: "GET http://h/log", headers: { A: "b" } },
        backend_fault: { request: "POST http://h/fault", body: "{system} {on}" },
        revoke_token: { request: "POST http://h/revoke", body: "{token}" },
        revoke_user: { request: "POST http://h/revoke-user", body: "{user} {agent}" },
      },
    });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      path: "/handshake",
      correlation: "cookie",
      signature: "der",
      versions: ["1.0"],
      serverDid: "did:ath:gateway:x",
      agentDid: "did:x:{agent}",
      secondUser: { did: "did:ath:user:bob", privateKey: key },
      confirmation: { host: "::1", port: 9, path: "/{user}", baseUrl: "https://tunnel.example", answer: "response" },
      ttlS: 5,
      systems: [{ prefix: "/oa", scopes: { read: ["GET /oa/a"] }, unmapped: [], format: "soap", sample: { a: 1 } }],
      restrictions: {
        ipWhitelist: "i{agent}",
        accessTime: "t{agent}",
        rateLimit: "r{agent}",
        forwardedBy: "nobody",
      },
      hooks: {
        backendLog: { method: "GET", url: "http://h/log", headers: { A: "b" } },
        backendFault: { method: "POST", url: "http://h/fault", headers: {}, body: "{system} {on}" },
        revokeToken: { method: "POST", url: "http://h/revoke", headers: {}, body: "{token}" },
        revokeUser: { method: "POST", url: "http://h/revoke-user", headers: {}, body: "{user} {agent}" },
      },
    });
  });

  it.each<[string, Partial<HandshakeConfig>, RegExp]>([
    [
      "a key on another curve",
      { user: { ...alice, key: "other-curve.pem" } },
      /^handshake\.user\.key: must be a key on P-256/,
    ],
    [
      "a file that is no key",
      { user: { ...alice, key: "no-key.pem" } },
      /^handshake\.user\.key: must be a private key/,
    ],
    ["the same user twice", { second_user: alice }, /^handshake\.second_user\.did: is the first user's/],
    ["a port that is none", { confirmation: { listen: "127.0.0.1:99999" } }, /^handshake\.confirmation\.listen: /],
    [
      "a base URL that is none",
      { confirmation: { base_url: "ftp://x" } },
      /^handshake\.confirmation\.base_url: must begin/,
    ],
    [
      "two users at one address",
      { second_user: { ...alice, did: "did:ath:user:bob" }, confirmation: { path: "/confirm" } },
      /^handshake\.confirmation\.path: must hold \{user\}/,
    ],
    [
      "a call beside its system",
      { systems: [{ prefix: "/oa", scopes: { read: ["GET /crm/a"] } }] },
      /^handshake\.systems\[0\]: has the call "GET \/crm\/a"/,
    ],
    [
      "a system twice",
      {
        systems: [
          { prefix: "/oa", scopes: {} },
          { prefix: "/oa", scopes: {} },
        ],
      },
      /^handshake\.systems\[1\]\.prefix: "\/oa" is given twice/,
    ],
    [
      "a hook that does not say what",
      { hooks: { revoke_user: { request: "POST http://h/x", body: "{user}" } } },
      /^handshake\.hooks\.revoke_user\.body: must hold \{agent\}$/,
    ],
  ])("names %s", async (_, config, said) => {
    const { problems } = await settingsOf(config);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(said);
    expect(problems.join()).not.toContain("secret-looking");
  });

  it("names a key file that is not there", async () => {
    await expect(settingsOf({ user: { ...alice, key: "nowhere.pem" } })).rejects.toThrow(CliError);
  });
});
