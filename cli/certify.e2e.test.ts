import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gateproof } from "./testing/spawn.ts";

let folder = "";
const run = (...args: readonly string[]) => gateproof(args, { cwd: folder });

/** A self-test takes a minute; this one was clean. */
const selftest = {
  honest: { profile: "ath-native", checks: 1, notPass: [] },
  faults: [],
  nullTargets: [],
  unprovenChecks: [],
  ok: true,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-certify-"));
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  await writeFile(join(folder, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(folder, "pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
  await writeFile(join(folder, "selftest.json"), JSON.stringify(selftest));
  const whole = await run("run", "ath-native", "--seed", "7", "--report", "bundle=run.zip", "-q");
  const part = await run("run", "ath-native", "token", "--report", "bundle=part.zip", "-q");
  expect([whole.code, part.code]).toEqual([0, 0]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("gateproof certify and verify", () => {
  const certify = ["certify", "run.zip", "--key", "key.pem", "--issuer", "ACME", "--selftest", "selftest.json"];

  it("signs a conformant run, and strangers can check it by the evidence", async () => {
    const signed = await run(...certify, "--yaml", "result.yaml");
    expect(signed.stderr).toBe("");
    expect(signed.code).toBe(0);
    expect(await readFile(join(folder, "result.yaml"), "utf8")).toContain("kind: ConformanceReport");
    const verified = await run("verify", "certificate.intoto.jsonl", "--key", "pub.pem", "--bundle", "run.zip");
    expect(verified.stdout).toMatch(/holds\n[\s\S]*issuer +ACME \(self\)/);
    expect(verified.code).toBe(0);
    const swapped = await run("verify", "certificate.intoto.jsonl", "--key", "pub.pem", "--bundle", "part.zip");
    expect(swapped.stdout).toContain("OTHER_BUNDLE: part.zip is not the evidence that was certified");
    expect(swapped.code).toBe(1);
    const chinese = await run("verify", "certificate.intoto.jsonl", "--key", "pub.pem", "--lang", "zh");
    expect(chinese.stdout).toMatch(/成立\n[\s\S]*结论 +[^\n]*\d+ 项检查通过[\s\S]*签发者 +ACME \(self\)/);
  });

  it("lets the maker vouch for itself where nobody is named, and nobody else", async () => {
    const own = ["certify", "run.zip", "--key", "key.pem", "--selftest", "selftest.json", "--out", "own.jsonl"];
    expect((await run(...own)).code).toBe(0);
    const verified = await run("verify", "own.jsonl", "--key", "pub.pem");
    expect(verified.stdout).toMatch(/issuer +Gateproof \(self\)/);
    const foreign = await run(...own, "--independence", "third-party");
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toMatch(/nobody is named[\s\S]*--issuer/);
  });

  it("vouches for no part of a run, and names what is missing", async () => {
    const { code, stderr } = await run(...certify.map((word) => (word === "run.zip" ? "part.zip" : word)));
    expect(code).toBe(1);
    expect(stderr).toMatch(/no certificate for part\.zip:\n[\s\S]*was not part of the run/);
    const chinese = await run(...certify.map((word) => (word === "run.zip" ? "part.zip" : word)), "--lang", "zh");
    expect(chinese.stderr).toMatch(/^part\.zip 得不到证书：\n {2}[\w.-]+ 不在运行之中\n/);
  });

  it.each([
    ["no key", ["--key", "nowhere.pem"], /cannot read --key/],
    ["a file that is no key", ["--key", "selftest.json"], /no private key in PEM/],
  ])("says what is wrong with %s, and shows nothing of it", async (_name, flags, said) => {
    const { code, stderr } = await run("certify", "run.zip", ...flags, "--issuer", "ACME");
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});
