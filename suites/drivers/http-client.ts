import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import type { HeaderList } from "../engine/evidence.ts";
import { cutUrl, type RawUrl } from "./raw-url.ts";
import { systemCode, type TransportError, transportError } from "./transport-errors.ts";

interface HttpRequest {
  readonly method: string;
  /** Absolute; what follows the authority goes out byte for byte. */
  readonly url: string;
  /** Sent in this order; Host and Content-Length are added when they are missing. */
  readonly headers: HeaderList;
  readonly body: Buffer;
}

interface HttpResult {
  /** The headers as they were sent. */
  readonly sent: HeaderList;
  readonly durationMs: number;
  readonly response: {
    readonly status: number;
    readonly headers: HeaderList;
    readonly body: Buffer;
    readonly truncated?: true;
  } | null;
  readonly error: TransportError | null;
  /**
   * The same request before, on a connection that was kept from an earlier one and broke before a byte of the answer
   * (RFC 9112 § 9.3.1): nobody's fault, but the target may have read it and acted on it.
   */
  readonly lost?: { readonly durationMs: number; readonly error: TransportError };
}

export interface HttpClientOptions {
  /** For a whole exchange, body included. */
  readonly timeoutMs: number;
  /** PEM certificates to trust besides the system's. */
  readonly ca?: string;
  /** The one host whose certificate may be anything. */
  readonly insecureHost?: string;
  /** Of a response body; what is longer is cut. Default 4 MiB. */
  readonly bodyLimit?: number;
}

/** Speaks plain HTTP/1.1 without opinions: no redirects, no cookies, no normalising. Never throws. */
export interface HttpClient {
  exchange(request: HttpRequest): Promise<HttpResult>;
  /** Ends idle and busy connections. */
  close(): void;
}

const headerLimit = 64 * 1024;
/** Methods whose requests have no body unless one is given (RFC 9110 § 9.3). */
const bodyless = new Set(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]);

export function createHttpClient(options: HttpClientOptions): HttpClient {
  const { timeoutMs, ca, insecureHost, bodyLimit = 4 * 1024 * 1024 } = options;
  const plain = new HttpAgent({ keepAlive: true });
  const strict = new HttpsAgent({ keepAlive: true });
  const lenient = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
  let trust: SecureContext | undefined;
  let closed = false;

  const connection = (url: RawUrl, fresh: boolean) => {
    if (!url.secure) return { agent: fresh ? false : plain };
    if (url.hostname === insecureHost) return { agent: fresh ? false : lenient, rejectUnauthorized: false };
    if (ca === undefined) return { agent: fresh ? false : strict };
    trust ??= createSecureContext({ ca: [...rootCertificates, ca] });
    return { agent: fresh ? false : strict, secureContext: trust };
  };

  const attempt = (url: RawUrl, request: HttpRequest, sent: HeaderList, fresh: boolean): Promise<HttpResult> =>
    new Promise((resolve) => {
      const started = performance.now();
      let incoming: IncomingMessage | undefined;
      let settled = false;
      let brokeOff = (error: unknown) => settle(null, transportError(error));
      const settle = (response: HttpResult["response"], error: TransportError | null) => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        resolve({ sent, durationMs: performance.now() - started, response, error });
      };

      const outgoing = (url.secure ? httpsRequest : httpRequest)({
        ...connection(url, fresh),
        host: url.hostname,
        port: url.port,
        method: request.method,
        path: Buffer.from(url.target, "utf8").toString("latin1"),
        headers: sent.flat(),
        maxHeaderSize: headerLimit,
      });
      const timer = setTimeout(() => {
        settle(null, { code: "TIMEOUT", message: `no whole answer within ${timeoutMs} ms` });
        outgoing.destroy();
      }, timeoutMs);

      outgoing.on("error", (error) => {
        const broken = /^(ECONNRESET|EPIPE)$/.test(systemCode(error));
        if (broken && incoming === undefined && outgoing.reusedSocket && !settled && !closed) {
          // The peer closed an idle connection just as it was taken again: that says nothing about the request.
          settled = true;
          clearTimeout(timer);
          const { message } = transportError(error);
          const what = `a kept connection ended as it was used again, and the request was sent once more: ${message}`;
          const lost = {
            durationMs: performance.now() - started,
            error: { code: "STALE_CONNECTION", message: what },
          } as const;
          resolve(attempt(url, request, sent, true).then((result) => ({ ...result, lost })));
          return;
        }
        brokeOff(error);
      });
      outgoing.on("upgrade", (response, socket) => {
        socket.destroy();
        settle({ status: response.statusCode ?? 0, headers: pairs(response.rawHeaders), body: Buffer.alloc(0) }, null);
      });
      outgoing.on("response", (response) => {
        incoming = response;
        const pieces: Buffer[] = [];
        let length = 0;
        const answer = (truncated?: true) =>
          settle(
            {
              status: response.statusCode ?? 0,
              headers: pairs(response.rawHeaders),
              body: Buffer.concat(pieces, Math.min(length, bodyLimit)),
              ...(truncated && { truncated }),
            },
            null,
          );
        response.on("data", (piece: Buffer) => {
          pieces.push(piece);
          length += piece.length;
          if (length <= bodyLimit) return;
          answer(true);
          outgoing.destroy();
        });
        response.on("end", () => {
          answer();
          if (!outgoing.writableFinished) outgoing.destroy();
        });
        brokeOff = (error) => {
          // The whole answer is here, and only the rest of an upload could not be delivered: `end` follows.
          if (response.complete) return;
          if (!outgoing.writableFinished && (response.statusCode ?? 0) >= 400) {
            // A refusal in the middle of an upload may be followed by a reset; the refusal is the answer.
            answer(true);
            return;
          }
          const { code, message } = transportError(error);
          const what = `the answer (HTTP ${response.statusCode}) broke off after ${length} bytes: ${message}`;
          settle(null, { code, message: what });
        };
        response.on("error", (error) => brokeOff(error));
      });
      // In one write, so that the rest of a large body is sent by the event loop, which reads first: a target that
      // refuses early and closes is heard before the write into the closed connection fails.
      outgoing.end(request.body);
    });

  return {
    async exchange(request) {
      const url = cutUrl(request.url);
      const sent = url === undefined ? request.headers : framed(request, url);
      try {
        if (url === undefined) throw new Error(`not an absolute http(s) URL: ${JSON.stringify(request.url)}`);
        return await attempt(url, request, sent, false);
      } catch (error) {
        return { sent, durationMs: 0, response: null, error: transportError(error) };
      }
    },
    close() {
      closed = true;
      for (const agent of [plain, strict, lenient]) agent.destroy();
    },
  };
}

/** Adds what HTTP/1.1 demands of every request, unless the caller bent it. */
function framed({ method, headers, body }: HttpRequest, url: RawUrl): HeaderList {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const added: [string, string][] = [];
  if (!given.has("host")) added.push(["Host", url.authority]);
  const ownFraming = given.has("content-length") || given.has("transfer-encoding");
  const hasBody = body.length > 0 || !bodyless.has(method.toUpperCase());
  if (hasBody && !ownFraming) added.push(["Content-Length", String(body.length)]);
  return [...added, ...headers];
}

/** Node's flat list of raw headers as pairs. */
export function pairs(raw: readonly string[]): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? "", raw[index + 1] ?? ""]);
  return list;
}
