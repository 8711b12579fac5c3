import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gateproof } from "./testing/spawn.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-judge-"));
  const run = await gateproof(["run", "ath-gateway", "token", "--seed", "7", "--report", "bundle=run.zip", "-q"], {
    cwd: folder,
  });
  expect(run.code).toBe(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("gateproof judge", () => {
  it("gives the verdicts of a run again, without any target", async () => {
    const { code, stdout, stderr } = await gateproof(["judge", "run.zip"], { cwd: folder });
    expect(code).toBe(0);
    expect(stdout).toContain("Conformant");
    expect(stderr).toMatch(/judged again: (\d+) of \1 verdicts the same/);
  });

  it("says the verdict in Chinese when asked", async () => {
    const { code, stdout } = await gateproof(["judge", "run.zip", "--lang", "zh", "-q"], { cwd: folder });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/符合：.*\d+ 项通过。\n$/)]);
  });

  it("refuses a bundle that was tampered with, and names the file", async () => {
    const files = unzipSync(await readFile(join(folder, "run.zip")));
    const name = "evidence/TOK-1.shape.json";
    const text = Buffer.from(files[name] ?? []).toString("utf8");
    await writeFile(join(folder, "bad.zip"), zipSync({ ...files, [name]: strToU8(text.replace("Bearer", "bearer")) }));
    const { code, stdout, stderr } = await gateproof(["judge", "bad.zip"], { cwd: folder });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(`bad.zip is refused: ${name} is not as it was written`);
  });

  it.each([
    ["nowhere.zip", /cannot read nowhere\.zip: there is no such file/],
    [".", /cannot read \.: it is a folder/],
  ])("says that there is no bundle: %s", async (path, said) => {
    const { code, stderr } = await gateproof(["judge", path], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});

describe("gateproof replay", () => {
  it("drives one case again, and says how stable it is", async () => {
    const { code, stdout, stderr } = await gateproof(["replay", "ath-gateway/TOK-1.shape@7", "--repeat", "3", "-q"], {
      cwd: folder,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("1 check passed");
    expect(stderr).toMatch(/stable over 3 runs\s+3 × pass/);
  });

  it("says the verdict in Chinese when asked", async () => {
    const { code, stdout } = await gateproof(["replay", "ath-gateway/TOK-1.shape@7", "--lang", "zh", "-q"], {
      cwd: folder,
    });
    expect([code, stdout]).toEqual([0, "符合：1 项通过。\n"]);
  });

  it.each([
    ["nonsense", /"nonsense" is no replay id/],
    ["ath-moon/X-1.y@1", /no profile "ath-moon"/],
    ["ath-gateway/TOK-1.nothing@1", /TOK-1\.nothing/],
  ])("says what is wrong with an id: %s", async (id, said) => {
    const { code, stderr } = await gateproof(["replay", id], { cwd: folder });
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });
});
