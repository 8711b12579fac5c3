import { STATUS_CODES } from "node:http";
import type { CheckResult, Exchange, Frame, Report } from "../schemas/index.ts";
import { seenJson } from "./json.ts";
import { grouped } from "./wording.ts";

type Headers = Exchange["request"]["headers"];
type Answer = NonNullable<Exchange["response"]>;

/**
 * The exchanges of a report as HTTP Archive 1.2, for browsers' developer tools and proxies: each check is a page.
 * WebSocket connections are entries with `_webSocketMessages`, as Chromium writes them. Secrets stay masked.
 */
export function harReport(report: Report): string {
  const shown = report.checks.filter(({ exchanges, frames = [] }) => exchanges.length + frames.length > 0);
  return seenJson({
    log: {
      version: "1.2",
      creator: { name: report.kit.name, version: report.kit.version },
      comment: `${report.run.profile} at ${report.target.url}: ${report.verdict.sentence}`,
      pages: shown.map((check) => pageOf(check, report.run.startedAt)),
      entries: shown.flatMap((check) => [
        ...check.exchanges.map((exchange) => entryOf(exchange, check.id)),
        ...[...grouped(check.frames ?? [], ({ connection }) => String(connection)).values()].map((frames) =>
          connectionOf(frames, check.id, report.target.url),
        ),
      ]),
    },
  });
}

function pageOf({ id, title, outcome, exchanges, frames = [] }: CheckResult, otherwise: string) {
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
        type: from === "target" ? "receive" : "send",
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
