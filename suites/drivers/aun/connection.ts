import { randomBytes } from "node:crypto";
import WebSocket, { type ClientOptions } from "ws";
import type { Frame } from "../../engine/evidence.ts";
import { isObject, member, parseJson, text } from "../../engine/json.ts";
import type { Recorder } from "../../engine/recorder.ts";
import { rpcCall } from "../../engine/rpc.ts";
import { transportError } from "../transport-errors.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { AunConnection, Received } from "./world.ts";

/** What a connection needs of the world it belongs to. */
export interface ConnectionOptions {
  /** Who is at the other end. */
  readonly party: "target" | "peer";
  readonly recorder: Recorder;
  readonly now: () => number;
  /** For an answer, ms. */
  readonly timeoutMs: number;
  /** For what should come at once, ms. */
  readonly patience: number;
  readonly rateLimits: RateLimits;
  /** TLS trust. */
  readonly socket: ClientOptions;
}

/** A target may send what it likes; what is larger ends the connection. */
const largestMessage = 4 * 1024 * 1024;
/** A target that pushes more than this on one connection is cut off, so that evidence stays readable. */
const mostFrames = 10_000;

interface Waiter {
  readonly matches: (message: Received) => boolean;
  readonly settle: (found: Received | undefined) => void;
}

/** Opens a WebSocket and resolves when it is open or could not be opened. Never throws. */
export function openConnection(url: string, options: ConnectionOptions): Promise<AunConnection> {
  const { party, recorder, now, timeoutMs, patience } = options;
  const number = recorder.connection();
  const received: Received[] = [];
  const untaken: Received[] = [];
  const waiters = new Set<Waiter>();
  let challenge: Received | undefined;
  let ended: Frame | undefined;
  const endings = new Set<() => void>();

  const record = (from: "agent" | typeof party, kind: Frame["kind"], data: Buffer, more: Partial<Frame> = {}) =>
    recorder.frame({
      connection: number,
      from,
      to: from === "agent" ? party : "agent",
      kind,
      at: now(),
      data,
      ...(more.code === undefined ? {} : { code: more.code }),
      ...(more.reason === undefined ? {} : { reason: more.reason }),
    });

  const end = (frame: Frame) => {
    if (ended !== undefined) return;
    ended = frame;
    for (const waiter of waiters) waiter.settle(undefined);
    waiters.clear();
    for (const tell of endings) tell();
    endings.clear();
  };

  const arrive = (frame: Frame, data: Buffer) => {
    const parsed = parseJson(data.toString("utf8"));
    const message = isObject(parsed) ? parsed : undefined;
    const params = member(message, "params");
    const item: Received = { frame, message, method: text(message, "method"), params: isObject(params) ? params : {} };
    received.push(item);
    if (received.length === 1 && item.method === "challenge") challenge = item;
    if (received.length > mostFrames || recorder.appetite.isSated) socket.terminate();
    for (const waiter of waiters) {
      if (!waiter.matches(item)) continue;
      waiters.delete(waiter);
      waiter.settle(item);
      return;
    }
    untaken.push(item);
  };

  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: largestMessage,
    handshakeTimeout: timeoutMs,
    ...options.socket,
  });

  const take: AunConnection["take"] = (matches, limit = timeoutMs) => {
    const index = untaken.findIndex(matches);
    if (index !== -1) return Promise.resolve(untaken.splice(index, 1)[0]);
    if (ended !== undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        matches,
        settle(found) {
          clearTimeout(timer);
          resolve(found);
        },
      };
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        resolve(undefined);
      }, limit);
      waiters.add(waiter);
    });
  };

  const whenClosed: AunConnection["whenClosed"] = (limit = patience) => {
    if (ended !== undefined) return Promise.resolve(ended);
    return new Promise((resolve) => {
      const tell = () => {
        clearTimeout(timer);
        resolve(ended);
      };
      const timer = setTimeout(() => {
        endings.delete(tell);
        resolve(undefined);
      }, limit);
      endings.add(tell);
    });
  };

  const send: AunConnection["send"] = (data, { fragments = 1, between, as } = {}) => {
    const bytes = Buffer.from(data);
    const binary = (as ?? (typeof data === "string" ? "text" : "binary")) === "binary";
    const frame = record("agent", binary ? "binary" : "text", bytes);
    if (socket.readyState !== WebSocket.OPEN) return frame;
    const size = Math.max(1, Math.ceil(bytes.length / fragments));
    for (let start = 0; start === 0 || start < bytes.length; start += size) {
      if (start > 0 && between === "ping") connection.ping();
      const fin = start + size >= bytes.length;
      socket.send(bytes.subarray(start, start + size), { binary, fin }, () => {});
    }
    return frame;
  };

  const answer: AunConnection["answer"] = async (request, matches, limit = timeoutMs) => {
    const found = await take(matches, limit);
    return rpcCall(request, found?.frame ?? ended);
  };

  const connection: AunConnection = {
    number,
    url,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    get opening() {
      return opening;
    },
    get challenge() {
      return challenge;
    },
    get nonce() {
      return text(challenge?.params, "nonce") ?? "";
    },
    received,
    send,
    sendJson: (message) => send(JSON.stringify(message)),
    notify: (method, params) => send(JSON.stringify({ jsonrpc: "2.0", method, params })),
    async call(method, params, { id: given, message: changes = {}, timeoutMs: limit } = {}) {
      for (let tries = 1; ; tries += 1) {
        const id = given ?? freshId();
        const message = { jsonrpc: "2.0", id, method, params, ...changes };
        const answers = (item: Received) => isResponse(item) && member(item.message, "id") === id;
        const call = await answer(send(JSON.stringify(message)), answers, limit);
        if (!(await options.rateLimits.askAgain(call, tries))) return call;
      }
    },
    answer,
    take,
    event: (method, matches = () => true, limit = patience) =>
      take((item) => item.method === method && matches(item.params), limit),
    takeAll: () => untaken.splice(0),
    async settle() {
      // Before auth.connect the ping is refused, and a refusal is as good a round trip.
      const { outcome } = await connection.call("meta.ping", {});
      return outcome === "result" || outcome === "error";
    },
    whenClosed,
    async close(code = 1000) {
      if (ended !== undefined) return;
      socket.close(code);
      if ((await whenClosed(patience)) === undefined) await connection.drop();
    },
    async drop() {
      if (ended !== undefined) return;
      socket.terminate();
      await whenClosed(patience);
    },
    ping() {
      if (socket.readyState !== WebSocket.OPEN) return;
      record("agent", "ping", Buffer.alloc(0));
      socket.ping();
    },
  };

  let opening: Frame;
  return new Promise((resolve) => {
    let isOpen = false;
    const fail = (message: string) => {
      if (ended !== undefined) return;
      opening = record(party, "error", Buffer.from(message));
      end(opening);
      resolve(connection);
    };
    socket.on("open", () => {
      isOpen = true;
      opening = record("agent", "open", Buffer.from(url));
      resolve(connection);
    });
    socket.on("message", (data, isBinary) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
      arrive(record(party, isBinary ? "binary" : "text", bytes), bytes);
    });
    socket.on("ping", (data) => void record(party, "ping", data));
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      fail(`PROTOCOL: the upgrade was answered with HTTP ${response.statusCode}`);
    });
    socket.on("error", (error) => {
      const { code, message } = transportError(error);
      // After the opening a close follows; the frame before it tells what was wrong with what the target sent.
      if (isOpen) record(party, "error", Buffer.from(`${code}: ${message}`));
      else fail(`${code}: ${message}`);
    });
    socket.on("close", (code, reason) => {
      if (!isOpen) return fail(`CONNECTION_RESET: the connection ended before it was open (${code})`);
      end(record(party, "close", Buffer.alloc(0), { code, reason: reason.toString("utf8") }));
    });
  });
}

function isResponse({ message }: Received): boolean {
  return message !== undefined && !("method" in message);
}

/** Request ids as the public SDKs make them. */
function freshId(): string {
  return `rpc-${randomBytes(8).toString("hex")}`;
}
