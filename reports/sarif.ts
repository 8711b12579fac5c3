import { createHash } from "node:crypto";
import type { CheckResult, Exchange, Report } from "../schemas/index.ts";
import { acceptedWords } from "./debt.ts";
import { seenJson } from "./json.ts";
import { printable } from "./printable.ts";
import { decidingExchange } from "./telling.ts";
import { levelWord, repeatCommand, requirementOf, sourceWords } from "./wording.ts";

type Outcome = CheckResult["outcome"];

/**
 * What SARIF 2.1.0 § 3.27.9 and § 3.27.10 call each outcome; whatever is no `fail` has level `none`. A kit error is no
 * result: it says nothing of the target, and stands among the notifications of the invocation.
 */
const kinds = {
  pass: { kind: "pass", level: "none" },
  fail: { kind: "fail", level: "error" },
  warn: { kind: "fail", level: "warning" },
  ambiguous: { kind: "review", level: "none" },
  "not-applicable": { kind: "notApplicable", level: "none" },
  "not-tested": { kind: "open", level: "none" },
  inconclusive: { kind: "open", level: "none" },
} as const satisfies Partial<Record<Outcome, { kind: string; level: string }>>;

const ruleLevels = { must: "error", should: "warning", may: "note", none: "note" } as const;

/** The report as SARIF 2.1.0: a rule for each requirement, a result for each check. Same report, same bytes. */
export function sarifReport(report: Report): string {
  const { run, kit, checks } = report;
  const ids = [...new Set(checks.map(({ requirement }) => requirement))];
  const indexes = new Map(ids.map((id, index) => [id, index]));
  return seenJson({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: kit.name,
            version: kit.version,
            rules: ids.map((id) => ruleOf(id, checks)),
          },
        },
        automationDetails: { id: `gateproof/${run.profile}/${run.id}` },
        invocations: [invocationOf(report)],
        columnKind: "utf16CodeUnits",
        results: checks.flatMap((check) => resultOf(check, report, indexes.get(check.requirement) ?? -1)),
        properties: { profile: run.profile, seed: run.seed, verdict: report.verdict, totals: report.totals },
      },
    ],
  });
}

function ruleOf(id: string, checks: readonly CheckResult[]) {
  const members = checks.filter(({ requirement }) => requirement === id);
  const level = members[0]?.level ?? "none";
  const properties = { tags: ["conformance", ...new Set(members.map(({ section }) => section))] };
  const defaultConfiguration = { level: ruleLevels[level] };
  const row = requirementOf({ requirement: id });
  if (row === undefined) return { id, defaultConfiguration, properties };
  const source = sourceWords(row.source);
  return {
    id,
    shortDescription: { text: row.says },
    fullDescription: { text: `${row.says} (${levelWord(level)}; ${source})` },
    help: {
      text: `${row.mend} It is said in ${source}.`,
    },
    ...(row.source.url !== undefined && { helpUri: row.source.url }),
    defaultConfiguration,
    properties: { ...properties, level: row.level },
  };
}

/** What a baseline lives with is shown as suppressed (SARIF 2.1.0 § 3.35). */
function suppressed(check: CheckResult) {
  const justification = acceptedWords(check);
  return justification === undefined ? {} : { suppressions: [{ kind: "external", justification }] };
}

function resultOf(check: CheckResult, { run, target }: Report, ruleIndex: number) {
  if (check.outcome === "kit-error") return [];
  const { kind, level } = kinds[check.outcome];
  const exchange = kind === "fail" ? decidingExchange(check) : undefined;
  const uri = uriOf(exchange?.request.url) ?? uriOf(target.url);
  return [
    {
      ruleId: check.requirement,
      ruleIndex,
      kind,
      level,
      message: { text: messageOf(check) },
      locations: [
        {
          ...(uri !== undefined && { physicalLocation: { artifactLocation: { uri } } }),
          logicalLocations: [
            {
              name: check.id,
              fullyQualifiedName: `${run.profile}/${check.section}/${check.id}`,
              kind: "conformance check",
            },
          ],
        },
      ],
      ...suppressed(check),
      partialFingerprints: { "gateproofCheck/v1": fingerprint([run.profile, check.id, check.reasonCode ?? ""]) },
      ...(exchange !== undefined && webOf(exchange)),
      properties: {
        check: check.id,
        outcome: check.outcome,
        reasonCode: check.reasonCode,
        cause: check.cause,
        provenBy: check.provenBy,
        repeat: repeatCommand(run, check.id),
      },
    },
  ];
}

function messageOf({ title, outcome, expected, actual, hint }: CheckResult): string {
  const words = [
    `${printable(title)}: ${outcome}.`,
    ...(actual === null ? [] : [`Got: ${printable(actual)}.`]),
    ...(expected === null ? [] : [`Expected: ${printable(expected)}.`]),
    ...(hint === undefined ? [] : [`To mend it: ${printable(hint)}`]),
  ];
  return words.join(" ");
}

/** Request and answer of the exchange that decided (§ 3.46, § 3.47). Repeated header fields are joined, as HTTP allows. */
function webOf({ request, response, error }: Exchange) {
  const target = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(request.url)?.[1];
  return {
    webRequest: {
      protocol: "HTTP",
      version: "1.1",
      method: request.method,
      target: printable(target || "/", 2000),
      headers: fieldsOf(request.headers),
      ...(request.body !== undefined && { body: { text: request.body } }),
    },
    webResponse:
      response === null
        ? { noResponseReceived: true, ...(error !== null && { reasonPhrase: printable(error.code) }) }
        : {
            protocol: "HTTP",
            version: "1.1",
            statusCode: response.status,
            headers: fieldsOf(response.headers),
            ...(response.body !== undefined && { body: { text: response.body } }),
          },
  };
}

function fieldsOf(headers: Exchange["request"]["headers"]): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}

function invocationOf({ run, verdict, checks, setup = [] }: Report) {
  const levels = { error: "error", warning: "warning", info: "note" } as const;
  const failed = checks.filter(({ outcome }) => outcome === "kit-error");
  const start = Date.parse(run.startedAt);
  return {
    commandLine: run.command,
    executionSuccessful: verdict.exitCode === 0 || verdict.exitCode === 1,
    exitCode: verdict.exitCode,
    exitCodeDescription: printable(verdict.sentence, 1000),
    startTimeUtc: run.startedAt,
    ...(Number.isNaN(start) ? {} : { endTimeUtc: new Date(start + run.durationMs).toISOString() }),
    toolExecutionNotifications: failed.map(({ id, requirement, actual }) => ({
      level: "error",
      message: { text: `The kit failed in ${id}: ${printable(actual ?? "no reason was given")}` },
      associatedRule: { id: requirement },
    })),
    toolConfigurationNotifications: setup.map(({ severity, whose, what, mend }) => ({
      level: levels[severity],
      message: { text: `${printable(what)} (${whose}) ${printable(mend)}`.trim() },
    })),
  };
}

/** By which a code scanning service knows a finding again: the check and its reason, nothing that changes by the run. */
function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** A URL as a URI of RFC 3986, without its fragment; undefined when it is none even so. */
function uriOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { origin, pathname, search } = new URL(url);
  if (origin === "null") return undefined;
  const rest = `${pathname}${search}`.replaceAll(/%(?![\da-f]{2})|[^\w\-.~:/?@!$&'()*+,;=%]/gi, (character) =>
    encodeURIComponent(character),
  );
  return origin + rest;
}
