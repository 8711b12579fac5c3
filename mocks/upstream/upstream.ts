import { createHash } from "node:crypto";
import type { HttpHandler, Peer } from "../core/http.ts";
import { BodyError, errorResponse, jsonResponse, readBody } from "../core/json.ts";
import { maskTarget } from "../core/request-log.ts";

/** Whom a token speaks for, and for what. */
export interface UpstreamCaller {
  readonly sub: string;
  readonly scopes: readonly string[];
}

export interface UpstreamOptions {
  /** What the provider says of a token; undefined: it is none, or dead. */
  readonly tokens: (token: string) => UpstreamCaller | undefined;
  /** Where the API begins; default `/api`. */
  readonly basePath?: string;
  /** Default 16 MiB. */
  readonly bodyMaxBytes?: number;
}

/** A request as it arrived at the API; the token is masked. */
export interface UpstreamRequest {
  readonly method: string;
  /** Path and query as they came on the wire, secrets in the query masked. */
  readonly target: string;
  /** Repeated headers are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
  readonly bodySha256: string;
  /** Undefined: it was refused for want of a good token. */
  readonly caller: UpstreamCaller | undefined;
}

export interface Upstream {
  readonly handler: HttpHandler;
  /** The latest 500 requests below the base path, oldest first. */
  requests(): readonly UpstreamRequest[];
  clear(): void;
}

const defaultBodyBytes = 16 * 1024 * 1024;
const servedBytes = 64 * 1024 * 1024;
const remembered = 500;

const chunkBytes = 64 * 1024;
const pattern = Uint8Array.from({ length: chunkBytes }, (_, index) => (index ^ (index >> 8)) & 255);

/** The bytes of `/bytes/{n}`: byte i is the low 8 bits of `j ^ (j >> 8)` with j = i mod 65536. */
export function patternBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let start = 0; start < count; start += chunkBytes) bytes.set(pattern.subarray(0, count - start), start);
  return bytes;
}

function patternStream(count: number): ReadableStream<Uint8Array> {
  let left = count;
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = pattern.slice(0, left);
        left -= chunk.byteLength;
        if (chunk.byteLength > 0) controller.enqueue(chunk);
        if (left === 0) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}

/** One request with all that an answer may need. */
interface Call {
  readonly request: Request;
  readonly path: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly sha256: string;
  readonly caller: UpstreamCaller;
  readonly basePath: string;
}

const marked = { "x-upstream": "gateproof" } as const;

function answerBytes(count: number): Response {
  if (count > servedBytes) return errorResponse(400, "TOO_MANY_BYTES", `at most ${servedBytes} bytes are served`);
  const headers = { ...marked, "content-type": "application/octet-stream", "content-length": String(count) };
  return new Response(count > chunkBytes ? patternStream(count) : patternBytes(count), { headers });
}

function answerStatus(status: number, { request, basePath }: Call): Response {
  if (status < 200 || status > 599) return errorResponse(400, "NO_SUCH_STATUS", "a status from 200 to 599 is served");
  if (status === 204 || status === 205 || status === 304) return new Response(null, { status, headers: marked });
  const location = new URL(`${basePath}/v1/messages`, request.url).href;
  const headers = status >= 300 && status < 400 ? { ...marked, location } : marked;
  return jsonResponse({ status }, { status, headers });
}

function answerEcho({ request, body }: Call): Response {
  const type = request.headers.get("content-type");
  return new Response(body, { headers: type === null ? marked : { ...marked, "content-type": type } });
}

function answerDescription({ request, path, target, headers, body, sha256, caller }: Call): Response {
  const { searchParams, search } = new URL(request.url);
  return jsonResponse(
    {
      method: request.method,
      path,
      query: search.slice(1),
      parameters: [...searchParams],
      target,
      headers,
      body: { bytes: body.byteLength, sha256 },
      sub: caller.sub,
      scopes: caller.scopes,
    },
    { headers: marked },
  );
}

function answerCall(call: Call): Response {
  const numbered = /^\/(?<kind>bytes|status)\/(?<number>\d{1,9})$/.exec(call.path)?.groups;
  const number = Number(numbered?.["number"]);
  if (numbered?.["kind"] === "bytes") return answerBytes(number);
  if (numbered?.["kind"] === "status") return answerStatus(number, call);
  return call.path === "/echo" ? answerEcho(call) : answerDescription(call);
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const emptySha256 = sha256(new Uint8Array());

/** The headers as shown: never with what lets somebody act as the caller. */
function shownHeaders(headers: Headers): Record<string, string> {
  const shown = Object.fromEntries(headers);
  const authorization = shown["authorization"];
  if (authorization !== undefined) shown["authorization"] = authorization.replace(/(?<=^\S+\s).*$|^\S+$/s, "***");
  if (shown["cookie"] !== undefined) shown["cookie"] = "***";
  return shown;
}

const bearer = /^Bearer +(?<token>[A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The API behind the provider: it tells the caller what arrived, so that a proxy in front of it can be judged.
 *
 * `/bytes/{n}` gives n bytes of a pattern, `/status/{code}` that status, `/echo` the body as it came; every other path
 * describes the request as JSON. Everything needs a Bearer token (401 `INVALID_TOKEN` otherwise).
 */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { tokens, basePath = "/api", bodyMaxBytes = defaultBodyBytes } = options;
  let seen: UpstreamRequest[] = [];

  const remember = (request: UpstreamRequest) => {
    seen.push(request);
    // In halves, so that a busy API does not shift the list at each request.
    if (seen.length >= 2 * remembered) seen = seen.slice(-remembered);
  };

  const answer = async (request: Request, peer: Peer | undefined): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) {
      return errorResponse(404, "NOT_FOUND", `the API is below ${basePath}`);
    }
    const token = bearer.exec(request.headers.get("authorization") ?? "")?.groups?.["token"];
    const caller = token === undefined ? undefined : tokens(token);
    const body = await readBody(request, bodyMaxBytes);
    const digest = body.byteLength === 0 ? emptySha256 : sha256(body);
    const headers = shownHeaders(request.headers);
    const target = peer?.rawTarget ?? pathname + search;
    const { method } = request;
    remember({ method, target: maskTarget(target), headers, bodyBytes: body.byteLength, bodySha256: digest, caller });
    if (caller === undefined) {
      return jsonResponse(
        { code: "INVALID_TOKEN", message: "a living access token of the provider is needed" },
        { status: 401, headers: { ...marked, "www-authenticate": 'Bearer realm="api", error="invalid_token"' } },
      );
    }
    const path = pathname.slice(basePath.length);
    return answerCall({ request, path, target, headers, body, sha256: digest, caller, basePath });
  };

  return {
    handler: async (request, peer) => {
      try {
        return await answer(request, peer);
      } catch (error) {
        if (error instanceof BodyError) return errorResponse(error.status, error.code, error.message);
        return errorResponse(500, "INTERNAL_ERROR", "the API failed");
      }
    },
    requests: () => seen.slice(-remembered),
    clear() {
      seen = [];
    },
  };
}
