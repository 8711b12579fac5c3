import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { isMessage, type Report } from "../schemas/index.ts";
import { type Answer, type Disguise, disguised } from "./testing/disguise.ts";
import { gateproof } from "./testing/spawn.ts";
import { stageGateway } from "./testing/stage.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-staging-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Judges a gateway behind a disguise; `args`: what of it, and how. */
async function judged(disguise: Disguise, args: readonly string[]) {
  const target = await disguised(disguise);
  onTestFinished(() => target.close());
  const name = new URL(target.url).port;
  const { mock, url, config, env } = await stageGateway({
    folder,
    name,
    publicUrl: target.url,
    requestsPerMinute: 1e6,
  });
  onTestFinished(async () => void (await mock.stop()));
  target.before(url);
  const path = join(folder, `${name}.json`);
  const finished = await gateproof(["run", ...args, "--config", config, "--report", `json=${path}`], { env });
  const report: unknown = JSON.parse(await readFile(path, "utf8"));
  if (!isMessage("Report", report)) throw new Error("no report");
  return { ...finished, report };
}

const found = ({ checks }: Report, outcome: string) => checks.filter((check) => check.outcome === outcome);

describe("on somebody else's staging gateway", () => {
  it("waits as long as a 429 asks for, and fails nobody for it", async () => {
    const busyMs = 1000;
    const refused: Answer = {
      status: 429,
      headers: [
        ["Content-Type", "application/json"],
        ["Retry-After", String(busyMs / 1000)],
      ],
      body: Buffer.from('{"code":"RATE_LIMITED","message":"later"}'),
    };
    let seen = 0;
    let busySince: number | undefined;
    const early: number[] = [];
    const answer: Disguise["answer"] = (given, path) => {
      if (!path.startsWith("/ath/authorize")) return given;
      seen += 1;
      if (seen === 3) busySince = performance.now();
      const waited = busySince === undefined ? busyMs : performance.now() - busySince;
      if (waited >= busyMs) return given;
      early.push(waited);
      return refused;
    };
    const { report, code } = await judged({ answer }, ["authorization", "--jobs", "1"]);
    expect(found(report, "fail")).toEqual([]);
    // The check that met the refusal ends at once, and the next one begins when the time is over.
    expect(early.length).toBeLessThanOrEqual(3);
    const untested = found(report, "not-tested");
    expect(untested.map(({ reasonCode }) => reasonCode)).toEqual(untested.map(() => "rate-limited"));
    expect(untested.length).toBe(1);
    expect(code).toBe(0);
  });

  it("--safe leaves out what floods the target or moves its clock, and says so", async () => {
    const { report, code } = await judged({}, ["rate-limit", "agent-status", "--safe"]);
    const left = report.checks.filter(({ reasonCode }) => reasonCode === "safe-mode");
    expect(left.map(({ id }) => id)).toContain("RATE-1.others-unaffected");
    expect(left.every(({ outcome }) => outcome === "not-tested")).toBe(true);
    expect(found(report, "pass").length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });

  it("takes back the tokens of the run, and names what stays", async () => {
    const revoked: number[] = [];
    const answer: Disguise["answer"] = (given, path) => {
      if (path === "/ath/revoke") revoked.push(given.status);
      return given;
    };
    const { report, stdout } = await judged({ answer }, ["TOK-1.shape", "TOK-2.intersection"]);
    const { agents = [], tokensRevoked = 0, tokensLeft } = report.leftBehind ?? {};
    expect(tokensRevoked).toBeGreaterThan(5);
    expect(revoked.filter((status) => status === 200).length).toBeGreaterThanOrEqual(tokensRevoked);
    expect(tokensLeft).toBe(0);
    expect(agents.length).toBeGreaterThan(5);
    expect(stdout).toMatch(/left at the target: \d+ agents, 0 tokens; \d+ tokens revoked/);
  });

  it("a target that dies in the middle of a run is gone, and not at fault", async () => {
    let answers = 0;
    const target = await disguised({
      answer: (given) => {
        answers += 1;
        if (answers === 40) void target.close();
        return given;
      },
    });
    onTestFinished(() => target.close());
    const { mock, url, config, env } = await stageGateway({ folder, name: "dies", publicUrl: target.url });
    onTestFinished(async () => void (await mock.stop()));
    target.before(url);
    const path = join(folder, "dies.json");
    const args = ["run", "attestation", "registration", "token", "--config", config, "--report", `json=${path}`];
    const { code, stdout, ms } = await gateproof(args, { env });
    const report: unknown = JSON.parse(await readFile(path, "utf8"));
    if (!isMessage("Report", report)) throw new Error("no report");
    expect(found(report, "fail").map(({ id, actual }) => [id, actual])).toEqual([]);
    expect(found(report, "not-tested").some(({ reasonCode }) => reasonCode === "target-gone")).toBe(true);
    expect(stdout).toMatch(/stopped answering/);
    expect(code).toBe(3);
    expect(ms).toBeLessThan(20_000);
  });

  it("a connection that breaks once is flaky, and no pass", async () => {
    let breaks = 1;
    const answer: Disguise["answer"] = (given, path) => {
      if (path.startsWith("/ath/token") && breaks > 0) {
        breaks -= 1;
        return undefined;
      }
      // On a connection of its own: one that was taken again may have been closed before the request came.
      return { ...given, headers: [...given.headers, ["Connection", "close"]] };
    };
    const { report } = await judged({ answer }, ["TOK-1.shape"]);
    expect(report.checks).toMatchObject([{ outcome: "inconclusive", reasonCode: "flaky-transport", attempts: 2 }]);
  });
});
