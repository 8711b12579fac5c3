import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isMessage } from "../schemas/index.ts";
import { freePort } from "./testing/free-port.ts";
import { gateproof, gateproofUntil } from "./testing/spawn.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-native-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The native service in a process of its own, and the configuration that judges it by the service's own consent page. */
async function stage(faults: readonly string[]): Promise<string> {
  const [port, control] = [await freePort(), await freePort()];
  const mockConfig = join(folder, `${port}.mock.yaml`);
  await writeFile(mockConfig, "policy: { pending_developers: [dev-pending], denied_developers: [dev-denied] }");
  const ports = ["--port", `${port}`, "--control-port", `${control}`];
  const args = ["mock", "ath-native", ...ports, "--config", mockConfig, "--json"];
  const mock = await gateproofUntil([...args, ...faults.flatMap((id) => ["--fault", id])], /"ready":true/);
  onTestFinished(async () => void (await mock.stop()));
  const config = join(folder, `${port}.yaml`);
  await writeFile(
    config,
    `profile: ath-native
target: { url: "http://127.0.0.1:${port}", features: { agent_status: true, audit: true } }
providers:
  - id: mock-mail
    scopes: [mail:read, mail:send, mail:delete]
    operations:
      mail:read: [GET /v1/messages]
      mail:send: [POST /v1/messages]
      mail:delete: [DELETE /v1/messages/42]
    unmapped: [DELETE /v1/everything]
consent: { driver: form }
hooks:
  clock: { request: "POST http://127.0.0.1:${control}/clock", headers: { Content-Type: application/json }, body: '{"advanceSeconds": {seconds}}' }
  pending_agent: { developer_id: dev-pending }
  denied_agent: { developer_id: dev-denied }
`,
  );
  return config;
}

describe("gateproof run ath-native, against a service in another process", () => {
  it.each([
    ["REV-3.any-agent", "revocation", "REV-3.other-agent"],
    ["AGT-2.wrong-registration", "agent-status", "AGT-2.own-registration"],
  ])("finds %s by the check that finds it in the self-test, and by no other", async (fault, section, check) => {
    const config = await stage([fault]);
    const json = join(folder, `${fault}.json`);
    const { code } = await gateproof(["run", section, "--config", config, "--report", `json=${json}`]);
    const report: unknown = JSON.parse(await readFile(json, "utf8"));
    if (!isMessage("Report", report)) throw new Error("no report");
    const failed = report.checks
      .filter(({ outcome }) => outcome !== "pass")
      .map(({ id, outcome }) => `${id} ${outcome}`);
    expect(failed).toEqual([`${check} fail`]);
    expect(report.checks.length).toBeGreaterThan(3);
    expect(code).toBe(1);
  });
});
