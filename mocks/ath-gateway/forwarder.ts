import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { type BodySource, type HeaderList, headerOf, type UpstreamResponse } from "../ath/body-source.ts";
import { readWhole } from "../core/whole-message.ts";

/** A call to a provider's API; the path is sent byte for byte. */
export interface UpstreamRequest {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly method: string;
  /** With query. */
  readonly path: string;
  /** Without Host and without framing. */
  readonly headers: HeaderList;
  readonly body: BodySource;
  /** Until the answer begins, and between two pieces of it. */
  readonly timeoutMs: number;
}

/** Rejects with {@link UpstreamError}; redirects are not followed, nothing is decoded. */
export type Forward = (request: UpstreamRequest) => Promise<UpstreamResponse>;

export interface Forwarder {
  readonly forward: Forward;
  /** Ends idle connections. */
  close(): void;
}

/** The provider's API gave no answer. */
export class UpstreamError extends Error {
  readonly code: "TIMEOUT" | "CONNECTION";
  /** The kept connection was closed by the other side before the call. */
  readonly stale: boolean;
  constructor(code: UpstreamError["code"], message: string, stale: boolean) {
    super(message);
    this.code = code;
    this.stale = stale;
  }
}

/** Answers announced up to this size are read whole, which is faster than a stream. */
const WHOLE_BYTES = 64 * 1024;

/** Fields and framing as node takes them: one flat list, names as they came. */
function fieldsOf({ origin, method, headers, body }: UpstreamRequest): string[] {
  const fields = ["host", origin.slice(origin.indexOf("://") + 3)];
  const framed = headers.filter(([name]) => name.toLowerCase() !== "content-length");
  for (const [name, value] of framed) fields.push(name, value);
  if (body instanceof Uint8Array) fields.push("content-length", String(body.byteLength));
  else if (body !== undefined) {
    const announced = headerOf(headers, "content-length");
    if (announced === undefined) fields.push("transfer-encoding", "chunked");
    else fields.push("content-length", announced);
  } else if (method !== "GET" && method !== "HEAD") fields.push("content-length", "0");
  return fields;
}

function headersOf(raw: readonly string[]): HeaderList {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) headers.push([raw[at] ?? "", raw[at + 1] ?? ""]);
  return headers;
}

/** Ends an exchange that says nothing for too long; stopped while nobody waits for the provider. */
interface IdleTimer {
  start(): void;
  stop(): void;
}

function idleTimer(milliseconds: number, expire: () => void): IdleTimer {
  let timer: NodeJS.Timeout | undefined;
  return {
    start() {
      clearTimeout(timer);
      timer = setTimeout(expire, milliseconds);
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/** The answer as a stream that reads from the provider only as fast as it is read itself. */
function streamOf(incoming: IncomingMessage, idle: IdleTimer): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown> = incoming[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        idle.start();
        try {
          const { done, value } = await chunks.next();
          if (done === true) controller.close();
          else if (value instanceof Uint8Array) controller.enqueue(value);
        } finally {
          idle.stop();
        }
      },
      cancel() {
        incoming.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}

/** The answer's body, whole when it is small; the timer runs until it is there. */
async function bodyOf(incoming: IncomingMessage, method: string, idle: IdleTimer): Promise<BodySource> {
  const status = incoming.statusCode ?? 0;
  const length = incoming.headers["content-length"];
  const none = method === "HEAD" || status === 204 || status === 304 || length === "0";
  if (!none && (length === undefined || Number(length) > WHOLE_BYTES)) {
    idle.stop();
    return streamOf(incoming, idle);
  }
  const whole = await readWhole(incoming);
  idle.stop();
  return none ? undefined : whole;
}

/** Resolves when more may be written, or nothing any more. */
function drained(outgoing: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off("drain", settle);
      outgoing.off("close", settle);
      resolve();
    };
    outgoing.once("drain", settle);
    outgoing.once("close", settle);
  });
}

/** Writes a body as fast as the provider takes it; only the provider's slowness counts, not the sender's. */
async function pour(body: ReadableStream<Uint8Array>, outgoing: ClientRequest, idle: IdleTimer): Promise<void> {
  for await (const chunk of body) {
    if (outgoing.destroyed) return;
    if (outgoing.write(chunk)) continue;
    idle.start();
    await drained(outgoing);
    idle.stop();
  }
  outgoing.end();
}

/** The agents that keep connections, and the origins already taken apart. */
interface Connections {
  readonly plain: Agent;
  readonly secure: SecureAgent;
  readonly hosts: Map<string, { readonly hostname: string; readonly port: string }>;
}

/** More origins than this are not kept; a configuration has a handful. */
const MAX_HOSTS = 100;

function hostOf({ hosts }: Connections, origin: string) {
  const known = hosts.get(origin);
  if (known !== undefined) return known;
  const { hostname, port } = new URL(origin);
  const host = { hostname: hostname.replace(/^\[|\]$/g, ""), port };
  if (hosts.size < MAX_HOSTS) hosts.set(origin, host);
  return host;
}

function open(connections: Connections, request: UpstreamRequest): ClientRequest {
  const { origin, method, path } = request;
  const headers: readonly string[] = fieldsOf(request);
  const options = { ...hostOf(connections, origin), method, path, headers };
  return origin.startsWith("https:")
    ? secureRequest({ ...options, agent: connections.secure })
    : plainRequest({ ...options, agent: connections.plain });
}

function attempt(connections: Connections, request: UpstreamRequest): Promise<UpstreamResponse> {
  const { method, body, timeoutMs } = request;
  return new Promise((resolve, reject) => {
    const outgoing = open(connections, request);
    let answering = false;
    const fail = (code: UpstreamError["code"], message: string) => {
      idle.stop();
      const stale = code === "CONNECTION" && outgoing.reusedSocket && !answering;
      outgoing.destroy();
      reject(new UpstreamError(code, message, stale));
    };
    const idle = idleTimer(timeoutMs, () => fail("TIMEOUT", `the provider did not answer within ${timeoutMs} ms`));
    outgoing.on("error", () => fail("CONNECTION", "the provider could not be reached"));
    outgoing.once("response", (incoming) => {
      answering = true;
      idle.start();
      const head = { status: incoming.statusCode ?? 502, headers: headersOf(incoming.rawHeaders) };
      bodyOf(incoming, method, idle).then(
        (received) => resolve({ ...head, body: received }),
        () => fail("CONNECTION", "the provider ended its answer half way"),
      );
    });
    const waitForAnswer = () => {
      if (!answering) idle.start();
    };
    if (body instanceof ReadableStream) {
      pour(body, outgoing, idle).then(waitForAnswer, () => fail("CONNECTION", "the request broke off"));
    } else {
      outgoing.end(body);
      waitForAnswer();
    }
  });
}

/** A forwarder with kept connections. */
export function forwarder(): Forwarder {
  const connections: Connections = {
    plain: new Agent({ keepAlive: true, maxFreeSockets: 256 }),
    secure: new SecureAgent({ keepAlive: true, maxFreeSockets: 256 }),
    hosts: new Map(),
  };
  return {
    async forward(request) {
      for (let stale = 0; ; stale += 1) {
        try {
          return await attempt(connections, request);
        } catch (error) {
          // Nothing of a streamed body could be sent again.
          const repeatable = !(request.body instanceof ReadableStream);
          if (!(error instanceof UpstreamError && error.stale && repeatable && stale < 2)) throw error;
        }
      }
    },
    close() {
      connections.plain.destroy();
      connections.secure.destroy();
    },
  };
}
