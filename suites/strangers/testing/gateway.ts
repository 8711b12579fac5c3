import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { authorize } from "./authorization.ts";
import { isObject } from "./bodies.ts";
import { browse, callback } from "./browser.ts";
import type { Character } from "./character.ts";
import { type Connection, type House, openHouse, type Service } from "./house.ts";
import { proxy } from "./proxy.ts";
import { answerTo, Refusal } from "./refusals.ts";
import { agentStatus, register } from "./registry.ts";
import { exchange, revoke } from "./tokens.ts";
import { type Answer, type Call, type Json, page, readBody } from "./wire.ts";

/** A gateway of a stranger, serving. */
export interface Stranger {
  /** The base URL of its ATH endpoints. */
  readonly url: string;
  readonly house: House;
  /** Tells the gateway where its provider is. */
  connect(connection: Connection): void;
  close(): Promise<void>;
}

/** For bodies that pass through to a provider. */
const proxiedBytes = 16 * 1024 * 1024;

/** Starts the gateway on a free port of loopback. */
export async function openStranger(character: Character, services: readonly Service[]): Promise<Stranger> {
  let connection: Connection | undefined;
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  if (character.wire.connection === "brief") server.keepAliveTimeout = 5;
  await new Promise<void>((resolve) => server.listen(0, character.host === "[::1]" ? "::1" : "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const url = `http://${character.host}:${address.port}${character.basePath}`;
  const house = openHouse({
    character,
    base: url,
    services,
    connection() {
      if (connection === undefined) throw new Error("not connected");
      return connection;
    },
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await answered(request, house);
    const { connection: persistence, delayMs, framing, headerNames } = character.wire;
    if (delayMs > 0) await delay(Math.random() * delayMs);
    const closing = persistence === "close" || answer.headers["Connection"] === "close";
    for (const [name, value] of Object.entries(answer.headers)) {
      const spelt = headerNames === "lower-case" ? name.toLowerCase() : name;
      response.setHeader(spelt, typeof value === "string" ? value : [...value]);
    }
    if (framing === "until-close") response.useChunkedEncodingByDefault = false;
    if (closing) response.setHeader("Connection", "close");
    response.statusCode = answer.status;
    const empty = answer.status === 204 || answer.status === 304 || request.method === "HEAD";
    if (framing === "length" && !empty) response.setHeader("Content-Length", Buffer.byteLength(answer.body));
    if (framing === "chunked" && !empty) response.write(answer.body.slice(0, 1));
    response.end(empty ? undefined : framing === "chunked" ? answer.body.slice(1) : answer.body);
    if (!request.complete) response.on("finish", () => request.destroy());
  }

  return {
    url,
    house,
    connect(to) {
      connection = to;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answered(request: IncomingMessage, house: House): Promise<Answer> {
  try {
    return await route(request, house);
  } catch (error) {
    return refusal(error instanceof Refusal ? error : new Refusal("broken", "something went wrong here"), house);
  }
}

function refusal(error: Refusal, { character }: House): Answer {
  const { openings, plainHttp, refusalStatus, wire, extras } = character;
  if (error.situation === "no-such-path" && wire.absent === "page") return page(404, "Not found", "<hr>nothing here");
  const isHttpMatter = ["no-such-path", "no-such-method", "too-large", "not-json"].includes(error.situation);
  const situation = isHttpMatter && plainHttp === "malformed" ? "malformed" : error.situation;
  const { status, code } = answerTo(situation, openings);
  const kept = situation === "too-many" || situation === "duplicate-agent" || status >= 500;
  return {
    status: refusalStatus === "table" || kept ? status : refusalStatus,
    headers: { "Content-Type": wire.errorType, "Cache-Control": "no-store", ...error.headers },
    body: written({ code, message: wire.messages === "opaque" ? "不行" : error.message, ...extras }, character),
  };
}

function written(value: Json, { wire }: Character): string {
  return wire.json === "pretty" ? `${JSON.stringify(value, null, 2)}\n` : JSON.stringify(value);
}

async function route(request: IncomingMessage, house: House): Promise<Answer> {
  const { method = "", url: target = "", headers, rawHeaders } = request;
  const { character, base } = house;
  const mark = target.indexOf("?");
  const whole = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? undefined : target.slice(mark + 1);
  const path = whole.startsWith(`${character.basePath}/`) ? whole.slice(character.basePath.length) : "";
  const own = ownApi(path, house);
  const proxied = own !== undefined || path.startsWith("/ath/proxy/");
  const { bodyBytes, tooLarge } = character.limits;
  const body = await readBody(request, proxied ? proxiedBytes : bodyBytes, tooLarge);
  const call: Call = { method, path, query, headers, rawHeaders, body };
  if (proxied) return proxy(call, own ?? path.slice("/ath/proxy/".length), house);
  if (path === "/ath/callback") return callback(call, house);
  if (path === "/operator/clock" || path === "/operator/audit") return operator(call, house);
  const status = /^\/ath\/agents\/([^/]+)$/.exec(path)?.[1];
  if (path === "/.well-known/ath-app.json" && character.deployment === "native" && method === "GET") {
    return granted(200, serviceDocument(house, base), house);
  }
  if (path === "/.well-known/ath.json" && character.discovery !== "none" && method === "GET") {
    return granted(200, directory(house, base), house);
  }
  const post = posts[path];
  if (post !== undefined) {
    if (method !== "POST") throw new Refusal("no-such-method", "POST only", { Allow: "POST" });
    const { registered, granted: usual } = character.success;
    return granted(path.endsWith("/register") ? registered : usual, await post(call, house), house);
  }
  if (status !== undefined && method === "GET") {
    return granted(200, await agentStatus(call, decoded(status), house), house);
  }
  const seen = await browse(call, path, house);
  if (seen === undefined) throw new Refusal("no-such-path", "no such path");
  return seen;
}

/** A call to the API of a native service, as what stands behind /ath/proxy/ of a gateway; undefined: it is none. */
function ownApi(path: string, { character, services }: House): string | undefined {
  if (character.deployment !== "native" || !path.startsWith(`${apiPath}/`)) return undefined;
  return `${services[0]?.id}${path.slice(apiPath.length)}`;
}

const apiPath = "/rest";

const posts: Readonly<Record<string, (call: Call, house: House) => Json | Promise<Json>>> = {
  "/ath/agents/register": register,
  "/ath/authorize": authorize,
  "/ath/token": exchange,
  "/ath/revoke": revoke,
};

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal("malformed", "no such name");
  }
}

function granted(status: number, body: Json, { character }: House): Answer {
  const headers = { "Content-Type": character.wire.contentType, "Cache-Control": "no-store" };
  return { status, headers, body: written({ ...character.extras, ...body }, character) };
}

/** ATH 0.1 client/discovery § Mode 2. */
function directory({ character, services }: House, base: string): Json {
  const rich = character.discovery === "rich";
  return {
    ath_version: "0.1",
    gateway_id: base,
    agent_registration_endpoint: `${base}/ath/agents/register`,
    supported_providers: services.map(({ id, name, scopes }) => ({
      provider_id: id,
      display_name: name,
      available_scopes: Object.keys(scopes),
      auth_mode: "OAUTH2",
      agent_approval_required: true,
      ...(rich ? { categories: ["office"], logo: `${base}/logo.svg`, terms: null } : {}),
    })),
    ...(rich ? { contact: "ops@gateway.example", documentation: `${base}/docs`, limits: { burst: 10 } } : {}),
  };
}

/** ATH 0.1 client/discovery § Mode 3. */
function serviceDocument({ character, services }: House, base: string): Json {
  const [service] = services;
  const rich = character.discovery === "rich";
  return {
    ath_version: "0.1",
    app_id: service?.id ?? "",
    name: service?.name ?? "",
    auth: {
      type: "oauth2",
      authorization_endpoint: `${base}/ath/authorize`,
      token_endpoint: `${base}/ath/token`,
      scopes_supported: [...Object.keys(service?.scopes ?? {}), "internal:only"],
      ...(rich ? { registration_endpoint: `${base}/ath/agents/register`, agent_attestation_required: true } : {}),
    },
    api_base: `${base}${apiPath}${rich ? "/" : ""}`,
    ...(rich ? { logo: `${base}/logo.svg`, terms: null } : {}),
  };
}

/** What the operator of this gateway lends to a test: its clock and its log. */
function operator({ path, body }: Call, house: House): Answer {
  const headers = { "Content-Type": "application/json" };
  if (path.endsWith("/audit")) {
    const { entries, character } = house;
    const forms = {
      jsonl: () => entries.map((entry) => JSON.stringify(entry)).join("\n"),
      array: () => JSON.stringify(entries),
      object: () => JSON.stringify({ total: entries.length, events: entries }),
    };
    return { status: 200, headers, body: forms[character.auditFormat]() };
  }
  const asked: unknown = JSON.parse(body.toString("utf8"));
  const seconds = isObject(asked) ? asked["seconds"] : undefined;
  if (typeof seconds !== "number") throw new Refusal("malformed", "seconds");
  house.advance(seconds);
  return { status: 204, headers: {}, body: "" };
}
