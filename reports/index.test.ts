import { describe, expect, it } from "vitest";
import { isReportKind, type ReportKind, renderedAs, reportKinds } from "./index.ts";
import { jsonReport } from "./json.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { aFailure, aReport, hostileText } from "./testing/report.ts";

describe("the JSON report", () => {
  const report = aReport([aFailure("ATT-5.b", { actual: hostileText })]);

  it("gives the report back, and the same bytes for the same report", () => {
    expect(JSON.parse(jsonReport(report))).toEqual(report);
    expect(jsonReport(report)).toBe(jsonReport(structuredClone(report)));
    expect(jsonReport(report).endsWith("}\n")).toBe(true);
  });
});

describe("the kinds of report", () => {
  const kinds: readonly ReportKind[] = reportKinds.filter(isReportKind);

  it("are known by name, and inherited names are none", () => {
    expect(reportKinds).toEqual(["json", "junit", "sarif", "markdown", "html", "har", "badge", "console"]);
    expect(isReportKind("junit")).toBe(true);
    expect(isReportKind("toString")).toBe(false);
    expect(isReportKind("pdf")).toBe(false);
  });

  it.each(kinds)("%s ends with a newline, also when nothing ran", async (kind) => {
    expect(await renderedAs(kind, aReport([]))).toMatch(/[^\n]\n$/);
  });

  it.each(kinds)("%s carries no character that a terminal obeys or that hides", async (kind) => {
    const text = await renderedAs(kind, aHostileReport());
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  });

  it.each(kinds)("%s is the same for the same report", async (kind) => {
    const report = aHostileReport();
    expect(await renderedAs(kind, structuredClone(report))).toBe(await renderedAs(kind, report));
  });
});
