import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { authMethods } from "./auth.ts";
import { connect, disconnect } from "./connect.ts";
import { type Connection, either, type House, isObject, type Members, Refusal, secret } from "./house.ts";
import { methods, welcome } from "./messages.ts";
import { type Writer, writerOf } from "./wire.ts";

const frameBytes = 1_300_000;
const silentMs = 30_000;

/** Serves a gateway on a free port of loopback. */
export async function serveGateway(house: House) {
  const { character, connections, now } = house;
  const server = createServer((request, response) => {
    void http(house, request, response, address().port);
  });
  const sockets = new WebSocketServer({
    server,
    path: character.path,
    maxPayload: frameBytes,
    perMessageDeflate: character.compression,
  });
  sockets.on("connection", (socket) => open(house, socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = () => {
    const found = server.address();
    if (typeof found !== "object" || found === null) throw new Error("no address");
    return found;
  };
  const watch = setInterval(() => {
    for (const one of connections) {
      const { session } = one;
      if (session === undefined && now() - one.openedAt >= silentMs) one.end(4008, "no auth.connect in time");
      const idleMs = now() - one.usedAt;
      if (session?.kind !== "short" || idleMs < session.shortTtlMs) continue;
      disconnect(session, 4014, "idle", { aid: session.aid, idle_ms: idleMs, ttl_ms: session.shortTtlMs });
    }
  }, 10);
  return {
    port: address().port,
    async close() {
      clearInterval(watch);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function open(house: House, socket: WebSocket): void {
  const { character, connections, now } = house;
  const writer = writerOf(socket, character.wire);
  const connection: Connection = {
    socket,
    openedAt: now(),
    usedAt: now(),
    spent: { requests: 0, at: now() },
    nonce: secret(),
    session: undefined,
    push: (method, params) => writer.push({ method, params }),
    end(code, reason) {
      connections.delete(connection);
      socket.close(code, reason);
    },
  };
  connections.add(connection);
  socket.on("close", () => setTimeout(() => connections.delete(connection), character.endNoticedAfterMs));
  socket.on("error", () => {});
  socket.on("message", (data, isBinary) => {
    if (isBinary && character.extras === "many") return connection.end(1003, "text only");
    connection.usedAt = now();
    void take(house, connection, String(data), writer);
  });
  const { versions, aidMethod } = character;
  const full = {
    server: character.name,
    protocol: versions,
    auth_methods: ["kite_token", "pairing_code", ...(aidMethod === undefined ? [] : ["aid"])],
    capabilities: {},
    server_time: now() / 1000,
  };
  const params = { nonce: connection.nonce, ...(character.challenge === "full" ? full : {}) };
  setTimeout(() => connection.push("challenge", params), 5);
}

async function take(house: House, connection: Connection, data: string, writer: Writer) {
  const { batch } = house.character;
  const refuse = (code: number, message: string) => writer.answer({ id: null, error: { code, message } }, "stranger");
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return refuse(-32700, "not JSON");
  }
  const before = connection.session;
  const asker = before === undefined ? "stranger" : "session";
  if (!Array.isArray(message)) {
    const { answer, afterwards } = await answerTo(house, connection, message);
    const { session } = connection;
    const greet = before === undefined && session !== undefined ? () => welcome(house, session) : afterwards;
    return answer === undefined ? undefined : writer.answer(answer, asker, greet);
  }
  if (batch === "refused" || message.length === 0) return refuse(-32600, "no batches");
  const answers: Members[] = [];
  for (const one of message) {
    const { answer } = await answerTo(house, connection, one);
    if (answer !== undefined) answers.push({ jsonrpc: "2.0", ...answer });
  }
  if (batch === "answered-one-by-one") for (const answer of answers) writer.answer(answer, asker);
  else if (answers.length > 0) writer.answer(answers, asker);
}

interface Answered {
  readonly answer?: Members;
  readonly afterwards?: () => void;
}

async function answerTo(house: House, connection: Connection, message: unknown): Promise<Answered> {
  const { character } = house;
  const id = isObject(message) && ["string", "number"].includes(typeof message["id"]) ? message["id"] : null;
  const isNotification = isObject(message) && message["id"] === undefined;
  try {
    if (!isObject(message) || message["jsonrpc"] !== "2.0" || typeof message["method"] !== "string") {
      throw new Refusal(-32600, "not a request");
    }
    const { method, params = {} } = message;
    throttle(house, connection);
    const result = await call(house, connection, method, params);
    if (isNotification) return {};
    return { answer: { id, result, ...(character.extras === "many" ? { _meta: { group_indexes: [] } } : {}) } };
  } catch (error) {
    const failed = error instanceof Refusal ? error : new Refusal(either(house, 4500, -32603), String(error));
    const isCall = isObject(message) && typeof message["method"] === "string" && message["jsonrpc"] === "2.0";
    if (isNotification && isCall) return {};
    const { code, data } = failed;
    const answer = { id, error: { code, message: failed.message, ...(data === undefined ? {} : { data }) } };
    const isConnect = isObject(message) && message["method"] === "auth.connect";
    return isConnect ? { answer, afterwards: () => leave(house, connection, failed) } : { answer };
  }
}

/** A bucket for each connection that holds the requests of one second. */
function throttle({ character, now }: House, { spent }: Connection): void {
  const { requestsPerSecond: rate } = character;
  if (rate === undefined) return;
  spent.requests = Math.max(0, spent.requests - ((now() - spent.at) / 1000) * rate);
  spent.at = now();
  if (spent.requests + 1 > rate) {
    throw new Refusal(-32429, "too many requests", { retry_after: Math.ceil((spent.requests + 1 - rate) / rate) });
  }
  spent.requests += 1;
}

/** What follows a refused auth.connect, behind its answer. */
function leave({ character }: House, connection: Connection, { code }: Refusal): void {
  if (connection.session !== undefined) return;
  if (code === -32000 || character.failedConnect === "closes") {
    setTimeout(() => connection.end(code >= 4000 ? code : 4001, "auth.connect was refused"), 1);
  }
}

async function call(house: House, connection: Connection, method: string, params: unknown): Promise<Members> {
  const { character } = house;
  const { session } = connection;
  if (!isObject(params)) throw new Refusal(method === "auth.connect" ? either(house, 4000, -32602) : -32602, "params");
  if (method === "auth.connect") return connect(house, connection, params);
  if (Object.hasOwn(authMethods, method)) {
    const known = authMethods[method];
    if (known !== undefined) return known(house, params, session);
  }
  if (session === undefined) throw new Refusal(-32013, "connect first");
  const isKnown = Object.hasOwn(methods, method) && (method !== "message.recall" || character.recall === "offered");
  const known = isKnown ? methods[method] : undefined;
  if (known === undefined) throw new Refusal(character.unknownMethod, "no such method");
  return known(house, session, params);
}

async function http(
  house: House,
  { url = "" }: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const { character, authority, agents, revoked, now } = house;
  const answer = (status: number, type: string, body: string) =>
    response.writeHead(status, { "Content-Type": type }).end(body);
  const json = (value: unknown) => answer(200, "application/json; charset=utf-8", JSON.stringify(value));
  if (url === "/.well-known/aun-gateway") {
    const socket = `ws://127.0.0.1:${port}${character.path}`;
    return void json({ gateways: [{ url: socket }, { url: socket, priority: 5, region: "eu" }], ttl: 60 });
  }
  if (url === "/health") return void answer(200, "text/plain", "ok");
  if (url === "/pki/chain") {
    return void answer(
      200,
      "application/x-pem-file",
      [authority.issuer, authority.root].map((one) => one.toString("pem")).join("\n"),
    );
  }
  const agent = agents.get(/^\/pki\/cert\/([^/?]+)/.exec(url)?.[1] ?? "");
  if (agent !== undefined) return void answer(200, "application/x-pem-file", agent.certificate.toString("pem"));
  if (url === "/pki/crl.json") return void json({ crl_pem: await authority.revocations([...revoked], now()) });
  const serial = /^\/pki\/ocsp\/([0-9a-f]+)$/.exec(url)?.[1];
  if (serial !== undefined) {
    const status = revoked.has(serial) ? "revoked" : "good";
    return void json({ status, ocsp_response: Buffer.from("30030a0106", "hex").toString("base64") });
  }
  answer(404, "text/plain", "nothing here");
}
