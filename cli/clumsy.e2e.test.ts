import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pack } from "../reports/archive.ts";
import { speaking } from "./testing/hostile.ts";
import { gateproof, gateproofUntil, mainFile } from "./testing/spawn.ts";
import { unzipped } from "./testing/unzipped.ts";

let folder = "";
const path = (name: string) => join(folder, name);
const run = (args: readonly string[]) => gateproof(args, { cwd: folder });

/** The bundle with some of its files changed, and sums that fit. */
async function repacked(name: string, change: (files: Record<string, string>) => void): Promise<void> {
  const { SHA256SUMS: _, ...files } = unzipped(await readFile(path("run.zip")));
  change(files);
  await writeFile(path(name), pack(files));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-clumsy-"));
  const reports = ["--report", "bundle=run.zip", "--report", "json=run.json"];
  expect((await run(["run", "ath-gateway", "discovery", "--seed", "7", "-q", ...reports])).code).toBe(0);
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeFile(path("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(path("plain.yaml"), "providers: [{ id: mail, scopes: [mail:read] }]\n");
  await mkdir(path("folder"));
  await writeFile(path("empty"), "");
  await (await open(path("huge"), "w")).close();
  await truncate(path("huge"), 3 * 1024 ** 3);
  await writeFile(path("deep.json"), "[".repeat(200_000));
  await writeFile(path("cut.zip"), (await readFile(path("run.zip"))).subarray(0, 5000));
  await writeFile(path("cut.jsonl"), '{"payloadType":"application/vnd.in-toto+json","payload":"ey');
  const report: Record<string, unknown> = JSON.parse(await readFile(path("run.json"), "utf8"));
  await writeFile(path("future.json"), JSON.stringify({ ...report, schema: "gateproof.report/9" }));
  const verdict = { result: "conformant", exitCode: 0, sentence: "\u001b]52;c;aGk=\u0007\u009b2J\u202eowned" };
  await writeFile(path("hostile.json"), JSON.stringify({ ...report, verdict }));
  await writeFile(path("other.yaml"), "schema: gateproof.baseline/1\nprofile: aun-gateway\n");
  await repacked("later.zip", (files) => {
    files["run.json"] = files["run.json"]?.replace(/"kit": "[^"]+"/, '"kit": "9.9.9"') ?? "";
  });
  await repacked("unknown.zip", (files) => {
    files["run.json"] = files["run.json"]?.replace("DISC-1.shape", "DISC-1.of-tomorrow") ?? "";
    files["evidence/DISC-1.of-tomorrow.json"] = files["evidence/DISC-1.shape.json"] ?? "";
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Said on stderr: what is wrong, where, and what to do. */
const refused: readonly (readonly [name: string, args: readonly string[], said: RegExp])[] = [
  ["a report where a bundle is wanted", ["judge", "run.json"], /run\.json is refused[\s\S]*→ .*--report bundle=/],
  ["an empty file", ["report", "empty"], /empty is neither a report in JSON nor a bundle[\s\S]*→/],
  ["a folder", ["diff", "run.json", "folder"], /cannot read folder: it is a folder[\s\S]*→/],
  ["a file of 3 GB as a bundle", ["judge", "huge"], /cannot read huge[\s\S]*→/],
  [
    "a file of 3 GB as a configuration",
    ["run", "ath-gateway", "--config", "huge"],
    /huge is larger than \d+ bytes[\s\S]*→/,
  ],
  ["200,000 brackets", ["report", "deep.json"], /deep\.json is neither/],
  ["half a bundle", ["judge", "cut.zip"], /cut\.zip is refused: it is no zip file, or a damaged one/],
  [
    "a report of a later version",
    ["report", "future.json"],
    /another version of the kit: gateproof\.report\/9[\s\S]*→/,
  ],
  [
    "a bundle with a check of a later version",
    ["judge", "unknown.zip"],
    /unknown\.zip cannot be judged: .*DISC-1\.of-tomorrow[\s\S]*→/,
  ],
  [
    "a folder as a baseline",
    ["run", "ath-gateway", "--baseline", "folder"],
    /the baseline .*folder: it is a folder[\s\S]*→/,
  ],
  [
    "a baseline of another profile",
    ["baseline", "update", "run.json", "--file", "other.yaml"],
    /is for aun-gateway, and the report is of ath-gateway/,
  ],
  [
    "a baseline in no folder",
    ["baseline", "update", "run.json", "--file", "no/such.yaml"],
    /--file no\/such\.yaml.*there is no folder[\s\S]*→/,
  ],
  ["a key that is none", ["certify", "run.zip", "--key", "run.json", "--issuer", "A"], /no private key in PEM[\s\S]*→/],
  ["no key", ["verify", "cut.jsonl"], /--key must be given[\s\S]*→/],
  [
    "a self-test that is none",
    ["certify", "run.zip", "--key", "key.pem", "--issuer", "A", "--selftest", "run.json"],
    /no result of a self-test[\s\S]*→/,
  ],
  ["shards that are none", ["run", "ath-gateway", "--shard", "3/2"], /--shard takes i\/n[\s\S]*→/],
  [
    "a WebSocket where HTTP is spoken",
    ["run", "ath-gateway", "--target", "ws://127.0.0.1:9"],
    /only aun-gateway is judged over a WebSocket/,
  ],
  ["two dashes", ["--", "run"], /there is no command "--"/],
  ["a prototype's name as a profile", ["run", "constructor"], /no profile "constructor"/],
  ["escape codes as a word", ["explain", "\u001b[31m"], /"\\u\{1b\}\[31m"/],
  ["a replay id that is none", ["replay", "ath-gateway/DISC-1.shape@7:x"], /no replay id[\s\S]*→/],
];

describe("what cannot be done is refused in words", () => {
  it.each(refused)("%s", async (_name, args, said) => {
    const { code, stdout, stderr } = await run(args);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  it("a certificate that was cut off is no certificate", async () => {
    const { publicKey } = generateKeyPairSync("ed25519");
    await writeFile(path("pub.pem"), publicKey.export({ type: "spki", format: "pem" }));
    const { code, stdout } = await run(["verify", "cut.jsonl", "--key", "pub.pem"]);
    expect(stdout).toMatch(/cut\.jsonl is refused:\n {2}NO_CERTIFICATE/);
    expect(code).toBe(1);
  });
});

describe("what comes from elsewhere", () => {
  it("a bundle of another version is judged, and the version is named", async () => {
    const { code, stderr } = await run(["judge", "later.zip", "-q"]);
    expect(stderr).toMatch(/recorded by version 9\.9\.9, judged by/);
    expect(code).toBe(0);
  });

  it.each([
    [["diff", "run.json", "hostile.json"]],
    [["report", "hostile.json"]],
    [["report", "hostile.json", "--format", "markdown"]],
  ])("escape codes in a report reach no terminal: %s", async (args) => {
    const { stdout, code } = await run(args);
    expect(stdout).toContain("owned");
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(code).toBe(0);
  });
});

describe("where output cannot go", () => {
  it("a reader that goes away is no error", async () => {
    const piped = new Promise<string>((resolve, reject) => {
      const script = `set -o pipefail; "${process.execPath}" "${mainFile}" list --checks --json | head -c 10`;
      execFile("bash", ["-c", script], (error, out, err) => (error ? reject(error) : resolve(out + err)));
    });
    expect(await piped).toHaveLength(10);
  });

  it.skipIf(!existsSync("/dev/full"))("a disk that is full is said in words", async () => {
    const { code, stderr } = await run(["run", "ath-gateway", "DISC-1.shape", "-q", "--report", "json=/dev/full"]);
    expect(stderr).toMatch(/the disk is full/);
    expect(code).toBe(2);
  });

  it("an interrupted doctor says nothing good of the target", async () => {
    const silent = await speaking(() => {});
    const doctor = await gateproofUntil(
      ["doctor", "ath-gateway", "--target", silent.url, "--config", path("plain.yaml")],
      /tcp/,
    );
    doctor.signal("SIGINT");
    const { code, stdout } = await doctor.finished;
    await silent.close();
    expect(stdout).not.toMatch(/can be judged/);
    expect(code).toBe(130);
  });
});
