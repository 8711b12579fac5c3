import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMessage, type Report } from "../schemas/index.ts";
import { gateproof, gateproofUntil } from "./testing/spawn.ts";
import { stageGateway } from "./testing/stage.ts";

function reportIn(text: string): Report {
  const value: unknown = JSON.parse(text);
  if (!isMessage("Report", value)) throw new Error("no report");
  return value;
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-test-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const stage = (name: string, mockArgs: readonly string[] = [], more = "") =>
  stageGateway({ folder, name, mockArgs, more });

describe("gateproof run", () => {
  it("judges the embedded mock conformant", async () => {
    const json = join(folder, "embedded.json");
    const { code, stdout } = await gateproof(["run", "ath-gateway", "token", "--report", `json=${json}`]);
    const report = reportIn(await readFile(json, "utf8"));
    expect(stdout).toContain(report.verdict.sentence);
    expect(code).toBe(0);
    expect(new Set(report.checks.map(({ outcome }) => outcome))).toEqual(new Set(["pass"]));
  });

  it("judges a mock in another process by a configuration file, and prints no secret anywhere", async () => {
    const { mock, config, env } = await stage("honest", ["--fault", "BRG-2.token-in-response"]);
    const files = { json: join(folder, "honest.json"), junit: join(folder, "honest.xml") };
    const args = [
      "run",
      "--config",
      config,
      "-v",
      "--report",
      `json=${files.json}`,
      "--report",
      `junit=${files.junit}`,
    ];
    const { code, stdout, stderr } = await gateproof(args, { env });
    await mock.stop();
    const outputs = [stdout, stderr, await readFile(files.json, "utf8"), await readFile(files.junit, "utf8")];
    for (const output of outputs) expect(output).not.toMatch(/canary/);
    const report = reportIn(outputs[2] ?? "");
    const other = report.checks.filter(({ outcome }) => !["pass", "not-applicable"].includes(outcome));
    expect(other.map(({ id, outcome }) => [id, outcome])).toEqual([["BRG-2.provider-tokens", "fail"]]);
    expect(report.checks.length).toBeGreaterThanOrEqual(130);
    expect(report.expectedSet.missing).toEqual([]);
    expect(code).toBe(1);
  });

  it("names the finding, what was sent, got and expected, and a line that repeats it", async () => {
    const { mock, config, env } = await stage("faulty", ["--fault", "PRX-2.header-optional"]);
    const { code, stdout } = await gateproof(["run", "--config", config, "proxy"], { env });
    await mock.stop();
    expect(code).toBe(1);
    expect(stdout).toMatch(/PRX-2\.missing-agent-id/);
    for (const line of [/sent/, /got/, /expected/, /curl -i/, /Not conformant/]) expect(stdout).toMatch(line);
    expect(stdout.indexOf("PRX-2.missing-agent-id")).toBeLessThan(stdout.indexOf("Not conformant"));
  });

  it("says that the target cannot reach the identity documents, instead of failing everything", async () => {
    const { mock, config, env } = await stage("unreached", [], "agents: { base_url: http://127.0.0.1:1 }\n");
    const { code, stdout, stderr } = await gateproof(["run", "--config", config], { env });
    await mock.stop();
    expect(stdout + stderr).toMatch(/never fetched the agent's identity document/);
    expect(stdout + stderr).toMatch(/agents\.base_url/);
    expect(code).toBe(3);
  });

  it("goes on when consent never comes, and says so", async () => {
    const { mock, config, env } = await stage("no-consent");
    const text = (await readFile(config, "utf8")).replace(
      /consent:[\s\S]*?hooks:/,
      `consent: { driver: command, command: { run: ["${process.execPath}", "-e", "setInterval(() => {}, 1000)"] } }\nhooks:`,
    );
    await writeFile(config, text);
    const { code, stdout } = await gateproof(
      ["run", "--config", config, "TOK-1.shape", "DISC-1.shape", "--timeout", "2000"],
      { env },
    );
    await mock.stop();
    expect(stdout).toMatch(/consent-timeout|consent/);
    expect(stdout).toMatch(/TOK-1\.shape/);
    expect(code).toBe(0);
  });

  it("prints the reports of several profiles as one list", async () => {
    const { code, stdout } = await gateproof(["run", "all", "discovery", "--json"]);
    const reports: unknown = JSON.parse(stdout);
    if (!Array.isArray(reports)) throw new Error("no list");
    expect(reports.map((report) => reportIn(JSON.stringify(report)).run.profile)).toEqual([
      "ath-gateway",
      "ath-native",
      "aun-gateway",
    ]);
    expect(code).toBe(0);
  });

  it("writes the partial report when it is interrupted", async () => {
    const { mock, config, env } = await stage("interrupted");
    const json = join(folder, "interrupted.json");
    // A token endpoint that stalls keeps checks under way until the interruption.
    const run = await gateproofUntil(
      ["run", "--config", config, "--jobs", "1", "-v", "--report", `json=${json}`],
      /./,
      {
        env: { ...env, GATEPROOF_PROGRESS: "lines" },
      },
    ).catch((error: unknown) => error);
    if (run instanceof Error || typeof run !== "object" || run === null || !("signal" in run)) throw run;
    const { signal, finished } = run as Awaited<ReturnType<typeof gateproofUntil>>;
    signal("SIGINT");
    const { code } = await finished;
    await mock.stop();
    expect(code).toBe(130);
    expect(reportIn(await readFile(json, "utf8")).verdict.exitCode).toBe(130);
  });
});

describe("usage and configuration errors", () => {
  it.each([
    ["an unknown flag", ["run", "ath-gateway", "--taget", "http://127.0.0.1:1"], /taget/],
    ["an unknown profile", ["run", "ath-gatway"], /ath-gatway[\s\S]*ath-gateway/],
    ["an unknown check", ["run", "ath-gateway", "ATT-5.replay"], /ATT-5\.replayed/],
    ["an unknown fault", ["mock", "ath-gateway", "--fault", "ATT-5.nope"], /ATT-5\.nope[\s\S]*ATT-5\./],
    ["a bad URL", ["run", "ath-gateway", "--target", "gateway.example"], /gateway\.example[\s\S]*http/],
    ["a number that is none", ["run", "ath-gateway", "--jobs", "many"], /jobs/],
    ["a report kind that is none", ["run", "ath-gateway", "--report", "pdf=x.pdf"], /pdf[\s\S]*json/],
    ["a report in no folder", ["run", "ath-gateway", "--report", "json=/nonexistent/x.json"], /\/nonexistent/],
    ["an exposed host", ["mock", "ath-gateway", "--host", "0.0.0.0"], /--expose/],
  ])("%s", async (_name, args, said) => {
    const { code, stderr, stdout } = await gateproof(args);
    expect(stderr).toMatch(said);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it.each([
    ["an unknown key", "target: { url: http://127.0.0.1:1, hedaers: {} }", /target[\s\S]*hedaers[\s\S]*headers/],
    ["a bad URL", "target: { url: 'ftp://x' }", /target[./]url/],
    [
      "a missing variable",
      `target: { url: http://127.0.0.1:1, headers: { X: '\${env:GATEPROOF_MISSING}' } }`,
      /GATEPROOF_MISSING/,
    ],
    ["no YAML", "target: [", /yaml/i],
  ])("a configuration with %s", async (name, text, said) => {
    const file = join(folder, `${name.replaceAll(/\W/g, "-")}.yaml`);
    await writeFile(file, text);
    const { code, stderr } = await gateproof(["run", "ath-gateway", "--config", file]);
    expect(stderr).toMatch(said);
    expect(code).toBe(2);
  });

  it("a port in use", async () => {
    const first = await gateproofUntil(["mock", "oauth-provider", "--json"], /"ready":true/);
    const { url }: { url: string } = JSON.parse(first.output);
    const { code, stderr } = await gateproof(["mock", "oauth-provider", "--port", new URL(url).port]);
    await first.stop();
    expect(stderr).toContain(new URL(url).port);
    expect(code).toBe(2);
  });
});

describe("gateproof mock", () => {
  it.each(["ath-gateway", "oauth-provider", "all"])(
    "%s says in one line of JSON that it is ready, and ends with code 0",
    async (which) => {
      const mock = await gateproofUntil(["mock", which, "--json"], /\n/);
      const ready: { ready: boolean; mock: string; url: string; control: string } = JSON.parse(mock.output);
      expect(ready).toMatchObject({ ready: true, mock: which });
      const health = await fetch(`${ready.control}/health`);
      expect(health.status).toBe(200);
      const page = await fetch(ready.url);
      expect(page.headers.get("content-type")).toMatch(/html/);
      expect((await mock.stop()).code).toBe(0);
    },
  );
});
