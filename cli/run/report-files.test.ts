import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aReport } from "../../reports/testing/report.ts";
import { assertWritable, filesOfProfile, reportFiles, writeReports } from "./report-files.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-reports-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("--report", () => {
  it("takes kinds and paths, also paths with =", () => {
    expect(reportFiles(["json=a=b.json", "junit=/x.xml"], "/work").map(({ kind, path }) => [kind, path])).toEqual([
      ["json", "/work/a=b.json"],
      ["junit", "/x.xml"],
    ]);
  });

  it.each([
    [["pdf=x"], /no kind of report called "pdf"/],
    [["toString=x"], /no kind of report called "toString"/],
    [["json"], /not of the form KIND=PATH/],
    [["json="], /not of the form KIND=PATH/],
    [["=x"], /not of the form KIND=PATH/],
    [["json=x", "junit=./x"], /--report junit=\.\/x would overwrite another report/],
  ])("refuses %j", (flags, said) => {
    expect(() => reportFiles(flags, "/work")).toThrow(said);
  });

  it.each([
    ["no folder", "nowhere/x.json", /no folder .*nowhere/],
    ["a link to nowhere", "dangling", /lets nothing be created/],
    ["a file for a folder", "file/x.json", /is no folder/],
    ["a folder for a file", "taken", /it is a folder/],
  ])("says before the run that it cannot be written: %s", async (_, path, said) => {
    await mkdir(join(folder, "taken"), { recursive: true });
    await writeFile(join(folder, "file"), "");
    await rm(join(folder, "dangling"), { force: true });
    await symlink(join(folder, "nowhere", "x"), join(folder, "dangling"));
    await expect(assertWritable(reportFiles([`json=${path}`], folder))).rejects.toThrow(said);
  });

  it("leaves what is there alone until there is something to write, and then replaces it", async () => {
    const here = await mkdtemp(join(folder, "here-"));
    await writeFile(join(here, "old.json"), "old and longer than nothing");
    const files = reportFiles(["json=old.json", "junit=new.xml"], here);
    await assertWritable(files);
    expect(await readdir(here)).toEqual(["old.json"]);
    expect(await readFile(join(here, "old.json"), "utf8")).toBe("old and longer than nothing");
    await writeReports(files, { report: aReport([]), bundle: async () => new Uint8Array([80, 75]) });
    expect(JSON.parse(await readFile(join(here, "old.json"), "utf8"))).toEqual(aReport([]));
    expect(await readFile(join(here, "new.xml"), "utf8")).toContain("<testsuites");
  });

  it("knows every kind, and each makes a file", async () => {
    const here = await mkdtemp(join(folder, "kinds-"));
    const kinds = ["json", "junit", "sarif", "markdown", "html", "har", "badge", "console", "bundle"];
    const files = reportFiles(
      kinds.map((kind) => `${kind}=${kind}`),
      here,
    );
    await writeReports(files, { report: aReport([]), bundle: async () => new Uint8Array([80, 75]) });
    for (const kind of kinds) expect((await readFile(join(here, kind))).length, kind).toBeGreaterThan(1);
  });

  it("writes what people read in their language", async () => {
    const here = await mkdtemp(join(folder, "lang-"));
    const files = reportFiles(["html=page.html", "junit=cases.xml"], here);
    const judged = { report: aReport([]), bundle: async () => new Uint8Array() };
    await writeReports(files, judged, { lang: "zh" });
    expect(await readFile(join(here, "page.html"), "utf8")).toContain('<html lang="zh-CN">');
    expect(await readFile(join(here, "cases.xml"), "utf8")).not.toMatch(/\p{Script=Han}/u);
  });

  it("has a file for each of several profiles", () => {
    const [file] = filesOfProfile(reportFiles(["json=out/r.json"], "/work"), "ath-gateway");
    expect(file?.path).toBe("/work/out/r.ath-gateway.json");
  });
});
