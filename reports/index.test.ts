import { describe, expect, it } from "vitest";
import { isReportKind, renderers, reportKinds } from "./index.ts";
import { jsonReport } from "./json.ts";
import { aFailure, aReport, hostileText } from "./testing/report.ts";

describe("the JSON report", () => {
  const report = aReport([aFailure("ATT-5.b", { actual: hostileText })]);

  it("gives the report back, and the same bytes for the same report", () => {
    expect(JSON.parse(jsonReport(report))).toEqual(report);
    expect(jsonReport(report)).toBe(jsonReport(structuredClone(report)));
    expect(jsonReport(report).endsWith("}\n")).toBe(true);
  });

  it("carries no character that a terminal obeys", () => {
    expect(jsonReport(report).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe("the kinds of report", () => {
  it("are known by name, and inherited names are none", () => {
    expect(reportKinds).toEqual(["json", "junit", "console"]);
    expect(isReportKind("junit")).toBe(true);
    expect(isReportKind("toString")).toBe(false);
    expect(isReportKind("sarif")).toBe(false);
  });

  it("each end with a newline", () => {
    for (const render of Object.values(renderers)) expect(render(aReport([]))).toMatch(/\n$/);
  });
});
