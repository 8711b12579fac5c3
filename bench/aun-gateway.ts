import { fork } from "node:child_process";
import { sign, verify } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import WebSocket, { WebSocketServer } from "ws";
import type { AunGateway } from "../mocks/aun-gateway/gateway.ts";
import { agentKeys } from "../mocks/aun-gateway/testing/auth-client.ts";
import { gatewayLab } from "../mocks/aun-gateway/testing/gateway-lab.ts";
import { newKeyPair } from "../mocks/core/key-pair.ts";
import { startMock } from "../mocks/start.ts";
import type { Client, Order } from "./aun-clients.ts";
import { figures, perSecond, ratioOf, rounded } from "./figures.ts";

const rounds = 5;
const roundMs = 1500;
const connections = 5000;
/** A place for each device, ten devices for each AID: the quota of the gateway. */
const devices = 10;
/** Messages under way at once: enough that nobody waits for the other. */
const underWay = 64;
const payload = { text: "x".repeat(200) };

/** The AUN gateway against what `ws` and OpenSSL can do at most. */
export async function benchAun(): Promise<void> {
  await benchMessages();
  await benchConnects();
  await benchMemory();
}

/** Messages from A to B, against frames of the same payload that a bare server echoes. */
async function benchMessages(): Promise<void> {
  const mock = await startMock("aun-gateway");
  const [alice, bob] = [await session(mock, "alice"), await session(mock, "robert")];
  const { server, url } = await bareServer((socket, data) => socket.send(data));
  const echo = new WebSocket(url, { perMessageDeflate: false });
  await once(echo, "open");
  let id = 0;
  const message = () => {
    id += 1;
    return JSON.stringify({ jsonrpc: "2.0", id, method: "message.send", params: { to: bob.aid, payload } });
  };
  await ratioOf(
    "aun: messages",
    rounds,
    () => pumped(() => echo.send(JSON.stringify({ id: ++id, payload })), echo),
    () => pumped(() => alice.socket.send(message()), bob.socket),
  );
  for (const socket of [echo, alice.socket, bob.socket]) socket.terminate();
  server.close();
  await mock.close();
}

/** Sends whenever something arrives, so that so many are always under way; gives arrivals per second. */
async function pumped(send: () => void, receiver: WebSocket): Promise<number> {
  let arrived = 0;
  let running = true;
  const onMessage = () => {
    arrived += 1;
    if (running) send();
  };
  receiver.on("message", onMessage);
  for (let index = 0; index < underWay; index += 1) send();
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, roundMs));
  const rate = (arrived * 1000) / (performance.now() - started);
  running = false;
  await new Promise((resolve) => setTimeout(resolve, 200));
  receiver.off("message", onMessage);
  return rate;
}

/** auth.connect with a token, in process, against the one ES256 verification that it needs. */
async function benchConnects(): Promise<void> {
  const lab = gatewayLab();
  const aid = await lab.enrol("alice");
  const token = lab.gateway.auth.issueToken(aid);
  const { publicKey, privateKey } = newKeyPair("P-256");
  const signed = Buffer.from(token.slice(0, token.lastIndexOf(".")));
  const signature = sign("sha256", signed, { key: privateKey, dsaEncoding: "ieee-p1363" });
  await ratioOf(
    "aun: auth.connect",
    rounds,
    () => perSecond(roundMs, () => verify("sha256", signed, { key: publicKey, dsaEncoding: "ieee-p1363" }, signature)),
    () =>
      perSecond(roundMs, () => {
        const client = lab.open();
        const { result } = client.call("auth.connect", {
          nonce: client.nonce,
          auth: { method: "kite_token", token },
          protocol: { min: "1.0", max: "1.0" },
          device: { id: "d1", type: "sdk" },
        });
        if (result === undefined) throw new Error("auth.connect was refused");
        client.drop();
      }),
  );
  lab.gateway.close();
}

/** What five thousand idle clients cost the server, in its own process. */
async function benchMemory(): Promise<void> {
  const { server, url } = await bareServer(() => {});
  const bare = await bytesPerConnection(
    url,
    Array.from({ length: connections }, () => ({})),
  );
  for (const client of server.clients) client.terminate();
  server.close();

  const mock = await startMock("aun-gateway");
  const clients: Client[] = [];
  for (let index = 0; index < connections / devices; index += 1) {
    const token = gatewayOf(mock).auth.issueToken(await enrolled(gatewayOf(mock), `agent${index}`));
    for (let device = 0; device < devices; device += 1) clients.push({ token, device: `device-${device}` });
  }
  const full = await bytesPerConnection(mock.ready.gateway ?? "", clients);
  await mock.close();
  figures["aun: bytes per connection, bare and mock"] = `${Math.round(bare)} ${Math.round(full)}`;
  figures["aun: bytes per connection, ratio"] = rounded(full / bare);
}

async function bytesPerConnection(url: string, clients: readonly Client[]): Promise<number> {
  const child = fork(fileURLToPath(new URL("./aun-clients.ts", import.meta.url)), { execArgv: ["--import", "tsx"] });
  const ordered = async (order: Order) => {
    child.send(order);
    await once(child, "message");
    return used();
  };
  // The first ones pay for what is loaded and compiled once.
  const warm = Math.floor(clients.length / 10);
  const before = await ordered({ url, clients: clients.slice(0, warm) });
  const after = await ordered({ url, clients: clients.slice(warm) });
  child.kill();
  await once(child, "exit");
  return (after - before) / (clients.length - warm);
}

/** Bytes of the heap and of buffers beside it, after a collection. */
function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function bareServer(onMessage: (socket: WebSocket, data: WebSocket.RawData) => void) {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
  server.on("connection", (socket) => socket.on("message", (data) => onMessage(socket, data)));
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { server, url: `ws://127.0.0.1:${address.port}` };
}

type Mock = Awaited<ReturnType<typeof startMock>>;

function gatewayOf({ aun }: Mock): AunGateway {
  if (aun === undefined) throw new Error("the mock is no AUN gateway");
  return aun;
}

async function enrolled(gateway: AunGateway, name: string): Promise<string> {
  const aid = `${name}.agentid.test`;
  const create = gateway.auth.methods.get("auth.create_aid");
  await create?.({ params: { aid, public_key: agentKeys().publicKey }, session: { connectionId: "" } });
  return aid;
}

/** A client over a real socket. */
async function session(mock: Mock, name: string) {
  const aid = await enrolled(gatewayOf(mock), name);
  const socket = new WebSocket(mock.ready.gateway ?? "", { perMessageDeflate: false });
  const [challenge] = await once(socket, "message");
  const { nonce } = JSON.parse(String(challenge)).params;
  const auth = { method: "kite_token", token: gatewayOf(mock).auth.issueToken(aid) };
  const params = { nonce, auth, protocol: { min: "1.0", max: "1.0" }, device: { id: "d1", type: "sdk" } };
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 0, method: "auth.connect", params }));
  await once(socket, "message");
  return { aid, socket };
}
