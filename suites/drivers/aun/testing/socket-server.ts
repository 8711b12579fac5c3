import { type WebSocket, WebSocketServer } from "ws";

/** A WebSocket server on a free loopback port that does this to every connection. */
export async function socketServer(serve: (socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket) => {
    socket.on("error", () => socket.terminate());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return {
    url: `ws://127.0.0.1:${address.port}/aun`,
    async close() {
      for (const socket of server.clients) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The challenge of a gateway. */
export const challenge = JSON.stringify({ jsonrpc: "2.0", method: "challenge", params: { nonce: "n-1" } });
