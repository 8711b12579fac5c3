import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTcpServer, type Server, type Socket } from "node:net";
import type { Writable } from "node:stream";

/** A target that answers as no gateway should. */
export interface HostileTarget {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a free port; `close` ends every connection. */
export function listening(server: Server): Promise<HostileTarget> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") return reject(new Error("no port was given"));
      resolve({
        url: `http://127.0.0.1:${address.port}`,
        close: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            for (const socket of sockets) socket.destroy();
          }),
      });
    });
  });
}

/** Answers each request by hand. */
export function answering(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HostileTarget> {
  return listening(
    createServer((request, response) => {
      request.resume();
      response.on("error", () => response.destroy());
      answer(request, response);
    }),
  );
}

/** Speaks to each connection by hand. */
export function speaking(speak: (socket: Socket) => void): Promise<HostileTarget> {
  return listening(createTcpServer(speak));
}

/** Writes until the other side has enough. */
export function flood(stream: Writable, chunk: Buffer, total = Number.POSITIVE_INFINITY): void {
  let sent = 0;
  const more = () => {
    while (sent < total && !stream.destroyed) {
      sent += chunk.length;
      if (!stream.write(chunk)) return stream.once("drain", more);
    }
    return stream.end();
  };
  more();
}
