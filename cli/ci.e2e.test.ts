import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type AthGatewayMock, startAthGateway } from "../mocks/index.ts";
import { ran } from "./embedding/testing/installed.ts";
import { blocksOf, commandsIn } from "./testing/documented.ts";
import { gateproof } from "./testing/spawn.ts";
import { kitVersion } from "./version.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
}

async function readAction(): Promise<Action> {
  const { inputs, outputs, runs } = parse(await readFile(join(root, "action.yml"), "utf8"));
  const { run, env } = runs.steps.find(({ id }: { readonly id?: string }) => id === "judge");
  return { inputs, outputs, script: run, env };
}

describe("the action", () => {
  let action: Action;
  let folder = "";
  let gateway: AthGatewayMock;
  beforeAll(async () => {
    action = await readAction();
    gateway = await startAthGateway();
  });
  afterAll(() => gateway.close());
  beforeEach(async () => {
    gateway.faults.clear();
    folder = await mkdtemp(join(tmpdir(), "gateproof-action-"));
    // The registry's part: the version that is asked for is the one that is built here.
    const npx = `#!/bin/sh\n[ "$1 $2" = "--yes gateproof@${kitVersion()}" ] || exit 99\nshift 2\nexec node '${main}' "$@"\n`;
    await writeFile(join(folder, "npx"), npx);
    await chmod(join(folder, "npx"), 0o755);
    return () => rm(folder, { recursive: true, force: true });
  });

  /** Runs the script of the action as GitHub does: inputs in variables, outputs and summary in files. */
  async function act(inputs: Readonly<Record<string, string>>) {
    const value = (text: string) =>
      text.replace(/^\$\{\{ inputs\.(?<name>[\w-]+) \}\}$/, (_, name: string) => {
        const given = inputs[name] ?? action.inputs[name]?.default;
        if (given === undefined) throw new Error(`there is no input ${name}`);
        return given;
      });
    const [output, summary] = [join(folder, "output"), join(folder, "summary")];
    await Promise.all([output, summary].map((file) => writeFile(file, "")));
    const env = Object.fromEntries(Object.entries(action.env).map(([name, text]) => [name, value(text)]));
    const { code, stdout, stderr } = await ran("bash", ["-e", "-c", action.script], folder, {
      ...env,
      PATH: `${folder}:${process.env["PATH"]}`,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    });
    const lines = (await readFile(output, "utf8")).trim().split("\n");
    const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)));
    return { code, stdout, stderr, outputs, summary: await readFile(summary, "utf8") };
  }

  it("says the verdict, the counts and where the reports are, and shows the report", async () => {
    const inputs = { profile: "ath-gateway", only: "DISC-1 ATT-5", target: gateway.url };
    const { code, outputs, summary, stderr } = await act(inputs);
    expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    const declared = Object.entries(action.outputs);
    for (const [name, { value }] of declared) expect(value).toBe(`\${{ steps.judge.outputs.${name} }}`);
    expect(Object.keys(outputs).toSorted()).toEqual(declared.map(([name]) => name).toSorted());
    expect(outputs).toMatchObject({ verdict: "conformant", "exit-code": "0", failed: "0" });
    expect(Number(outputs["passed"])).toBeGreaterThan(0);
    expect(summary).toContain("Conformant");
    for (const report of ["json", "junit", "sarif", "html", "bundle"]) {
      expect(await readFile(join(folder, outputs[report] ?? ""))).not.toHaveLength(0);
    }
  });

  it("fails as the run fails, with its outputs", async () => {
    gateway.faults.activate("ATT-5.jti-forgotten");
    const { code, outputs, summary } = await act({ profile: "ath-gateway", only: "ATT-5", target: gateway.url });
    expect(code).toBe(1);
    expect(outputs).toMatchObject({ verdict: "findings", "exit-code": "1" });
    expect(Number(outputs["failed"])).toBeGreaterThan(0);
    expect(summary).toContain("ATT-5.replayed");
  });

  it("does not judge the embedded mock where nothing is said of a target", async () => {
    const { code, outputs, stdout, summary } = await act({ profile: "ath-gateway" });
    expect([code, summary]).toEqual([2, ""]);
    expect(stdout).toMatch(/^::error::nothing says what is to be judged/);
    expect(outputs).toEqual({ verdict: "not-judged", "exit-code": "2" });
  });

  it("takes inputs for what they are and never for commands", async () => {
    const target = '"; touch injected; echo "';
    const { code, outputs, stderr } = await act({ profile: "ath-gateway", target });
    expect([code, outputs]).toEqual([2, { verdict: "not-judged", "exit-code": "2" }]);
    expect(stderr).toContain("--target");
    await expect(readFile(join(folder, "injected"))).rejects.toThrow(/ENOENT/);
  });

  it("takes the version that it is published with", () => {
    expect(action.inputs["version"]?.default).toBe(kitVersion());
  });
});

it("docs/ci.md: its commands, one after the other, end in the verdict of one run", async () => {
  await using gateway = await startAthGateway();
  const folder = await mkdtemp(join(tmpdir(), "gateproof-ci-"));
  const page = await readFile(join(root, "docs/ci.md"), "utf8");
  const lines = blocksOf(page)
    .filter(({ language }) => language === "sh")
    .flatMap(commandsIn);
  expect(lines.length).toBeGreaterThan(3);
  for (const { line, exitCode } of lines) {
    // Parts of one section are as good as parts of everything.
    const section = line.includes(" run ") ? ["token"] : [];
    const { code, stdout, stderr } = await gateproof([...line.split(" ").slice(2), ...section], { cwd: folder });
    expect([line, code, code === exitCode ? "" : stdout + stderr]).toEqual([line, exitCode, ""]);
    // What init wrote names no target that exists.
    if (line.includes(" init ")) {
      await writeFile(join(folder, "gateproof.config.yaml"), JSON.stringify({ target: { url: gateway.url } }));
    }
  }
  const report = await readFile(join(folder, "gateproof.md"), "utf8");
  expect(report).toMatch(/Conformant/);
  await rm(folder, { recursive: true, force: true });
});

describe("docs/ci.md: what CI files say", () => {
  let yaml: readonly string[] = [];
  beforeAll(async () => {
    const page = await readFile(join(root, "docs/ci.md"), "utf8");
    yaml = blocksOf(page).flatMap(({ language, text }) => (language === "yaml" ? [text] : []));
  });

  it("the steps of the action give inputs that it has", async () => {
    const { inputs } = await readAction();
    const steps: readonly { readonly id?: string; readonly with?: object }[] = parse(yaml[0] ?? "");
    const given = Object.keys(steps.find(({ id }) => id === "gateproof")?.with ?? {});
    expect(given.length).toBeGreaterThan(0);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
  });

  it("the job at GitLab runs, and leaves the artifacts that it names", async () => {
    const { gateproof: job } = parse(yaml[1] ?? "");
    const folder = await mkdtemp(join(tmpdir(), "gateproof-gitlab-"));
    const lines: readonly string[] = job.script;
    for (const line of lines) {
      const [npx, yes, kit, ...words] = line.split(" ");
      expect([npx, yes, kit]).toEqual(["npx", "--yes", `gateproof@${kitVersion()}`]);
      // One section is enough to see that the command is right.
      const { code, stderr } = await gateproof([...words, "discovery"], { cwd: folder });
      expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
    }
    for (const path of [...job.artifacts.paths, job.artifacts.reports.junit]) {
      expect(await readFile(join(folder, path))).not.toHaveLength(0);
    }
    await rm(folder, { recursive: true, force: true });
  });
});

describe("the image", () => {
  it("is made of what is there", async () => {
    const file = await readFile(join(root, "Dockerfile"), "utf8");
    const sources = [...file.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = ""]) => names.split(" "));
    expect(sources).toContain("package-lock.json");
    for (const source of sources) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
  });

  it("judges where nothing can be written, and says so of a report that cannot be", async () => {
    // Node itself forbids every write then, whoever runs the test.
    const sealed = ["--experimental-permission", "--allow-fs-read=*", "--allow-worker", "--no-warnings", main];
    const nowhere = { HOME: "/nonexistent", TMPDIR: "/nonexistent" };
    const judged = await ran("node", [...sealed, "run", "ath-gateway", "discovery", "-q"], root, nowhere);
    expect([judged.code, judged.stdout]).toEqual([0, expect.stringMatching(/^Conformant/)]);
    const report = ["--report", "json=never-written.json"];
    const refused = await ran("node", [...sealed, "run", "ath-gateway", "discovery", ...report], root, nowhere);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(/cannot write .*never-written\.json/)]);
  });
});
