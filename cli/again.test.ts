import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultsOf, provenBy } from "../mocks/faults-of.ts";
import { pack } from "../reports/archive.ts";
import { jsonReport } from "../reports/index.ts";
import { type Report, validate } from "../schemas/index.ts";
import { buildReport } from "../suites/engine/report.ts";
import { profileIds } from "../suites/profiles/index.ts";
import { readBundle } from "./bundle/read-bundle.ts";
import { bundleOf } from "./bundle/write-bundle.ts";
import { openEmbeddedTarget } from "./embedded/index.ts";
import { reportAgain } from "./judge/judge-bundle.ts";
import { unzipped } from "./testing/unzipped.ts";
import { kitVersion } from "./version.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gateproof-bundles-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Faults from all over a profile, so that verdicts other than a pass are judged again beside passes. */
async function someFaults(profile: string): Promise<readonly string[]> {
  const faults = (await faultsOf(profile)).filter(({ mount }) => mount === undefined);
  return [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((part) => faults[Math.floor(faults.length * part)]?.id ?? []);
}

describe.each(profileIds)("a run of %s", (profile) => {
  let report: Report;
  let bundle: Uint8Array;
  let attempts: readonly number[];

  beforeAll(async () => {
    const target = await openEmbeddedTarget(profile, { seed: 7, faults: await someFaults(profile), timeoutMs: 4000 });
    try {
      const run = await target.run({ seed: 7, runs: 3 });
      const context = {
        kitVersion: kitVersion(),
        command: "tested",
        failOn: "must",
        provenBy: await provenBy(profile),
      } as const;
      report = buildReport(run, context);
      bundle = await bundleOf({ run, report, context });
      attempts = run.results.map((result) => result.attempts);
    } finally {
      await target.close();
    }
  });

  const read = async (bytes: Uint8Array) => {
    const path = join(folder, `${profile}.zip`);
    await writeFile(path, bytes);
    return readBundle(path, "bundle.zip");
  };

  it("is judged again from its bundle, bit for bit", async () => {
    expect(attempts.every((count) => count === 1)).toBe(true);
    expect(jsonReport(await reportAgain(await read(bundle), "bundle.zip"))).toBe(jsonReport(report));
  });

  it("has findings, and much that passes", () => {
    const passed = report.checks.filter(({ outcome }) => outcome === "pass");
    const found = report.checks.filter(({ outcome }) => !["pass", "not-applicable"].includes(outcome));
    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(passed.length).toBeGreaterThan(report.checks.length / 4);
  });

  it("says of each check which fault proves it, and of each that does not pass why", () => {
    for (const { id, outcome, reasonCode, provenBy: provers } of report.checks) {
      expect(provers, id).not.toEqual([]);
      if (outcome !== "pass") expect(reasonCode, id).not.toBeNull();
    }
  });

  it("has a report of the schema's shape", () => {
    expect(validate("Report", JSON.parse(jsonReport(report)))).toMatchObject({ ok: true });
  });

  it("is judged by its evidence, and not by what its report says", async () => {
    const files = unzipped(bundle);
    const claims = { ...report, checks: report.checks.map((check) => ({ ...check, outcome: "fail" })) };
    const again = await reportAgain(
      await read(pack({ ...without(files, "SHA256SUMS"), "report.json": JSON.stringify(claims) })),
      "bundle.zip",
    );
    expect(again.checks.map(({ outcome }) => outcome)).toEqual(report.checks.map(({ outcome }) => outcome));
  });
});

function without(files: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([key]) => key !== name));
}
