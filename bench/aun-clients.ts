/**
 * Many idle clients in a process of their own, so that the memory of the process that started this one is the server's.
 * Told by message where to connect; says how many connections stand.
 */
import { once } from "node:events";
import WebSocket from "ws";

/** Whom to connect as; without a token the connection itself is all. */
export interface Client {
  readonly token?: string;
  readonly device?: string;
}

export interface Order {
  readonly url: string;
  readonly clients: readonly Client[];
}

const atOnce = 100;
const open: WebSocket[] = [];

process.on("message", async ({ url, clients }: Order) => {
  const queue = clients.values();
  const work = async () => {
    for (const client of queue) open.push(await connected(url, client));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  process.send?.(open.length);
});

async function connected(url: string, { token, device }: Client): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  if (token === undefined) {
    await once(socket, "open");
    return socket;
  }
  const [challenge] = await once(socket, "message");
  const { nonce } = JSON.parse(String(challenge)).params;
  const params = {
    nonce,
    auth: { method: "kite_token", token },
    protocol: { min: "1.0", max: "1.0" },
    device: { id: device, type: "sdk" },
    client: { slot_id: "default" },
  };
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "auth.connect", params }));
  const [answer] = await once(socket, "message");
  if (JSON.parse(String(answer)).result?.status !== "ok") throw new Error(`auth.connect was refused: ${answer}`);
  return socket;
}
