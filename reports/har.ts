import { STATUS_CODES } from "node:http";
import type { CheckResult, Evidence, Exchange, Frame, Report } from "../schemas/index.ts";
import { seenJson, seenJsonLine } from "./json.ts";
import { grouped } from "./wording.ts";

type Headers = Exchange["request"]["headers"];
type Answer = NonNullable<Exchange["response"]>;

/** What was recorded of a check; undefined where only the report is at hand. */
export type EvidenceOf = (checkId: string) => Evidence | undefined;

/** A page of the archive: a check, with what went over the wire for it. */
interface Recorded {
  readonly check: CheckResult;
  readonly exchanges: readonly Exchange[];
  readonly frames: readonly Frame[];
}

/** More than any run of the usual length has; what is above it is in the evidence. */
const mostCharacters = 32 * 1024 * 1024;
const pieceCharacters = 64 * 1024;

/**
 * The exchanges of a run as HTTP Archive 1.2, for browsers' developer tools and proxies: each check is a page. Everything
 * that was recorded, or, where only the report is at hand, the exchanges that decided. WebSocket connections are entries
 * with `_webSocketMessages`, as Chromium writes them. Secrets stay masked.
 */
export function harReport(report: Report, evidenceOf?: EvidenceOf): string {
  return [...harPieces(report, evidenceOf)].join("");
}

/** The same in pieces: a long run has more than should be in memory twice. */
export function* harPieces(report: Report, evidenceOf?: EvidenceOf): Generator<string> {
  let piece = "";
  for (const part of parts(report, evidenceOf)) {
    piece += part;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

function* parts(report: Report, evidenceOf: EvidenceOf = () => undefined): Generator<string> {
  const { kit, run, target, verdict } = report;
  const recorded = (check: CheckResult) => recordedOf(check, evidenceOf(check.id));
  const pages = report.checks.flatMap((check) => {
    const { exchanges, frames } = recorded(check);
    return exchanges.length + frames.length === 0 ? [] : [pageOf({ check, exchanges, frames }, run.startedAt)];
  });
  const head = { version: "1.2", creator: { name: kit.name, version: kit.version }, pages };
  yield `{\n"log": ${seenJson(head)
    .trimEnd()
    .replace(/\n?\}$/, "")},\n"entries": [`;
  let written = 0;
  let leftOut = 0;
  for (const check of report.checks) {
    for (const entry of entriesOf(recorded(check), target.url)) {
      const line = written > mostCharacters ? "" : seenJsonLine(entry);
      if (line === "") leftOut += 1;
      else yield `${written === 0 ? "" : ","}\n${line}`;
      written += line.length;
    }
  }
  const more = leftOut === 0 ? "" : ` ${leftOut} more entries are in the evidence only.`;
  const comment = `${run.profile} at ${target.url}: ${verdict.sentence}${more}`;
  yield `\n],\n"comment": ${seenJson(comment).trimEnd()}\n}\n}\n`;
}

function recordedOf(check: CheckResult, evidence: Evidence | undefined): Recorded {
  if (evidence === undefined) return { check, exchanges: check.exchanges, frames: check.frames ?? [] };
  const all = [evidence, ...casesOf(evidence)];
  return {
    check,
    exchanges: all.flatMap(({ exchanges }) => exchanges),
    frames: all.flatMap(({ frames = [] }) => frames),
  };
}

function casesOf({ cases = [] }: Evidence): readonly Evidence[] {
  return cases.flatMap((one) => [one, ...casesOf(one)]);
}

function* entriesOf({ check, exchanges, frames }: Recorded, targetUrl: string): Generator<object> {
  for (const exchange of exchanges) yield entryOf(exchange, check.id);
  for (const connection of grouped(frames, ({ connection }) => String(connection)).values()) {
    yield connectionOf(connection, check.id, targetUrl);
  }
}

function pageOf({ check: { id, title, outcome }, exchanges, frames }: Recorded, otherwise: string) {
  const startedDateTime = exchanges[0]?.startedAt ?? frames[0]?.at ?? otherwise;
  return { startedDateTime, id, title: `${id}: ${title}`, pageTimings: {}, comment: outcome };
}

function entryOf({ id, from, to, purpose, startedAt, durationMs, request, response, error }: Exchange, page: string) {
  return {
    pageref: page,
    startedDateTime: startedAt,
    time: durationMs,
    request: requestOf(request),
    response: response === null ? noAnswer(error) : answerOf(response),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: `#${id} ${from} to ${to}: ${purpose}`,
  };
}

function requestOf({ method, url, headers, body, bodyBytes }: Exchange["request"]) {
  const mimeType = firstOf(headers, "content-type") ?? "application/octet-stream";
  return {
    method,
    url: asUri(url),
    httpVersion: "HTTP/1.1",
    cookies: pairsOf(valuesOf(headers, "cookie").flatMap((line) => line.split(";"))),
    headers: fieldsOf(headers),
    queryString: queryOf(url),
    ...(body !== undefined && body !== "" && { postData: { mimeType, text: body } }),
    headersSize: -1,
    bodySize: bodyBytes,
  };
}

function answerOf({ status, headers, body, bodyBytes, truncated }: Answer) {
  return {
    status,
    statusText: STATUS_CODES[status] ?? "",
    httpVersion: "HTTP/1.1",
    cookies: pairsOf(valuesOf(headers, "set-cookie").map((line) => line.split(";")[0] ?? "")),
    headers: fieldsOf(headers),
    content: {
      size: bodyBytes,
      mimeType: firstOf(headers, "content-type") ?? "",
      ...(body !== undefined && { text: body }),
      ...(truncated && { comment: "only the beginning was kept" }),
    },
    redirectURL: firstOf(headers, "location") ?? "",
    headersSize: -1,
    bodySize: bodyBytes,
  };
}

/** HAR knows no place for a missing answer; its readers take status 0 and `_error` for one. */
function noAnswer(error: Exchange["error"]) {
  return {
    status: 0,
    statusText: "",
    httpVersion: "",
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: "" },
    redirectURL: "",
    headersSize: -1,
    bodySize: -1,
    _error: error === null ? "no answer" : `${error.code}: ${error.message}`,
  };
}

const opcodes: Readonly<Record<string, number>> = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

function connectionOf(frames: readonly Frame[], page: string, targetUrl: string) {
  const open = frames.find(({ kind }) => kind === "open");
  const startedAt = frames[0]?.at ?? "";
  const time = (frames.at(-1)?.atMs ?? 0) - (frames[0]?.atMs ?? 0);
  const url = open?.text ?? targetUrl.replace(/^http/, "ws");
  const failure = frames.every(({ kind }) => kind === "error") ? (frames[0]?.text ?? "") : undefined;
  return {
    pageref: page,
    startedDateTime: startedAt,
    time,
    request: requestOf({ method: "GET", url, headers: [], bodyBytes: 0 }),
    response:
      failure === undefined
        ? answerOf({ status: 101, headers: [], bodyBytes: 0 })
        : noAnswer({ code: "WEBSOCKET", message: failure }),
    cache: {},
    timings: { send: 0, wait: 0, receive: time },
    _resourceType: "websocket",
    _webSocketMessages: frames
      .filter(({ kind }) => Object.hasOwn(opcodes, kind))
      .map(({ from, at, kind, text, code, reason = "" }) => ({
        type: from === "agent" ? "send" : "receive",
        time: Date.parse(at) / 1000,
        opcode: opcodes[kind],
        data: text ?? (code === undefined ? "" : `${code} ${reason}`.trim()),
      })),
  };
}

/** Placeholders of masked secrets are no ASCII; nothing else of a URL is touched, odd as it may be. */
function asUri(url: string): string {
  return url.replaceAll(/[^\x21-\x7e]/gu, (character) => {
    const isWhole = character.length === 2 || !/\p{Cs}/u.test(character);
    return isWhole ? encodeURIComponent(character) : "%EF%BF%BD";
  });
}

function queryOf(url: string) {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? "";
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function fieldsOf(headers: Headers) {
  return headers.map(([name, value]) => ({ name, value }));
}

function pairsOf(cookies: readonly string[]) {
  return cookies
    .filter((cookie) => cookie.includes("="))
    .map((cookie) => ({
      name: cookie.slice(0, cookie.indexOf("=")).trim(),
      value: cookie.slice(cookie.indexOf("=") + 1).trim(),
    }));
}

function valuesOf(headers: Headers, name: string): readonly string[] {
  return headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
}

function firstOf(headers: Headers, name: string): string | undefined {
  return valuesOf(headers, name)[0];
}
