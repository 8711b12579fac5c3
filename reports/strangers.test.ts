import { parse as parseJunit } from "junit2json";
import { describe, expect, it } from "vitest";
import { type RunOptions, runProfile } from "../cli/embedding/index.ts";
import { startAthGateway } from "../mocks/index.ts";
import type { Report } from "../schemas/index.ts";
import { junitReport } from "./junit.ts";
import { sarifReport } from "./sarif.ts";
import { sarifErrors } from "./testing/official-sarif.ts";

const only = ["DISC-1", "ATT-5", "AGT-1"];
const judged = (options: RunOptions) => runProfile("ath-gateway", { only, seed: 7, ...options });

/** What stands behind no configuration: without hooks and without optional features. */
async function bareTarget(): Promise<Report> {
  await using gateway = await startAthGateway();
  return await judged({ config: { target: { url: gateway.url, features: { agent_status: false } } } });
}

describe("reports of real runs, as readers that are not ours see them", () => {
  it.each([
    ["an honest target", () => judged({ embedded: true }), ["pass"]],
    ["a faulty one", () => judged({ embedded: { faults: ["ATT-5.jti-forgotten"] } }), ["fail", "pass"]],
    ["one without the feature", bareTarget, ["not-applicable", "pass"]],
    ["nobody", () => judged({ target: "http://127.0.0.1:1" }), ["not-tested"]],
  ] as const)("%s", async (_, run, outcomes) => {
    const report = await run();
    expect([...new Set(report.checks.map(({ outcome }) => outcome))]).toEqual(expect.arrayContaining([...outcomes]));
    expect(sarifErrors(sarifReport(report))).toEqual([]);
    const read = await parseJunit(junitReport(report));
    if (!read || !("testsuite" in read)) throw new Error("no suites were read");
    const cases = read.testsuite?.flatMap(({ testcase = [] }) => testcase) ?? [];
    const named = (id: string) => cases.find(({ name }) => name?.startsWith(`${id}: `));
    for (const { id, outcome } of report.checks) {
      const { failure, skipped } = named(id) ?? {};
      expect([id, failure !== undefined, skipped !== undefined]).toEqual([
        id,
        outcome === "fail",
        outcome.startsWith("not-"),
      ]);
    }
    expect(read.tests).toBe(cases.length);
  });
});
