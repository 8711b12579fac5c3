import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createNetServer, type Server as NetServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on a free port for the length of a test; gives its origin. */
export async function serveHttp(handle: Handle): Promise<string> {
  return listen(createServer(handle));
}

/** A bare socket server, for answers that no HTTP library would give. */
export async function serveSocket(handle: (socket: Socket) => void): Promise<string> {
  return listen(
    createNetServer((socket) => {
      socket.on("error", () => {});
      handle(socket);
    }),
  );
}

export async function listen(server: Server | NetServer): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return `http://127.0.0.1:${address.port}`;
}
