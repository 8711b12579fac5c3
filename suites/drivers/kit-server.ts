import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Exchange, HeaderList, Party, Purpose } from "../engine/evidence.ts";
import type { Recorder } from "../engine/recorder.ts";
import { pairs } from "./http-client.ts";
import { SetupError } from "./setup-error.ts";
import { systemCode } from "./transport-errors.ts";

/** A request that arrived at a server of the kit. */
export interface Arrival {
  readonly method: string;
  /** Request target as it came. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Buffer;
  /** The port it arrived at. */
  readonly port: number;
}

export interface KitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `never`: accept and keep silent. `drip`: begin, then a byte now and then, for ever. */
export type KitBehaviour = KitAnswer | "never" | "drip";

export interface KitServer {
  readonly port: number;
  /** `http://host:port` as this machine reaches it. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface KitServerOptions {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
  /** The key of the configuration that gave the address, for the error message. */
  readonly setting: string;
  readonly handle: (arrival: Arrival) => KitBehaviour | Promise<KitBehaviour>;
}

const bodyLimit = 32 * 1024 * 1024;
const dripEveryMs = 100;
const wildcards = new Set(["0.0.0.0", "::", "[::]"]);

/** Starts a server of the kit on loopback or wherever the configuration wants it. Throws SetupError. */
export function openKitServer({ host, port, setting, handle }: KitServerOptions): Promise<KitServer> {
  const drips = new Set<NodeJS.Timeout>();
  const server = createServer(
    // A target may keep connections for long; closing first would look like a failing provider.
    { keepAliveTimeout: 65_000, requestTimeout: 0, headersTimeout: 65_000, maxHeaderSize: 128 * 1024 },
    (request, response) => {
      readBody(request, response, (body) => {
        const { method = "", url = "", rawHeaders, socket } = request;
        const arrival = { method, target: url, headers: pairs(rawHeaders), body, port: socket.localPort ?? 0 };
        const broken = () => {
          // What arrives is chosen by the target (a redirect_uri that fits no header, say); it must not end the run.
          if (response.headersSent) response.destroy();
          else send(response, jsonAnswer(500, { error: "server_error" }), drips);
        };
        try {
          const answer = handle(arrival);
          if (answer instanceof Promise) answer.then((later) => send(response, later, drips)).catch(broken);
          else send(response, answer, drips);
        } catch {
          broken();
        }
      });
    },
  );
  server.on("clientError", (_, socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, host, port, setting)));
    server.listen(port, host.replace(/^\[|\]$/g, ""), () => {
      const address = server.address();
      const actual = typeof address === "object" && address !== null ? address.port : port;
      const name = wildcards.has(host) ? "127.0.0.1" : host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
      resolve({
        port: actual,
        origin: `http://${name}:${actual}`,
        close: () =>
          new Promise((closed) => {
            for (const drip of drips) clearInterval(drip);
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

function readBody(request: IncomingMessage, response: ServerResponse, then: (body: Buffer) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  request.on("data", (piece: Buffer) => {
    length += piece.length;
    if (length > bodyLimit) response.destroy();
    else pieces.push(piece);
  });
  request.on("error", () => response.destroy());
  request.on("end", () => {
    if (length <= bodyLimit) then(Buffer.concat(pieces));
  });
}

function send(response: ServerResponse, behaviour: KitBehaviour, drips: Set<NodeJS.Timeout>): void {
  if (behaviour === "never") return;
  if (behaviour === "drip") {
    response.writeHead(200, { "Content-Type": "application/json" });
    response.write(" ");
    const drip = setInterval(() => response.write(" "), dripEveryMs);
    drips.add(drip);
    response.on("close", () => {
      clearInterval(drip);
      drips.delete(drip);
    });
    return;
  }
  const { status, headers, body } = behaviour;
  const silent = status === 204 || status === 304;
  response.writeHead(status, silent ? headers : { "Content-Length": body.length, ...headers });
  response.end(silent ? undefined : body);
}

function listenError(error: Error, host: string, port: number, setting: string): SetupError {
  const system = systemCode(error);
  if (system === "EADDRINUSE") {
    const message = `${setting}: port ${port} of ${host} is in use`;
    return new SetupError("port-in-use", message, "stop what listens there, or configure another port");
  }
  if (system === "EACCES") {
    const message = `${setting}: this user may not listen at port ${port}`;
    return new SetupError("port-forbidden", message, "configure a port above 1023");
  }
  const message = `${setting}: cannot listen at ${host}:${port} (${system === "" ? error.message : system})`;
  return new SetupError("address-unavailable", message, "configure an address of this machine, for example 127.0.0.1");
}

/** A JSON answer. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): KitAnswer {
  return {
    status,
    headers: { "Content-Type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** A small page for whoever looks. */
export function pageAnswer(status: number, title: string, text: string): KitAnswer {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
  return {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'" },
    body: Buffer.from(body),
  };
}

/** Records what arrived at a server of the kit as an exchange of the target's, in the evidence of a check. */
export function recordArrival(
  recorder: Recorder,
  arrival: Arrival,
  answer: KitBehaviour,
  as: { readonly to: Party; readonly purpose: Purpose; readonly origin: string; readonly at: number },
): Exchange {
  const { method, target, headers, body } = arrival;
  const response = typeof answer === "string" ? null : { ...answer, headers: Object.entries(answer.headers) };
  return recorder.record({
    from: "target",
    to: as.to,
    purpose: as.purpose,
    startedAt: as.at,
    durationMs: 0,
    request: { method, url: /^https?:/i.test(target) ? target : `${as.origin}${target}`, headers, body },
    response,
    error: null,
  });
}
