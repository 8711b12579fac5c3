import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Server as SecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { HttpHandler, Peer } from "./http.ts";
import { ListenError } from "./listen-error.ts";
import { toRequest } from "./node-request.ts";
import { sendResponse } from "./node-response.ts";
import type { TlsOptions } from "./tls.ts";
import type { WireFaults } from "./wire-faults.ts";

/** What a server bears from a hostile client. */
export interface ServerLimits {
  /** Bytes of the whole header section. */
  readonly headerBytes: number;
  /** Milliseconds until the header section must be there. */
  readonly headersTimeoutMs: number;
  /** Milliseconds until the whole request must be there. */
  readonly requestTimeoutMs: number;
  /** Milliseconds an idle connection is kept. */
  readonly keepAliveMs: number;
  readonly connections: number;
}

export const defaultLimits: ServerLimits = {
  headerBytes: 32 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  keepAliveMs: 5_000,
  connections: 2_000,
};

/** Takes over a connection whose client asked for another protocol (WebSocket). */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface ServeOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly tls?: TlsOptions;
  readonly limits?: Partial<ServerLimits>;
  /** Faults below HTTP: resets, cuts, stalls. */
  readonly wire?: WireFaults;
  /** Without it, a request for an upgrade is answered as a plain request. */
  readonly upgrade?: UpgradeHandler;
}

export interface RunningServer {
  /** Origin, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and ends every connection at once; may be called again. */
  close(): Promise<void>;
}

/** A loopback address stands in for "every address" in a URL, which nobody could connect to. */
const reachable: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };

function originOf(host: string, port: number, secure: boolean): string {
  const name = reachable[host] ?? (host.includes(":") ? `[${host}]` : host);
  return `${secure ? "https" : "http"}://${name}:${port}`;
}

async function createNodeServer(limits: ServerLimits, tls: TlsOptions | undefined): Promise<Server | SecureServer> {
  const common = {
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: 1_000,
    noDelay: true,
  };
  if (tls === undefined) return createServer(common);
  const { createServer: createSecureServer } = await import("node:https");
  return createSecureServer({
    ...common,
    cert: tls.certificate,
    key: tls.key,
    handshakeTimeout: limits.headersTimeoutMs,
    ...(tls.minVersion === undefined ? {} : { minVersion: tls.minVersion }),
    // OpenSSL 3 offers TLS below 1.2 at no security level above 0.
    ...(tls.minVersion === "TLSv1" || tls.minVersion === "TLSv1.1" ? { ciphers: "DEFAULT@SECLEVEL=0" } : {}),
    ...(tls.maxVersion === undefined ? {} : { maxVersion: tls.maxVersion }),
  });
}

function listen(server: Server | SecureServer, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(new ListenError(host, port, cause)));
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      const address = server.address();
      if (address === null || typeof address === "string") reject(new ListenError(host, port, undefined));
      else resolve(address);
    });
  });
}

const failure = JSON.stringify({ code: "INTERNAL_ERROR", message: "the server failed to answer this request" });
const unsupported = JSON.stringify({ code: "METHOD_NOT_SUPPORTED", message: "this method is not supported here" });

function refuse(outgoing: ServerResponse, status: number, body: string): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, { "content-type": "application/json" }).end(body);
}

/** Methods that a fetch-style Request cannot carry. */
const unspeakable = new Set(["CONNECT", "TRACE", "TRACK"]);

/**
 * Serves a fetch-style handler on a node server; bytes, repeated headers and streams pass as they are.
 *
 * A body on GET or HEAD has no place in a fetch-style Request and is dropped; CONNECT and TRACE are answered 501.
 * Throws {@link ListenError}.
 */
export async function serve(handler: HttpHandler, options: ServeOptions = {}): Promise<RunningServer> {
  const host = options.host ?? "127.0.0.1";
  const { tls, wire, upgrade } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const server = await createNodeServer(limits, tls);
  server.maxConnections = limits.connections;

  const sockets = new Set<Duplex>();
  const track = (socket: Duplex) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // A client that goes away is no failure of the server.
    socket.on("error", () => socket.destroy());
  };
  server.on("connection", track);
  if (tls !== undefined) server.on("secureConnection", track);

  let origin = "";
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const rawTarget = incoming.url ?? "/";
    if (wire?.strike(incoming, outgoing) === true) return;
    if (unspeakable.has(incoming.method ?? "")) return refuse(outgoing, 501, unsupported);
    const request = await toRequest(incoming, origin);
    const address = incoming.socket.remoteAddress;
    const peer: Peer = address === undefined ? { rawTarget } : { address, rawTarget };
    await sendResponse(await handler(request, peer), outgoing, incoming.method === "HEAD");
  };
  server.on("request", (incoming, outgoing) => {
    // The client's going away ends here too, and must not become an unhandled rejection.
    answer(incoming, outgoing).catch(() => refuse(outgoing, 500, failure));
  });
  if (upgrade !== undefined) server.on("upgrade", upgrade);

  const { port } = await listen(server, host, options.port ?? 0);
  origin = originOf(host, port, tls !== undefined);

  let closing: Promise<void> | undefined;
  return {
    url: origin,
    port,
    close() {
      closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return closing;
    },
  };
}
