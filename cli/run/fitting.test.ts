import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSettings } from "../config.ts";
import { answering, type HostileTarget } from "../testing/hostile.ts";
import { noFlags } from "../testing/run-flags.ts";
import { assertFitting } from "./fitting.ts";
import { judgeTarget } from "./judge-target.ts";

let folder = "";
let target: HostileTarget;
let requests = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-fitting-"));
  target = await answering((_, response) => {
    requests += 1;
    response.writeHead(404).end();
  });
});
afterAll(async () => {
  await target.close();
  await rm(folder, { recursive: true, force: true });
});

describe("what a run needs of its configuration", () => {
  it("refuses a run of all profiles before any traffic, and names the missing key", async () => {
    const config = join(folder, "all.yaml");
    await writeFile(config, `target: { url: "${target.url}" }`);
    await expect(judgeTarget({ ...noFlags, profile: "all", only: [], config })).rejects.toMatchObject({
      code: "HANDSHAKE_MISSING",
      exitCode: 2,
      message: expect.stringContaining("`handshake`"),
      mend: expect.stringContaining("handshake:"),
    });
    expect(requests).toBe(0);
  });

  it("asks a WebSocket target of AUN only", async () => {
    const config = join(folder, "aun.yaml");
    await writeFile(config, "target: { url: 'ws://127.0.0.1:1/aun' }\naun: { issuer: agentid.test }\n");
    const loaded = await loadSettings({ config }, { cwd: folder, env: {} });
    if (loaded === undefined) throw new Error("no settings");
    expect(() => assertFitting("aun-gateway", loaded)).not.toThrow();
    expect(() => assertFitting("ath-native", loaded)).toThrow(/must begin with http/);
  });
});
