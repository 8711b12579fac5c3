import { describe, expect, it } from "vitest";
import { requirements } from "../specs/index.ts";
import { coverageOf } from "./coverage.ts";
import { aCheck, aReport } from "./testing/report.ts";

const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe("what a verdict covers", () => {
  const musts = requirements("ath-gateway").filter(({ kit }) => kit === "must");
  const coverage = coverageOf(
    aReport([
      aCheck("ATT-1.a", { outcome: "fail" }),
      aCheck("ATT-1.b", { outcome: "not-tested" }),
      aCheck("ATT-2.a", { outcome: "not-tested" }),
      aCheck("ATT-2.b", { outcome: "not-applicable" }),
      aCheck("TLS-1.a", { outcome: "not-applicable" }),
      aCheck("ATT-3.a", { outcome: "kit-error" }),
    ]),
  );

  it("is counted in MUST requirements, each once", () => {
    expect(ids(coverage.judged)).toEqual(["ATT-1"]);
    expect(ids(coverage.notTested)).toEqual(["ATT-2", "ATT-3"]);
    expect(ids(coverage.notApplicable)).toEqual(["TLS-1"]);
    expect(coverage.musts).toBe(musts.length);
    const { judged, notTested, notApplicable, notRun, untestable } = coverage;
    expect(ids([...judged, ...notTested, ...notApplicable, ...notRun, ...untestable]).toSorted()).toEqual(
      ids(musts).toSorted(),
    );
  });

  it("is nothing for a profile that the catalogue does not have", () => {
    const report = aReport([aCheck("X-1.a")]);
    expect(coverageOf({ ...report, run: { ...report.run, profile: "later" } })).toMatchObject({ musts: 0, judged: [] });
  });
});
