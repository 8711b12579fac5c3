import { parseXml as parseStrictly } from "@rgrove/parse-xml";
import { parse as parseJunit } from "junit2json";
import { describe, expect, it } from "vitest";
import type { Report } from "../schemas/index.ts";
import { junitReport } from "./junit.ts";
import { aHostileReport } from "./testing/hostile.ts";
import { aCheck, aFailure, anExchange, aReport, hostileText } from "./testing/report.ts";
import { elementsOf, parseXml } from "./testing/xml-events.ts";

const report = aReport([
  aCheck("ATT-1.a"),
  aFailure("ATT-5.b"),
  aFailure("ATT-10.c", { outcome: "warn", level: "should" }),
  aCheck("REG-1.d", { section: "registration", outcome: "kit-error", reasonCode: "judge-crashed", actual: "a bug" }),
  aCheck("REG-2.e", { section: "registration", outcome: "inconclusive", reasonCode: "flaky-transport" }),
  aCheck("REG-3.f", {
    section: "registration",
    outcome: "not-tested",
    actual: "no hook",
    expected: "configure hooks.clock",
  }),
  aCheck("REG-4.g", { section: "registration", outcome: "not-applicable" }),
  aCheck("REG-5.h", { section: "registration", outcome: "ambiguous" }),
]);

const caseOf = (id: string) =>
  elementsOf(parseXml(junitReport(report)), "testcase").find(({ attributes }) =>
    attributes.get("name")?.startsWith(`${id}:`),
  );

describe("the JUnit report", () => {
  it("has a suite for each section, whose counts add up to the root's", () => {
    const root = parseXml(junitReport(report));
    const suites = elementsOf(root, "testsuite");
    expect(suites.map(({ attributes }) => attributes.get("name"))).toEqual([
      "ath-gateway.attestation",
      "ath-gateway.registration",
    ]);
    for (const [name, total] of Object.entries({ tests: 8, failures: 1, errors: 2, skipped: 3 })) {
      expect(root.attributes.get(name), name).toBe(String(total));
      expect(suites.reduce((sum, { attributes }) => sum + Number(attributes.get(name)), 0)).toBe(total);
    }
  });

  it("names seed, verdict and target", () => {
    const properties = elementsOf(parseXml(junitReport(report)), "property").map(({ attributes }) => [
      attributes.get("name"),
      attributes.get("value"),
    ]);
    expect(properties).toEqual(
      expect.arrayContaining([
        ["seed", "7"],
        ["verdict", "findings"],
        ["target", "http://127.0.0.1:4000"],
      ]),
    );
  });

  it.each([
    ["ATT-1.a", undefined],
    ["ATT-5.b", "failure"],
    ["ATT-10.c", "system-out"],
    ["REG-1.d", "error"],
    ["REG-2.e", "error"],
    ["REG-3.f", "skipped"],
    ["REG-4.g", "skipped"],
    ["REG-5.h", "skipped"],
  ])("says %s by %s", (id, child) => {
    expect(caseOf(id)?.children.map(({ name }) => name)).toEqual(child === undefined ? [] : [child]);
  });

  it("tells in a failure what was sent, got and expected, and how to repeat it", () => {
    const failure = caseOf("ATT-5.b")?.children[0];
    expect(failure?.attributes.get("type")).toBe("accepted");
    for (const part of [
      "sent: POST",
      "got: 201",
      "expected: a refusal",
      "repeat: curl",
      "gateproof run ath-gateway ATT-5.b --target http://127.0.0.1:4000 --seed 7",
    ]) {
      expect(failure?.text).toContain(part);
    }
  });

  it("gives the reason of a skipped case, and what would make it testable", () => {
    expect(caseOf("REG-3.f")?.children[0]?.attributes.get("message")).toBe(
      "not-tested: no hook; to test it: configure hooks.clock",
    );
  });

  it.each<[string, Report["verdict"], string | undefined]>([
    ["a conformant run", { result: "conformant", exitCode: 0, sentence: "Conformant." }, undefined],
    ["nobody there", { result: "not-testable", exitCode: 3, sentence: "Not testable: nobody there." }, "error"],
    ["an interrupted run", { result: "conformant", exitCode: 130, sentence: "Interrupted." }, "error"],
    ["--fail-on not-tested", { result: "findings", exitCode: 1, sentence: "1 MUST could not be tested." }, "failure"],
  ])("is red exactly when the exit code is not 0: %s", (_, verdict, tag) => {
    const skipped = aCheck("REG-3.f", { outcome: "not-tested", actual: "no hook" });
    const setup = [{ severity: "error", whose: "environment", what: "no DNS", mend: "mend it" }] as const;
    const root = parseXml(junitReport(aReport([aCheck("ATT-1.a"), skipped], { verdict, setup })));
    const found = [...elementsOf(root, "error"), ...elementsOf(root, "failure")];
    expect(found.map(({ name }) => name)).toEqual(tag === undefined ? [] : [tag]);
    expect(found[0]?.attributes.get("message")).toBe(tag === undefined ? undefined : verdict.sentence);
    if (tag !== undefined) expect(found[0]?.text).toContain("no DNS");
    for (const [name, total] of Object.entries({
      tests: tag === undefined ? 2 : 3,
      errors: tag === "error" ? 1 : 0,
      failures: tag === "failure" ? 1 : 0,
    })) {
      expect(root.attributes.get(name), name).toBe(String(total));
      const suites = elementsOf(root, "testsuite");
      expect(
        suites.reduce((sum, { attributes }) => sum + Number(attributes.get(name)), 0),
        name,
      ).toBe(total);
    }
  });

  it("says nothing twice: where a check failed already there is no case for the verdict", () => {
    expect(elementsOf(parseXml(junitReport(report)), "testcase")).toHaveLength(8);
  });

  it.each([
    ["a mixed run", report],
    ["a hostile target", aHostileReport()],
  ])("is read by readers that are not ours: %s", async (_, given) => {
    const xml = junitReport(given);
    expect(() => parseStrictly(xml)).not.toThrow();
    const read = await parseJunit(xml);
    if (!read || !("testsuite" in read)) throw new Error("no suites were read");
    const cases = read.testsuite?.flatMap(({ testcase = [] }) => testcase) ?? [];
    expect(cases).toHaveLength(given.checks.length);
    const requirement = (name = "") => name.split(".")[0];
    expect(new Set(cases.map(({ name }) => requirement(name)))).toEqual(
      new Set(given.checks.map(({ id }) => requirement(id))),
    );
    expect(read).toMatchObject({
      tests: given.checks.length,
      failures: cases.filter(({ failure }) => failure !== undefined).length,
      errors: cases.filter(({ error }) => error !== undefined).length,
    });
  });

  it("stays well-formed whatever a target answers", () => {
    const hostile = aFailure("ATT-5.b", {
      title: hostileText,
      actual: hostileText,
      expected: hostileText,
      reasonCode: hostileText,
      section: hostileText,
      exchanges: [{ ...anExchange(1, { body: hostileText }), curl: hostileText }],
    });
    const xml = junitReport(
      aReport([hostile, { ...hostile, outcome: "warn" }, { ...hostile, outcome: "not-tested" }], {
        target: { url: hostileText, role: "gateway", fingerprint: null, headersRedacted: [] },
      }),
    );
    const root = parseXml(xml);
    expect(elementsOf(root, "script")).toEqual([]);
    expect(elementsOf(root, "failure")[0]?.text).toContain("<script>alert(1)</script>");
  });
});

describe("the strict XML reader of these tests", () => {
  it.each([
    "<a>",
    "<a></b>",
    "<a>]]></a>",
    "<a x='1'/>",
    '<a x="<"/>',
    "<a>&nope;</a>",
    "<a>&amp</a>",
    "<a/><b/>",
    "<a>\u0000</a>",
    '<a x="1" x="2"/>',
  ])("refuses %j", (source) => {
    expect(() => parseXml(source)).toThrow();
  });
});
