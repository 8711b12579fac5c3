import { describe, expect, it } from "vitest";
import type { Report } from "../schemas/index.ts";
import { sarifReport } from "./sarif.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { sarifErrors } from "./testing/official-sarif.ts";
import { aCheck, aFailure, anExchange, aReport } from "./testing/report.ts";

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly unknown[];
  readonly webRequest?: unknown;
  readonly webResponse?: unknown;
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] } };
  readonly results: readonly Result[];
  readonly invocations: readonly unknown[];
}

function runOf(report: Report): Run {
  const log: { readonly runs: readonly Run[] } = JSON.parse(sarifReport(report));
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  return run;
}

const mixed = aReport([
  aCheck("ATT-1.a"),
  aFailure("ATT-5.b"),
  aFailure("ATT-5.c"),
  aFailure("TOK-12.d", { outcome: "warn", level: "should" }),
  aCheck("REG-1.e", { outcome: "ambiguous" }),
  aCheck("PRX-1.f", { outcome: "not-tested", actual: "no hook" }),
  aCheck("PRX-2.g", { outcome: "not-applicable" }),
  aCheck("PRX-3.h", { outcome: "inconclusive" }),
  aCheck("PRX-4.i", { outcome: "kit-error", actual: "a bug" }),
]);

describe("the SARIF report", () => {
  it.each([
    ["a mixed run", mixed],
    ["an empty run", aReport([])],
    ["a hostile target", aHostileReport()],
  ])("is valid by the schema of its committee: %s", (_, report) => {
    expect(sarifErrors(sarifReport(report))).toEqual([]);
  });

  it.each([
    ["a misspelt member", (log: string) => log.replace('"ruleId"', '"ruleID"')],
    ["an unknown kind", (log: string) => log.replace('"kind": "pass"', '"kind": "passed"')],
    ["a message without text", (log: string) => log.replace('"text"', '"words"')],
  ])("is held to that schema, which finds %s", (_, spoil) => {
    expect(sarifErrors(spoil(sarifReport(mixed)))).not.toEqual([]);
  });

  it("says each outcome by kind and level; a kit error is no result", () => {
    expect(runOf(mixed).results.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      "pass none",
      "fail error",
      "fail error",
      "fail warning",
      "review none",
      "open none",
      "notApplicable none",
      "open none",
    ]);
    expect(runOf(mixed).invocations).toMatchObject([
      { exitCode: 1, toolExecutionNotifications: [{ message: { text: "The kit failed in PRX-4.i: a bug" } }] },
    ]);
  });

  it("has one rule for each requirement, and results that point at it", () => {
    const { tool, results } = runOf(mixed);
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
  });

  it("links a rule to its text where that is public", () => {
    const { rules } = runOf(aReport([aCheck("BRG-1.a"), aCheck("ATT-1.a")])).tool.driver;
    for (const { helpUri } of rules) if (helpUri !== undefined) expect(helpUri).toMatch(/^https:/);
  });

  it("carries request and answer of what decided a finding, and of nothing else", () => {
    const { results } = runOf(mixed);
    expect(results[1]).toMatchObject({
      webRequest: {
        method: "POST",
        target: "/ath/agents/register",
        body: { text: '{"agent_id":"a","agent_attestation":"two"}' },
      },
      webResponse: { statusCode: 201 },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "http://127.0.0.1:4000/ath/agents/register" } },
          logicalLocations: [{ name: "ATT-5.b", fullyQualifiedName: "ath-gateway/attestation/ATT-5.b" }],
        },
      ],
    });
    expect(results[0]?.webRequest).toBeUndefined();
    const lost = { ...anExchange(1), response: null, error: { code: "TIMEOUT", message: "late" } };
    expect(runOf(aReport([aFailure("ATT-5.b", { exchanges: [lost] })])).results[0]?.webResponse).toEqual({
      noResponseReceived: true,
      reasonPhrase: "TIMEOUT",
    });
  });

  it("knows a finding again in the next run, and another finding for another", () => {
    const prints = (report: Report) =>
      runOf(report).results.map(({ partialFingerprints }) => partialFingerprints["gateproofCheck/v1"]);
    const later = {
      ...mixed,
      run: { ...mixed.run, id: "run-2", seed: 8 },
      target: { ...mixed.target, url: "http://127.0.0.1:5000" },
    };
    expect(prints(later)).toEqual(prints(mixed));
    expect(new Set(prints(mixed)).size).toBe(8);
    expect(prints(aReport([aFailure("ATT-5.b", { reasonCode: "altered" })]))).not.toContain(prints(mixed)[1]);
  });

  it.each([
    ["conformant", 0, true],
    ["findings", 1, true],
    ["not-testable", 3, false],
    ["kit-error", 4, false],
  ] as const)("says of %s whether the tool did its work", (result, exitCode, executionSuccessful) => {
    const report = aReport([], { verdict: { result, exitCode, sentence: "a sentence" } });
    expect(runOf(report).invocations).toMatchObject([{ exitCode, executionSuccessful }]);
  });

  it("tells what is wrong with the set-up", () => {
    const setup = [{ severity: "warning", whose: "configuration", what: "the clock is off", mend: "set it" }] as const;
    expect(runOf(aReport([], { setup })).invocations).toMatchObject([
      {
        toolConfigurationNotifications: [
          { level: "warning", message: { text: "the clock is off (configuration) set it" } },
        ],
      },
    ]);
  });
});
