import type { CheckResult, Report } from "../schemas/index.ts";
import { printable, visible } from "./printable.ts";
import { decidingExchange, tellingPart } from "./telling.ts";
import { grouped, levelWord, repeatCommand, requirementOf, sourceWords } from "./wording.ts";
import { xmlElement, xmlText } from "./xml.ts";

type Outcome = CheckResult["outcome"];

/**
 * What a CI server is told of each outcome. `failure` is the target's, `error` is nobody's verdict; a broken SHOULD
 * passes with a remark, because a CI server knows no third colour.
 */
const tags: Readonly<Record<Outcome, "passed" | "remark" | "failure" | "error" | "skipped">> = {
  pass: "passed",
  fail: "failure",
  warn: "remark",
  "kit-error": "error",
  inconclusive: "error",
  "not-applicable": "skipped",
  "not-tested": "skipped",
  ambiguous: "skipped",
};

/** The report as JUnit XML: one test suite for each section of the protocol, one case for each check. */
export function junitReport(report: Report): string {
  const { run, target, verdict, kit, checks } = report;
  const properties = xmlElement(
    "properties",
    {},
    Object.entries({
      profile: run.profile,
      seed: run.seed,
      target: target.url,
      verdict: verdict.result,
      sentence: verdict.sentence,
      kit: `${kit.name} ${kit.version}`,
    }).map(([name, value]) => xmlElement("property", { name, value: visible(String(value)) })),
  );
  const suites = [...grouped(checks, ({ section }) => section)].map(([section, members]) =>
    xmlElement(
      "testsuite",
      { name: `${run.profile}.${section}`, ...countsOf(members), timestamp: run.startedAt },
      [properties, ...members.map((check) => testcase(check, run))].map((line) => `\n    ${line}`).concat("\n  "),
    ),
  );
  const root = xmlElement(
    "testsuites",
    { name: `gateproof ${run.profile}`, ...countsOf(checks) },
    suites.map((suite) => `\n  ${suite}`).concat("\n"),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function countsOf(checks: readonly CheckResult[]) {
  const count = (tag: string) => checks.filter(({ outcome }) => tags[outcome] === tag).length;
  return {
    tests: checks.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds(checks.reduce((sum, { durationMs }) => sum + durationMs, 0)),
  };
}

function testcase(check: CheckResult, run: Report["run"]): string {
  const attributes = {
    name: `${check.id}: ${printable(check.title)}`,
    classname: `${run.profile}.${check.section}`,
    time: seconds(check.durationMs),
  };
  const tag = tags[check.outcome];
  if (tag === "passed") return xmlElement("testcase", attributes);
  const message = printable(`${check.outcome}: ${check.actual ?? "no reason was given"}`);
  if (tag === "skipped") return xmlElement("testcase", attributes, [xmlElement("skipped", { message })]);
  const text = xmlText(story(check, run).join("\n"));
  const child =
    tag === "remark"
      ? xmlElement("system-out", {}, [text])
      : xmlElement(tag, { message, type: check.reasonCode ?? check.outcome }, [text]);
  return xmlElement("testcase", attributes, [child]);
}

function story(check: CheckResult, run: Report["run"]): readonly string[] {
  const exchange = decidingExchange(check);
  const requirement = requirementOf(check);
  const sent =
    exchange && `${exchange.request.method} ${exchange.request.url} ${printable(tellingPart(check) ?? "", 200)}`;
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ["outcome", `${check.outcome} (${levelWord(check.level)}, ${check.reasonCode ?? "no reason"})`],
    ["sent", sent],
    ["got", check.actual],
    ["expected", check.expected],
    ["because", requirement && `${requirement.says} (${sourceWords(requirement.source)})`],
    ["mend", check.hint],
    ["proved by", check.provenBy.join(", ") || undefined],
    ["repeat", exchange?.curl],
    ["repeat", repeatCommand(run, check.id)],
  ];
  return lines.flatMap(([label, text]) => (text === null || text === undefined ? [] : [`${label}: ${visible(text)}`]));
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
