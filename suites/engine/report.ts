import { createHash } from "node:crypto";
import type { CheckResult, Implementation, Report, Exchange as ReportedExchange } from "../../schemas/index.ts";
import { requirement } from "../../specs/catalogue.ts";
import { curlOf } from "./curl.ts";
import type { Evidence, Exchange, Frame, RecordedBody } from "./evidence.ts";
import { isObject } from "./json.ts";
import { type FailOn, overall, totalsOf } from "./overall.ts";
import type { CheckRun, Run } from "./run.ts";
import { allExchanges, allFrames } from "./verdict.ts";

/** How much of a body goes into a report; the bundle has what evidence has. */
const reportedBody = 4096;

/** What a report says beyond the run itself. */
export interface ReportContext {
  readonly kitVersion: string;
  /** The command line, without secrets. */
  readonly command: string;
  readonly failOn: FailOn;
  /** Ids of the faults that prove a check. */
  readonly provenBy: (checkId: string) => readonly string[];
  readonly implementation?: Implementation;
}

/** The report of a run, in the shape of schemas/gateproof/report.schema.json. Pure. */
export function buildReport(run: Run, context: ReportContext): Report {
  const { profile, target, results } = run;
  const judged = results.map(({ verdict, level }) => ({ ...verdict, level }));
  // Where nothing at all was granted, what went wrong at the first contact is the best reason there is.
  const blocked = run.blocked ?? run.setup.find(({ severity }) => severity !== "info")?.what;
  const verdict = overall(judged, {
    failOn: context.failOn,
    interrupted: run.interrupted,
    ...(blocked === undefined ? {} : { blocked }),
  });
  const ids = run.planned.map(({ check }) => check.id);
  const known = new Set(results.filter(({ verdict }) => verdict.outcome !== "not-tested").map(({ check }) => check.id));
  return {
    schema: "gateproof.report/1",
    run: {
      id: run.id,
      startedAt: new Date(run.startedAt).toISOString(),
      durationMs: Math.round(run.durationMs),
      seed: run.seed,
      profile: profile.id,
      command: context.command,
      ...(run.shard && { shard: run.shard }),
    },
    kit: { name: "gateproof", version: context.kitVersion, selftest: null },
    target: {
      url: target.url,
      role: profile.role,
      fingerprint: fingerprintOf(results),
      headersRedacted: target.headers,
    },
    ...(context.implementation === undefined ? {} : { implementation: context.implementation }),
    verdict,
    totals: totalsOf(judged),
    checks: results.map((result) => checkResult(result, run, context)),
    ...(run.setup.length === 0 ? {} : { setup: run.setup }),
    ...(run.leftBehind && { leftBehind: run.leftBehind }),
    expectedSet: {
      count: ids.length,
      digest: createHash("sha256").update(ids.join("\n")).digest("hex"),
      missing: ids.filter((id) => !known.has(id)),
    },
  };
}

function checkResult(result: CheckRun, run: Run, { provenBy }: ReportContext): CheckResult {
  const { check, section, level, verdict, evidence, attempts, durationMs } = result;
  const { outcome, reasonCode, expected, actual, cause, notes } = verdict;
  const deciding = new Set(verdict.exchanges);
  const isFinding = outcome === "fail" || outcome === "warn" || outcome === "inconclusive";
  for (const id of isFinding ? (evidence.marks["control"] ?? []) : []) deciding.add(id);
  const exchanges = allExchanges(evidence).filter(({ id }) => deciding.has(id));
  const frames = allFrames(evidence).filter(({ id }) => deciding.has(id));
  const shown = isFinding ? [...notes, ...attestationsSent(evidence, verdict.exchanges)] : notes;
  return {
    id: check.id,
    requirement: check.requirement,
    level,
    section,
    title: check.title,
    outcome,
    reasonCode,
    expected,
    actual,
    cause,
    durationMs: Math.round(durationMs),
    attempts,
    exchanges: exchanges.map((exchange) => reported(exchange, isFinding)),
    ...(frames.length === 0 ? {} : { frames: frames.map(reportedFrame) }),
    provenBy: provenBy(check.id),
    replay: replayId(run, result),
    ...(isFinding ? { hint: requirement(check.requirement).mend } : {}),
    ...(attempts > 1 ? { flaky: true } : {}),
    ...(shown.length === 0 ? {} : { notes: shown }),
  };
}

/** `profile/check@seed`, for a counterexample `…:path`, for one of a model `…:path~replayPath` (`gateproof replay`). */
function replayId({ profile, seed }: Run, { check, evidence }: CheckRun): string {
  const { path, replayPath } = evidence.facts;
  const where = typeof path === "string" ? `:${path}` : "";
  const which = typeof replayPath === "string" ? `~${replayPath}` : "";
  return `${profile.id}/${check.id}@${seed}${where}${which}`;
}

/** What the attestations in the deciding requests said. */
function attestationsSent(evidence: Evidence, deciding: readonly number[]): readonly string[] {
  const known = [evidence, ...(evidence.cases ?? [])].flatMap(({ facts }) =>
    isObject(facts["attestations"]) ? Object.entries(facts["attestations"]) : [],
  );
  const requests = allExchanges(evidence).filter(({ id }) => deciding.includes(id));
  const sent = requests.map(({ request }) => `${request.body ?? ""} ${JSON.stringify(request.headers)}`).join(" ");
  return known
    .filter(([placeholder]) => sent.includes(placeholder))
    .map(([name, said]) => `${name} is ${String(said)}`);
}

function reported(exchange: Exchange, withCurl: boolean): ReportedExchange {
  const { request, response } = exchange;
  return {
    ...exchange,
    request: withCutBody(request),
    response: response && withCutBody(response),
    ...(withCurl && exchange.to === "target" ? { curl: curlOf(exchange) } : {}),
  };
}

function reportedFrame(frame: Frame): Frame {
  const { text } = frame;
  if (text === undefined || text.length <= reportedBody) return frame;
  return { ...frame, text: `${text.slice(0, reportedBody)}… (${text.length} characters)` };
}

function withCutBody<Message extends RecordedBody>(message: Message): Message {
  const { body } = message;
  if (body === undefined || body.length <= reportedBody) return message;
  return { ...message, body: `${body.slice(0, reportedBody)}… (${body.length} characters)` };
}

/** Recognises a target across runs by what it says of itself: the first discovery document, or its server header. */
function fingerprintOf(results: readonly CheckRun[]): string | null {
  const discovery = results
    .flatMap(({ evidence }) => evidence.exchanges)
    .find(({ purpose, response }) => purpose === "discovery" && response?.status === 200);
  const body = discovery?.response?.bodySha256;
  return body ?? null;
}
