import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "./testing/free-port.ts";
import { answering, flood, type HostileTarget, speaking } from "./testing/hostile.ts";
import { gateproof } from "./testing/spawn.ts";

const json = { "content-type": "application/json" };
const chunk = Buffer.alloc(64 * 1024, 0x20);

const targets: readonly (readonly [string, () => Promise<HostileTarget>, RegExp])[] = [
  [
    "nobody listens",
    async () => ({ url: `http://127.0.0.1:${await freePort()}`, close: async () => {} }),
    /ECONNREFUSED/,
  ],
  ["it accepts and never answers", () => speaking(() => {}), /TIMEOUT/],
  ["it closes at once", () => speaking((socket) => socket.destroy()), /CONNECTION_RESET/],
  [
    "it closes in the middle of a body",
    () => speaking((socket) => socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"))),
    /CONNECTION_RESET|PROTOCOL/,
  ],
  ["it speaks something else", () => speaking((socket) => socket.end("220 mail.example ESMTP\r\n")), /PROTOCOL/],
  [
    "it sends 50 MB",
    () => answering((_, response) => flood(response.writeHead(200, json), chunk, 50e6)),
    /never fetched|TOO_LARGE|TIMEOUT/,
  ],
  [
    "its body never ends",
    () => answering((_, response) => flood(response.writeHead(200, json), chunk)),
    /never fetched|TOO_LARGE|TIMEOUT/,
  ],
  [
    "it sends HTML",
    () => answering((_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>")),
    /a page or a login, not the API/,
  ],
  [
    "it redirects in a circle",
    () => answering((request, response) => response.writeHead(302, { location: request.url ?? "/" }).end()),
    /a page or a login, not the API/,
  ],
  [
    "its JSON is called something else",
    () => answering((_, response) => response.writeHead(200, { "content-type": "image/png" }).end("{}")),
    /never fetched/,
  ],
  [
    "its clock is wrong",
    () =>
      answering((_, response) => {
        response.sendDate = false;
        response.writeHead(401, { ...json, date: new Date(Date.now() - 3_600_000).toUTCString() }).end("{}");
      }),
    /clock is 36\d\d s behind/,
  ],
];

describe("a target that cannot be judged", () => {
  let target: HostileTarget | undefined;
  let config = "";
  beforeAll(async () => {
    config = join(await mkdtemp(join(tmpdir(), "gateproof-test-")), "gateproof.config.yaml");
    await writeFile(config, "providers: [{ id: mail, scopes: [mail:read] }]\n");
  });
  afterAll(() => rm(dirname(config), { recursive: true }));
  afterEach(() => target?.close());

  it("a configuration without providers, at a target that publishes none", async () => {
    target = await answering((_, response) => response.writeHead(404, json).end("{}"));
    const { code, stdout } = await gateproof(["run", "ath-gateway", "--target", target.url]);
    expect(stdout).toMatch(/no provider with a scope is configured/);
    expect(stdout).toMatch(/whose +configuration/);
    expect(code).toBe(3);
  });

  it.each(targets)("%s", async (_name, open, said) => {
    target = await open();
    const flags = ["--target", target.url, "--timeout", "3000", "--config", config];
    const result = await gateproof(["run", "ath-gateway", ...flags]);
    const output = result.stdout + result.stderr;
    expect(output).toMatch(said);
    expect(output).toMatch(/Not testable/);
    expect(output).not.toMatch(/\bfail(ed)?\b.*MUST/);
    expect(result.code).toBe(3);
  });
});
