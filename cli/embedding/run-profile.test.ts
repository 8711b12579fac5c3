import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AthGatewayMock, startAthGateway } from "../../mocks/index.ts";
import { judgeBundle, type RunEvent, renderedAs, runProfile } from "./index.ts";

let folder = "";
let gateway: AthGatewayMock;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-embedding-"));
  gateway = await startAthGateway();
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

describe("runProfile", () => {
  it("judges a target, tells what happens, and leaves a bundle that judges the same", async () => {
    const events: RunEvent[] = [];
    const bundle = join(folder, "run.zip");
    const report = await runProfile("ath-gateway", {
      target: gateway.url,
      only: ["discovery"],
      seed: 7,
      bundle,
      onEvent: (event) => events.push(event),
    });
    expect(report.verdict).toMatchObject({ result: "conformant", exitCode: 0 });
    expect(report.run).toMatchObject({ seed: 7, profile: "ath-gateway" });
    expect(report.target.url).toBe(gateway.url);
    expect(events[0]).toEqual({ type: "planned", checks: report.checks.length });
    const judged = events.flatMap((event) => (event.type === "judged" ? [event] : []));
    expect(judged).toHaveLength(report.checks.length);
    expect(judged.at(-1)).toMatchObject({ done: judged.length, of: judged.length, check: { outcome: "pass" } });
    expect(await renderedAs("junit", report)).toMatch(/<testsuites/);
    const again = await judgeBundle(bundle);
    expect(again.differences).toEqual([]);
    expect(again.report.totals).toEqual(report.totals);
  });

  it("finds a fault of the embedded mock", async () => {
    const report = await runProfile("ath-gateway", {
      embedded: { faults: ["ATT-5.jti-forgotten"] },
      only: ["ATT-5.replayed"],
    });
    expect(report.verdict).toMatchObject({ result: "findings", exitCode: 1 });
    expect(report.checks).toContainEqual(expect.objectContaining({ requirement: "ATT-5", outcome: "fail" }));
  });

  it("takes a configuration as an object or as a file", async () => {
    const config = {
      target: { url: gateway.url, headers: { "X-From": `\${env:FROM}` } },
      implementation: { organization: "Example", project: "gateway", version: "1" },
    };
    const options = { only: ["DISC-1"], env: { FROM: "the environment" } };
    const fromObject = await runProfile("ath-gateway", { config, ...options });
    const file = join(folder, "own.yaml");
    await writeFile(file, JSON.stringify(config));
    const fromFile = await runProfile("ath-gateway", { config: file, ...options });
    for (const report of [fromObject, fromFile]) {
      expect(report.verdict.exitCode).toBe(0);
      expect(report.implementation).toEqual(config.implementation);
      expect(report.target.headersRedacted).toEqual(["X-From"]);
    }
    const unset = runProfile("ath-gateway", { config, only: ["DISC-1"], env: {} });
    await expect(unset).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      details: [expect.stringMatching(/target\.headers\.X-From: needs the environment variable FROM/)],
    });
  });

  it("ends early and says so", async () => {
    const controller = new AbortController();
    const report = await runProfile("ath-gateway", {
      target: gateway.url,
      only: ["discovery"],
      jobs: 1,
      signal: controller.signal,
      onEvent: ({ type }) => type === "judged" && controller.abort(),
    });
    expect(report.verdict).toMatchObject({ exitCode: 130, sentence: expect.stringMatching(/^Interrupted/) });
  });

  it.each([
    ["NO_TARGET", { target: undefined }],
    ["TWO_TARGETS", { embedded: true, target: "http://127.0.0.1:1" }],
    ["BAD_URL", { target: "gateway" }],
    ["UNKNOWN_ADDRESS", { embedded: true, only: ["nonsense"] }],
    ["UNKNOWN_FAULT", { embedded: { faults: ["NON-1.sense"] } }],
    ["FILE_UNREADABLE", { config: "missing.yaml" }],
  ] as const)("refuses with %s", async (code, options) => {
    await expect(runProfile("ath-gateway", options)).rejects.toMatchObject({ code });
  });

  it("says of a dead target that it cannot be judged", async () => {
    const report = await runProfile("ath-gateway", { target: "http://127.0.0.1:1", only: ["DISC-1"] });
    expect(report.verdict).toMatchObject({ result: "not-testable", exitCode: 3 });
    expect(report.totals.pass).toBe(0);
  });
});
