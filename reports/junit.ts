import type { CheckResult, Report } from "../schemas/index.ts";
import { acceptedWords } from "./debt.ts";
import { printable, visible } from "./printable.ts";
import { decidingExchange, tellingPart } from "./telling.ts";
import { grouped, levelWord, neededWords, repeatCommand, requirementOf, sourceWords } from "./wording.ts";
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

/** A finding that a baseline lives with must not make a CI server red. */
function tagOf({ outcome, accepted }: CheckResult): (typeof tags)[Outcome] {
  return accepted === undefined ? tags[outcome] : "skipped";
}

/**
 * The report as JUnit XML: one test suite for each section of the protocol, one case for each check. A CI server that reads
 * nothing else must not show green where the exit code is another, so a run without a verdict has a case of its own.
 */
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
  const totals = countsOf(checks);
  const red = totals.failures + totals.errors > 0 ? undefined : redVerdict(report);
  const counted = red === undefined ? totals : { ...totals, tests: totals.tests + 1, [red.counts]: 1 };
  const root = xmlElement(
    "testsuites",
    { name: `gateproof ${run.profile}`, ...counted },
    [...suites, ...(red === undefined ? [] : [red.suite])].map((suite) => `\n  ${suite}`).concat("\n"),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/**
 * The suite that says what no check says: that nothing could be judged or the run was cut short (an error, nobody's
 * verdict), or that `--fail-on` counts what is no failed MUST (a failure). Undefined when the exit code is 0.
 */
function redVerdict({ run, verdict, setup = [] }: Report) {
  if (verdict.exitCode === 0) return undefined;
  const tag = verdict.exitCode === 1 ? "failure" : "error";
  const message = printable(verdict.sentence, 1000);
  const text = setup.map(({ severity, whose, what, mend }) => visible(`${severity} (${whose}): ${what} ${mend}`));
  const element = xmlElement(tag, { message, type: verdict.result }, [xmlText(text.join("\n"))]);
  const testcase = xmlElement("testcase", { name: "the verdict", classname: `${run.profile}.verdict`, time: "0.000" }, [
    element,
  ]);
  const counts = tag === "failure" ? { failures: 1, errors: 0 } : { failures: 0, errors: 1 };
  const attributes = { name: `${run.profile}.verdict`, tests: 1, ...counts, skipped: 0, time: "0.000" };
  const suite = xmlElement("testsuite", { ...attributes, timestamp: run.startedAt }, [testcase]);
  return { suite, counts: tag === "failure" ? "failures" : "errors" } as const;
}

function countsOf(checks: readonly CheckResult[]) {
  const count = (tag: string) => checks.filter((check) => tagOf(check) === tag).length;
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
  const tag = tagOf(check);
  if (tag === "passed") return xmlElement("testcase", attributes);
  const message = printable(`${check.outcome}: ${check.actual ?? "no reason was given"}`);
  if (tag === "skipped") {
    const accepted = acceptedWords(check);
    if (accepted !== undefined) {
      return xmlElement("testcase", attributes, [xmlElement("skipped", { message: `${message}; ${accepted}` })]);
    }
    const mend = check.expected === null ? "" : `; ${neededWords(check)}: ${printable(check.expected)}`;
    const why = check.outcome === "not-tested" ? `${message}${mend}` : message;
    return xmlElement("testcase", attributes, [xmlElement("skipped", { message: why })]);
  }
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
