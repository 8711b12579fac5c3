import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { FetchTimeouts } from "../rules/identity.ts";

/** A small exchange with another server: the answer fits in memory, redirects are not followed. */
export interface Exchange {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeouts: FetchTimeouts;
  readonly maxBytes: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** The other server gave no usable answer; `message` is to be read after its URL. */
export class NoAnswerError extends Error {
  readonly code: "TIMEOUT" | "TOO_LARGE" | "CONNECTION";
  constructor(code: NoAnswerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

export interface HttpClient {
  /** Rejects with {@link NoAnswerError}. */
  exchange(exchange: Exchange): Promise<Answer>;
  /** Ends idle connections. */
  close(): void;
}

interface Agents {
  readonly plain: Agent;
  readonly secure: SecureAgent;
}

function open({ plain, secure }: Agents, { method, url, headers, body }: Exchange): ClientRequest {
  const target = new URL(url);
  const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
  const options = { method, headers: { ...headers, ...length } };
  if (target.protocol === "https:") return secureRequest(target, { ...options, agent: secure });
  return plainRequest(target, { ...options, agent: plain });
}

/** The timers of one exchange; the first to run out ends it. */
class Deadlines {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #stop: (error: NoAnswerError) => void;

  constructor(stop: (error: NoAnswerError) => void) {
    this.#stop = stop;
  }

  start(milliseconds: number | undefined, what: string): NodeJS.Timeout | undefined {
    if (milliseconds === undefined) return undefined;
    const timer = setTimeout(() => {
      this.#stop(new NoAnswerError("TIMEOUT", `${what} within ${milliseconds} ms`));
    }, milliseconds);
    this.#timers.push(timer);
    return timer;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}

function attempt(agents: Agents, exchange: Exchange): Promise<Answer> {
  const { timeouts, maxBytes } = exchange;
  return new Promise((resolve, reject) => {
    const outgoing = open(agents, exchange);
    const fail = (error: unknown) => {
      deadlines.clear();
      outgoing.destroy();
      reject(error);
    };
    const deadlines = new Deadlines(fail);
    deadlines.start(timeouts.totalMs, "did not answer completely");
    const connecting = deadlines.start(timeouts.connectMs, "did not take the connection");
    const idle = deadlines.start(timeouts.idleMs, "said nothing");

    outgoing.once("socket", (socket) => {
      if (socket.connecting) socket.once("connect", () => clearTimeout(connecting));
      else clearTimeout(connecting);
    });
    outgoing.once("error", (cause) => fail(outgoing.reusedSocket ? new StaleConnectionError(cause) : broken(cause)));
    outgoing.once("response", (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on("data", (chunk: Buffer) => {
        idle?.refresh();
        size += chunk.length;
        if (size > maxBytes) fail(new NoAnswerError("TOO_LARGE", `answered with more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      });
      incoming.once("error", (cause) => fail(broken(cause)));
      incoming.once("end", () => {
        deadlines.clear();
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) });
      });
    });
    outgoing.end(exchange.body);
  });
}

function broken(cause: unknown): NoAnswerError {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? ` (${String(cause.code)})` : "";
  return new NoAnswerError("CONNECTION", `could not be reached${code}`);
}

/** A kept connection was closed by the other side meanwhile; that says nothing about the next one. */
class StaleConnectionError extends NoAnswerError {
  constructor(cause: unknown) {
    super("CONNECTION", broken(cause).message);
  }
}

/** A client with kept connections, for identity documents and the providers' token endpoints. */
export function httpClient(): HttpClient {
  const agents: Agents = {
    plain: new Agent({ keepAlive: true, maxFreeSockets: 64 }),
    secure: new SecureAgent({ keepAlive: true, maxFreeSockets: 64 }),
  };
  return {
    async exchange(exchange) {
      for (let stale = 0; ; stale += 1) {
        try {
          return await attempt(agents, exchange);
        } catch (error) {
          // Only what may be repeated without an effect is repeated.
          const again = error instanceof StaleConnectionError && exchange.method === "GET" && stale < 2;
          if (!again) throw error;
        }
      }
    },
    close() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}
