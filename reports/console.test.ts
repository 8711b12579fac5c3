import { describe, expect, it } from "vitest";
import { validate } from "../schemas/index.ts";
import { requirement } from "../specs/index.ts";
import { consoleReport } from "./console.ts";
import { aCheck, aFailure, anExchange, aReport, hostileText } from "./testing/report.ts";

const plain = { color: false, verbose: false, width: 100 };
const linesOf = (text: string) => text.split("\n");

const oneOfEach = aReport([
  aCheck("ATT-1.wrong-key"),
  aFailure("ATT-5.replayed"),
  aCheck("ATT-10.new-key", {
    outcome: "warn",
    level: "should",
    reasonCode: "refused",
    expected: "granted",
    actual: "401",
    cause: "target",
  }),
  aCheck("REG-1.flaky", { outcome: "inconclusive", section: "registration", reasonCode: "flaky-transport" }),
  aCheck("AUD-1.fields", {
    outcome: "not-tested",
    section: "audit",
    reasonCode: "hook-missing",
    actual: "the audit log cannot be read from outside",
    expected: "configure hooks.audit",
  }),
  aCheck("AUD-2.order", {
    outcome: "not-tested",
    section: "audit",
    reasonCode: "hook-missing",
    actual: "the audit log cannot be read from outside",
    expected: "configure hooks.audit",
  }),
  aCheck("AGT-1.unknown", {
    outcome: "not-applicable",
    section: "agent-status",
    reasonCode: "feature-absent",
    actual: "there is no agent status endpoint",
  }),
  aCheck("TOK-12.long", { outcome: "ambiguous", section: "token", reasonCode: "long-life", actual: "8 hours" }),
]);

describe("the console report", () => {
  it("is made of a valid report", () => {
    expect(validate("Report", oneOfEach)).toMatchObject({ ok: true });
  });

  it("puts set-up first, then findings by weight, then what was not tested, then passes, and the verdict last", () => {
    const setup = [
      { severity: "warning", whose: "environment", what: "the clock is off", mend: "set both clocks by NTP" },
    ] as const;
    const text = consoleReport({ ...oneOfEach, setup }, plain);
    const places = [
      "seed 7",
      "the clock is off",
      "set both clocks by NTP",
      "FAIL  title of ATT-5.replayed",
      "WARN  title of ATT-10.new-key",
      "INCONCLUSIVE  title of REG-1.flaky",
      "AMBIGUOUS",
      "NOT TESTED",
      "NOT APPLICABLE",
      "PASS",
      "1 passed · 1 failed",
      oneOfEach.verdict.sentence,
    ].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(linesOf(text.trimEnd()).at(-1)).toBe(oneOfEach.verdict.sentence);
  });

  it("tells a finding in three lines, with the requirement, its source, the mend, the proof and how to repeat it", () => {
    const text = consoleReport(aReport([aFailure("ATT-5.replayed")]), { ...plain, width: 400 });
    const { says } = requirement("ATT-5");
    expect(linesOf(text).map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        "ATT-5.replayed (ATT-5, MUST, attestation)",
        'sent      POST http://127.0.0.1:4000/ath/agents/register  "agent_attestation": "two"',
        "got       201 Created, and a client_id was issued",
        "expected  a refusal (4xx) with INVALID_ATTESTATION",
        `because   ${says} (ATH 0.1 client/identity § Required Claims)`,
        "mend      remember it",
        "proved by ATT-5.forgotten",
        "repeat    curl -i -X POST http://127.0.0.1:4000/ath/agents/register",
        "gateproof run ath-gateway ATT-5.replayed --target http://127.0.0.1:4000 --seed 7",
      ]),
    );
  });

  it("says what the body lacks, or that it is the same, compared with the granted request", () => {
    const granted = anExchange(1, { body: '{"a":1,"b":2}' });
    const sent = (body: string) =>
      consoleReport(aReport([aFailure("ATT-5.x", { exchanges: [granted, anExchange(2, { body })] })]), {
        ...plain,
        width: 200,
      });
    expect(sent('{"a":1}')).toContain('without "b"');
    expect(sent('{"a":1,"b":2}')).toContain("request #1 again, byte for byte");
    expect(sent("not json")).toContain("not json");
  });

  it("gives the reason once for many checks, and a section's name where all of it is meant", () => {
    const text = consoleReport(oneOfEach, plain);
    expect(text.match(/cannot be read from outside/g)).toHaveLength(1);
    expect(text).toContain("audit (all 2)");
    expect(text).toContain("2 checks, 2 of a MUST");
    expect(consoleReport(oneOfEach, { ...plain, verbose: true })).toContain("AUD-1.fields AUD-2.order");
  });

  it("counts passes by section, and lists them with their proof when asked", () => {
    const report = aReport([aCheck("ATT-1.a", { provenBy: ["ATT-1.unchecked"] }), aFailure("ATT-5.b")]);
    expect(consoleReport(report, plain)).toMatch(/attestation {2}1 of 2/);
    expect(consoleReport(report, plain)).not.toContain("title of ATT-1.a");
    expect(consoleReport(report, { ...plain, verbose: true, width: 200 })).toContain(
      "title of ATT-1.a  [proved by ATT-1.unchecked]",
    );
  });

  it("says how many checks an interrupted run did not reach", () => {
    const report = aReport([aCheck("ATT-1.a")], { expectedSet: { count: 5, digest: "d", missing: [] } });
    expect(consoleReport(report, plain)).toContain("4 not reached");
  });

  it("lets nothing of a hostile target through, coloured or not", () => {
    const hostile = aFailure("ATT-5.replayed", {
      title: hostileText,
      actual: hostileText,
      expected: hostileText,
      reasonCode: hostileText,
      notes: [hostileText],
      exchanges: [{ ...anExchange(1, { body: hostileText, url: hostileText }), curl: hostileText }],
    });
    const report = aReport(
      [
        hostile,
        { ...hostile, outcome: "not-tested" },
        { ...hostile, outcome: "ambiguous" },
        { ...hostile, outcome: "pass" },
      ],
      {
        setup: [{ severity: "error", whose: "target", what: hostileText, mend: hostileText }],
        verdict: { result: "findings", exitCode: 1, sentence: hostileText },
        implementation: { project: hostileText },
      },
    );
    for (const verbose of [true, false]) {
      expect(consoleReport(report, { ...plain, verbose }).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }
    const coloured = consoleReport(report, { ...plain, color: true });
    expect(coloured.replaceAll(/\u001b\[\d+m|\n/g, "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(coloured).toMatch(/\u001b\[31m/);
  });

  it("keeps to the width, command lines aside", () => {
    const text = consoleReport(oneOfEach, { ...plain, width: 60 });
    const long = linesOf(text).filter((line) => line.length > 60 && !/curl|gateproof run/.test(line));
    expect(long).toEqual([]);
  });
});
