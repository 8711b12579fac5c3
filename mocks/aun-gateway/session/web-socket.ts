import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { UpgradeHandler } from "../../core/node-server.ts";
import type { SocketWire } from "../wire/socket-wire.ts";
import type { Session } from "./session.ts";
import type { Transport } from "./transport.ts";

export interface WebSocketMountOptions {
  /** Opens the session of a new connection; undefined: the gateway takes none. */
  readonly open: (transport: Transport, address: string) => Session | undefined;
  /** Bytes of a frame beyond which a connection ends (1009); asked at each connection. */
  readonly longestFrame: () => number;
  readonly wire: SocketWire;
}

/** Paths that discovery documents in the wild name. */
const paths: ReadonlySet<string> = new Set(["/", "/aun", "/ws"]);

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/**
 * Tells of its end when the end begins. `ws` answers a close frame by this very method, and tells of the end only when the
 * other side has closed TCP as well: who comes back at once would find its place taken by itself.
 */
class GatewaySocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    this.emit("ending");
    super.close(code, data);
  }
}

function mount(socket: WebSocket, address: string, { open, wire }: WebSocketMountOptions): void {
  const transport: Transport = {
    send: (text) => wire.send(socket, text),
    close: (code, reason) => wire.close(socket, code, reason),
    waitingBytes: () => socket.bufferedAmount,
  };
  const session = open(transport, address);
  // A frame that breaks the protocol is answered by `ws` with its close code.
  socket.on("error", () => {});
  if (session === undefined) {
    socket.terminate();
    return;
  }
  socket.on("message", (data, isBinary) => {
    if (!isBinary) session.receive(data.toString());
    else session.receive(Buffer.isBuffer(data) ? data : new Uint8Array());
  });
  socket.on("ping", () => session.pinged());
  for (const event of ["ending", "close"]) socket.on(event, () => session.closed());
  wire.opened(socket);
}

/** Takes WebSocket upgrades on the paths of the gateway; one session each, behind `ws`. */
export function webSocketUpgrade(options: WebSocketMountOptions): UpgradeHandler & { close(): void } {
  const servers = new Map<number, WebSocketServer>();
  const serverFor = (maxPayload: number): WebSocketServer => {
    const existing = servers.get(maxPayload);
    if (existing !== undefined) return existing;
    const made = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload,
      WebSocket: GatewaySocket,
    });
    servers.set(maxPayload, made);
    return made;
  };
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    if (!paths.has(path)) return refuse(socket, "404 Not Found");
    const address = request.socket.remoteAddress ?? "";
    serverFor(options.longestFrame()).handleUpgrade(request, socket, head, (accepted) =>
      mount(accepted, address, options),
    );
  };
  return Object.assign(upgrade, {
    close() {
      for (const server of servers.values()) server.close();
    },
  });
}
