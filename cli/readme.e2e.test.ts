import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf, commandsIn } from "./testing/documented.ts";
import { freePort } from "./testing/free-port.ts";
import { gateproof, gateproofUntil, mainFile } from "./testing/spawn.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = await readFile(join(root, "README.md"), "utf8");
const script = await readFile(join(root, ".ci/run"), "utf8");
const secret = "canary-of-the-readme-test";

const blocks = (wanted: string) => blocksOf(readme).filter(({ language }) => language === wanted);
const commands = blocks("sh")
  .flatMap(commandsIn)
  .map(({ line }) => line);
/** What takes minutes is run by CI itself, in the words of the README. */
const runByCi = commands.filter((line) => line.startsWith("npm ") || line.startsWith("npx gateproof selftest"));
const mocks = commands.filter((line) => line.startsWith("npx gateproof mock"));
const others = commands.filter((line) => !runByCi.includes(line) && !mocks.includes(line));

/** A run of everything shows no more of the command than a run of one whole handshake; CI runs everything (`npm start`). */
const ofOneCheck = (args: readonly string[]) =>
  args[0] === "run" && (args[2] ?? "--").startsWith("--") ? [...args, "TOK-1.shape"] : args;

describe("the commands of the README", () => {
  let folder = "";
  let gateway: Awaited<ReturnType<typeof gateproofUntil>>;
  const ports = new Map<string, string>();
  const here = (text: string) => text.replaceAll(/\b48[02]0\b/g, (port) => ports.get(port) ?? port);
  const words = (line: string) => here(line).split(" ").slice(2);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gateproof-readme-"));
    for (const port of ["4800", "4820"]) ports.set(port, String(await freePort()));
    const [config] = blocks("yaml");
    await writeFile(join(folder, "gateproof.config.yaml"), here(config?.text ?? ""));
    const provider = here("http://127.0.0.1:4820");
    const mock = {
      providers: [
        {
          id: "mail",
          scopes: ["mail:read", "mail:send", "mail:delete"],
          operations: { "mail:read": ["GET /v1/messages"], "mail:send": ["POST /v1/messages"] },
          authorization_endpoint: `${provider}/authorize`,
          token_endpoint: `${provider}/token`,
          client_id: "gateproof",
          client_secret: secret,
          api_base: `${provider}/api`,
        },
      ],
    };
    await writeFile(join(folder, "mock.json"), JSON.stringify(mock));
    const args = ["mock", "ath-gateway", "--port", here("4800"), "--config", join(folder, "mock.json"), "--json"];
    gateway = await gateproofUntil(args, /"ready":true/);
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("are all run by somebody", () => {
    expect(runByCi.length + mocks.length + others.length).toBe(commands.length);
    expect(commands.length).toBeGreaterThan(10);
    for (const line of runByCi) expect(script).toContain(line);
  });

  it("start what was built, as npx does: by the file itself", async () => {
    const { stdout } = await promisify(execFile)(mainFile, ["--version"]);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\s*$/);
  });

  it.each(others)("%s", async (line) => {
    const { code, stdout, stderr } = await gateproof(ofOneCheck(words(line)), {
      cwd: folder,
      env: { PROVIDER_SECRET: secret },
    });
    expect(stdout + stderr).not.toContain("canary");
    expect(stdout).not.toBe("");
    expect([line, code, code === 0 ? "" : stdout + stderr]).toEqual([line, 0, ""]);
  });

  it.each(mocks)("%s", async (line) => {
    // The gateway of the other commands has the port of the README.
    const args = words(line).map((word) => (word === here("4800") ? "0" : word));
    const mock = await gateproofUntil(args, /http:\/\/127\.0\.0\.1:\d+/, { cwd: folder });
    expect((await mock.stop()).code).toBe(0);
  });

  it("wrote the reports that the README names", async () => {
    expect(await readFile(join(folder, "gateproof.xml"), "utf8")).toMatch(/<testsuites/);
    expect(JSON.parse(await readFile(join(folder, "gateproof.json"), "utf8"))).toHaveProperty(
      "verdict.result",
      "conformant",
    );
  });
});
