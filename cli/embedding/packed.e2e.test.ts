import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reachedTypes } from "../packing/reached-types.ts";
import { type Installation, install, ran } from "./testing/installed.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const examples = join(root, "examples");
let installation: Installation;
beforeAll(async () => {
  installation = await install();
});
afterAll(() => installation.remove());

/** What vitest's JSON reporter says of each test, by its full name. */
async function tested(folder: string, env: Readonly<Record<string, string>> = {}) {
  // The example's tests are no judgement of speed: the machine may have other work.
  const options = ["--reporter=json", "--testTimeout=120000", "--hookTimeout=120000"];
  const { code, stdout, stderr } = await ran("npm", ["run", "--silent", "test", "--", ...options], folder, env);
  const start = stdout.indexOf("{");
  if (start < 0) throw new Error(`no report: ${stdout}${stderr}`);
  const said: unknown = JSON.parse(stdout.slice(start));
  return { code, said };
}

/** The size of all files in a folder, without the packages installed in it; bytes. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? 0 : bytesIn(path);
    return (await stat(path)).size;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

interface Locked {
  readonly version: string;
}

/** The folders of the packages that npm installs with this one, as the lock file names them; each version once. */
async function runtimePackages(): Promise<readonly string[]> {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    await readFile(join(root, "package-lock.json"), "utf8"),
  );
  const needed = Object.entries(lock.packages).filter(
    ([path, about]) => path !== "" && !("dev" in about || "devOptional" in about || "peer" in about),
  );
  // Elsewhere nothing stands in the way of one folder for each: what is nested here is nested for the tools of the tests.
  const once = new Map(needed.map(([path, { version }]) => [`${path.split("node_modules/").at(-1)} ${version}`, path]));
  return [...once.values()].map((path) => join(root, path));
}

describe("the packed package", () => {
  it("is what its exports say, for node and for TypeScript", async () => {
    const bin = (name: string) => join(fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url)), name);
    const linted = await ran(bin("publint"), [installation.tarball, "--strict"], examples);
    expect([linted.code, linted.stdout]).toEqual([0, expect.stringContaining("All good!")]);
    const typed = await ran(
      bin("attw"),
      [installation.tarball, "--profile", "esm-only", "--format", "ascii", "--no-emoji"],
      examples,
    );
    expect([typed.code, typed.code === 0 ? "" : typed.stdout + typed.stderr]).toEqual([0, ""]);
  });

  it("holds nothing but what runs", async () => {
    const files = await readdir(installation.package, { recursive: true });
    expect(files.filter((file) => /\.test\.|testing\/|\.map$/.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE"]));
    expect(files).toContain(join("dist", "cli", "main.js"));
  });

  it("holds every type that its exports lead to", async () => {
    const reached = [...reachedTypes(installation.package)];
    expect(reached.length).toBeGreaterThan(100);
    expect(reached.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("brings few packages and little weight", async () => {
    const packages = await runtimePackages();
    const sizes = await Promise.all([installation.package, ...packages].map(bytesIn));
    // The package itself and what it needs: 13 of them are yargs, 6 are the validators of JSON Schema.
    expect(packages.length + 1).toBeLessThanOrEqual(33);
    expect(sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20).toBeLessThan(10);
  });

  it("has an example of each way in, with types that fit", async () => {
    const names = await readdir(examples);
    expect(names.toSorted()).toEqual(["conformance-in-vitest", "mock-in-tests", "msw", "run-from-code"]);
    for (const name of names) {
      const folder = await installation.example(name);
      const { code, stdout } = await ran("npm", ["run", "--silent", "typecheck"], folder);
      expect([name, code, stdout]).toEqual([name, 0, ""]);
    }
  });

  it("runs a profile from code", async () => {
    const folder = await installation.example("run-from-code");
    const { code, stdout, stderr } = await ran("npm", ["run", "--silent", "start"], folder);
    expect(stdout).toMatch(/^\d+ checks\n/);
    expect(stdout).toMatch(/^ATT-5\.replayed: expected .+; got .+$/m);
    expect(stdout).toContain("Not conformant: ");
    expect([code, stderr]).toEqual([1, ""]);
    expect(await readFile(join(folder, "gateproof.xml"), "utf8")).toContain('name="ATT-5.replayed');
  });

  it.each(["mock-in-tests", "msw"])("serves the tests of %s", async (name) => {
    const { code, said } = await tested(await installation.example(name));
    expect([code, said]).toEqual([0, expect.objectContaining({ success: true, numFailedTests: 0 })]);
    expect(said).toHaveProperty("numPassedTests", expect.any(Number));
  });

  it("makes tests of checks: passed, skipped with the reason, failed under the requirement's name", async () => {
    const folder = await installation.example("conformance-in-vitest");
    const honest = await tested(folder);
    expect([honest.code, honest.said]).toEqual([0, expect.objectContaining({ numFailedTests: 0 })]);
    const faulty = await tested(folder, { FAULTS: "ATT-5.jti-forgotten" });
    expect(faulty.code).toBe(1);
    const results: unknown = Reflect.get(Object(faulty.said), "testResults");
    const tests: unknown = Reflect.get(Object(Array.isArray(results) ? results[0] : undefined), "assertionResults");
    expect(tests).toContainEqual(
      expect.objectContaining({
        title: expect.stringMatching(/^ATT-5 MUST · .+ \(ATT-5\.replayed\)$/),
        status: "failed",
        failureMessages: [
          expect.stringMatching(/expected .+; got .+[\s\S]*gateproof replay 'ath-gateway\/ATT-5\.replayed@\d+/),
        ],
      }),
    );
    expect(tests).toContainEqual(expect.objectContaining({ status: "passed", title: "the target can be judged" }));
    expect(tests).toContainEqual(expect.objectContaining({ status: "skipped" }));
  });
});
