import type { AddressInfo } from "node:net";
import type { WebSocket, WebSocketServer } from "ws";
import type { NullTarget } from "./null-targets.ts";

/** The null targets of WebSocket profiles (INTERFACE.md § selftest), in their order. */
export const socketTargets: readonly NullTarget[] = [
  { name: "accepts and closes", open: () => webSocket((socket) => socket.close()) },
  { name: "sends garbage", open: () => webSocket((socket) => socket.send("garbage")) },
  { name: "never sends a challenge", open: () => webSocket(() => {}) },
  {
    name: "echo of every frame",
    open: () => webSocket((socket) => socket.on("message", (data, binary) => socket.send(data, { binary }))),
  },
];

/** A WebSocket server on a free port that does this to every connection. */
async function webSocket(serve: (socket: WebSocket) => void) {
  const { WebSocketServer: Server } = await import("ws");
  const server = new Server({ host: "127.0.0.1", port: 0, maxPayload: 64 * 1024 * 1024 });
  server.on("connection", (socket) => {
    socket.on("error", () => socket.terminate());
    serve(socket);
  });
  const { port } = await listening(server);
  return {
    url: `ws://127.0.0.1:${port}/aun`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  };
}

function listening(server: WebSocketServer): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port was given"));
      else resolve(address);
    });
  });
}
