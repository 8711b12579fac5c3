import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { documentation } from "./docs/generate.ts";
import { blocksOf, commandsIn } from "./testing/documented.ts";
import { freePort } from "./testing/free-port.ts";
import { gateproofUntil } from "./testing/spawn.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs");
const names = (await readdir(folder)).filter((name) => name.endsWith(".md"));
const pages = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(join(folder, name), "utf8") })),
);
/** Their commands need a package that was packed, or a CI server; the tests of those run them. */
const runElsewhere = ["ci.md", "embedding.md"];
const secret = "canary-of-the-docs-test";

/** A self-test takes minutes and is run by CI; this one was clean. */
const selftest = {
  honest: { profile: "ath-gateway", checks: 1, notPass: [] },
  faults: [],
  nullTargets: [],
  unprovenChecks: [],
  ok: true,
};

const isLeftToCi = (line: string) => line.startsWith("npx gateproof selftest ");
const commandsOf = (page: string) =>
  blocksOf(page)
    .filter(({ language }) => language === "sh")
    .flatMap(commandsIn)
    .map(({ line }) => line);

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A line in a shell, where `npx gateproof` is the command line that was built here. */
function shell(line: string, cwd: string): Promise<Ended> {
  const main = join(root, "dist/cli/main.js");
  const script = line.replace(/^npx gateproof\b/, `'${process.execPath}' '${main}'`);
  const child = spawn("sh", ["-c", script], {
    cwd,
    env: { ...process.env, CI: "true", NO_COLOR: "1", PROVIDER_SECRET: secret },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => parts.push(chunk.toString()));
  return new Promise((done) => child.on("close", (code) => done({ code, output: parts.join("") })));
}

describe("the documentation", () => {
  it.each(documentation())("$name has the tables that `npm run generate` writes", ({ present, right }) => {
    expect(present === right, "`npm run generate` writes it").toBe(true);
  });

  it.each(pages)("$name links to what there is", ({ text }) => {
    const links = [...text.matchAll(/\]\((?<path>[^)#\s]*)(?:#[^)]*)?\)/g)].map(({ groups }) => groups?.["path"] ?? "");
    const broken = links.filter((path) => path !== "" && !/^https?:/.test(path) && !existsSync(resolve(folder, path)));
    expect(broken).toEqual([]);
  });

  it("leaves to CI what takes minutes, and only that", async () => {
    const script = await readFile(join(root, ".ci/run"), "utf8");
    const left = pages.flatMap(({ text }) => commandsOf(text)).filter((line) => isLeftToCi(line));
    expect(left.length).toBeGreaterThan(0);
    for (const line of left) expect(line).toMatch(/^npx gateproof selftest ath-gateway( |$)/);
    expect(script).toMatch(/^npx gateproof selftest( ath-gateway| all)?$/m);
  });
});

/** A page is a rehearsal: its files are written and its commands run, one after the other, in one folder. */
describe.each(pages.filter(({ name }) => !runElsewhere.includes(name)))("the commands of $name", ({ name, text }) => {
  const blocks = blocksOf(text);

  it.skipIf(commandsOf(text).length === 0)("do what the page says", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "gateproof-docs-"));
    const ports = new Map<string, string>();
    for (const port of ["4800", "4801", "4820"]) ports.set(port, String(await freePort()));
    const here = (words: string) => words.replaceAll(/\b48[02][01]\b/g, (port) => ports.get(port) ?? port);
    const mocks: Awaited<ReturnType<typeof gateproofUntil>>[] = [];
    const failed: unknown[] = [];
    await writeFile(join(cwd, "selftest.json"), JSON.stringify(selftest));
    try {
      for (const block of blocks) {
        const file = /^# (?<file>\S+\.yaml)\n/.exec(block.text)?.groups?.["file"];
        if (block.language === "yaml" && file !== undefined) await writeFile(join(cwd, file), here(block.text));
        if (block.language !== "sh") continue;
        for (const { line, exitCode } of commandsIn(block)) {
          if (isLeftToCi(line)) continue;
          if (/^npx gateproof mock /.test(line)) {
            const args = here(line).split(" ").slice(2);
            const mock = await gateproofUntil(args, /(?:http|ws):\/\/127\.0\.0\.1:\d+/, {
              cwd,
              env: { PROVIDER_SECRET: secret },
            });
            if (args.includes("--port")) mocks.push(mock);
            else expect((await mock.stop()).code).toBe(0);
            continue;
          }
          const { code, output } = await shell(here(line), cwd);
          expect(output).not.toContain("canary");
          expect(/\p{Script=Han}/u.test(output), line).toBe(line.endsWith("--lang zh"));
          if (code !== exitCode) failed.push({ line, code, exitCode, output: output.slice(-3000) });
        }
      }
    } finally {
      for (const mock of mocks) await mock.stop();
      await rm(cwd, { recursive: true, force: true });
    }
    expect(failed, name).toEqual([]);
  });
});
