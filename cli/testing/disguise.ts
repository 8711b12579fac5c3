import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import { type HostileTarget, listening } from "./hostile.ts";

/** An answer of the gateway behind a disguise. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export interface Disguise {
  /** What becomes of an answer; undefined: the connection breaks instead. */
  readonly answer?: (answer: Answer, path: string) => Answer | undefined;
  /** What becomes of a message that the gateway sends over a WebSocket; none or several may come of it. */
  readonly frames?: (message: string) => readonly (string | Buffer)[];
}

export interface DisguisedTarget extends HostileTarget {
  /** Where the honest gateway is; it has to know the disguise's URL before it starts. */
  readonly before: (upstream: string) => void;
}

/** Stands in front of an honest gateway, so that it is judged to the end, and makes its answers hostile. */
export async function disguised({
  answer = (same) => same,
  frames = (same) => [same],
}: Disguise): Promise<DisguisedTarget> {
  let upstream = "";
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((incoming, outgoing) => forward(upstream, incoming, outgoing, answer));
  server.on("upgrade", (incoming, socket, head) => {
    sockets.handleUpgrade(incoming, socket, head, (agent) => tunnel(agent, upstream, incoming, frames));
  });
  const target = await listening(server);
  return {
    url: target.url,
    before(url) {
      upstream = url;
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await target.close();
    },
  };
}

/** Between the gateway and the disguise only; lengths change on the way. */
const hopByHop = /^(content-length|transfer-encoding|connection|keep-alive)$/i;

function forward(
  upstream: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  disguise: (answer: Answer, path: string) => Answer | undefined,
): void {
  const path = incoming.url ?? "/";
  const { hostname, port } = new URL(upstream);
  const onward = request(
    { hostname, port, path, method: incoming.method ?? "GET", headers: incoming.rawHeaders, agent: false },
    (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", () => outgoing.destroy());
      response.on("end", () => {
        const raw = response.rawHeaders;
        const headers = raw
          .flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as const] : []))
          .filter(([name]) => !hopByHop.test(name));
        const shown = disguise({ status: response.statusCode ?? 502, headers, body: Buffer.concat(pieces) }, path);
        if (shown === undefined) return outgoing.destroy();
        const { status, body } = shown;
        outgoing.sendDate = false;
        outgoing.writeHead(status, [...shown.headers, ["Content-Length", String(body.length)] as const].flat());
        outgoing.end(body);
      });
    },
  );
  onward.on("error", () => outgoing.destroy());
  incoming.pipe(onward);
}

function tunnel(
  agent: WebSocket,
  upstream: string,
  { url = "/" }: IncomingMessage,
  disguise: (message: string) => readonly (string | Buffer)[],
): void {
  const gateway = new WebSocket(upstream.replace("http", "ws") + url);
  const waiting: [RawData, boolean][] = [];
  agent.on("message", (data, binary) => {
    if (gateway.readyState === WebSocket.OPEN) gateway.send(data, { binary });
    else waiting.push([data, binary]);
  });
  gateway.on("open", () => {
    for (const [data, binary] of waiting.splice(0)) gateway.send(data, { binary });
  });
  gateway.on("message", (data) => {
    for (const message of disguise(data.toString())) agent.send(message);
  });
  const closing = (code: number, reason: Buffer, other: WebSocket) => {
    if (code === 1005 || code === 1006) other.terminate();
    else other.close(code, reason);
  };
  agent.on("close", (code, reason) => closing(code, reason, gateway));
  gateway.on("close", (code, reason) => closing(code, reason, agent));
  agent.on("error", () => gateway.terminate());
  gateway.on("error", () => agent.terminate());
}
