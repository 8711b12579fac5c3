import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Breakers, callSystem } from "./api.ts";
import type { Character, Situation } from "./character.ts";
import { type Handshake, type House, keyOf } from "./house.ts";
import { type Claims, isObject } from "./keys.ts";
import { type Answer, answerTo, Refusal, timely } from "./refusal.ts";
import { hello, isStep, steps } from "./steps.ts";

/** Something that listens on loopback. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a handler on a free port. */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Served> {
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The gateway as a handler: the endpoint of the handshake, the users' answers, and the systems behind it. */
export function gateway(house: House) {
  const { character } = house;
  const breakers: Breakers = new Map();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await answered(house, breakers, request).catch((error: unknown) =>
      error instanceof Refusal ? answerTo(error, character) : { status: 500, body: { broken: String(error) } },
    );
    const body = JSON.stringify(answer.body, null, character.extras["pretty"] === true ? 2 : undefined);
    response.writeHead(answer.status, { "Content-Type": character.contentType, ...answer.headers });
    response.end(body);
    if (!request.complete) response.on("finish", () => request.destroy());
  };
}

async function answered(house: House, breakers: Breakers, request: IncomingMessage): Promise<Answer> {
  const { basePath, path, api, thinksMs } = house.character;
  const { url: whole = "", method = "GET", headers } = request;
  const body = await bytes(request, api.bodyBytes);
  const target = whole.startsWith(basePath) ? whole.slice(basePath.length) : whole;
  await wait(thinksMs);
  if (method === "POST" && target === path) return exchange(house, parse(body), headers);
  if (method === "POST" && target === `${path}/confirmations`) return confirm(house, parse(body));
  return callSystem(house, breakers, { method, target, headers, body });
}

function bytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    request.on("data", (piece: Buffer) => {
      length += piece.length;
      if (length <= limit) pieces.push(piece);
    });
    request.on("end", () => {
      if (length <= limit) resolve(Buffer.concat(pieces));
      else reject(new Refusal("too-large", `a body may have ${limit} bytes`));
    });
    request.on("error", reject);
  });
}

function parse(body: Buffer): Claims {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new Refusal("malformed", "the body has to be a JSON object");
}

/** Takes the answer of a user that comes by a call of his own. */
function confirm({ waiting }: House, answer: Claims): Answer {
  const asked = waiting.get(String(answer["request_id"]));
  if (asked === undefined) throw new Refusal("unknown-handshake", "nobody waits for this answer");
  asked.take(answer);
  return { status: 204, body: {} };
}

const headerName = "x-ath-handshake-id";

function idIn({ correlation }: Character, body: Claims, headers: IncomingMessage["headers"]): string {
  const cookies = (headers.cookie ?? "").split(/;\s*/);
  const found = {
    body: body["handshake_id"],
    header: headers[headerName],
    cookie: cookies.find((one) => one.startsWith("ath_handshake="))?.slice("ath_handshake=".length),
  }[correlation];
  return typeof found === "string" ? found : "";
}

async function exchange(house: House, body: Claims, headers: IncomingMessage["headers"]): Promise<Answer> {
  const { character, handshakes, now } = house;
  const { type } = body;
  if (type === "handshake_request") {
    const { handshake, message } = hello(house, body);
    return told(house, handshake, "handshake_response", message, carrier(character, handshake.id));
  }
  const handshake = handshakes.get(keyOf(idIn(character, body, headers), character));
  if (handshake === undefined) throw new Refusal("unknown-handshake", "no such handshake");
  try {
    if (typeof type !== "string" || !isStep(type)) throw new Refusal("malformed", "no such message");
    const step = steps[type];
    if (handshake.stage !== step.at) throw new Refusal("not-due", `the handshake is ${handshake.stage}`);
    if (now() - handshake.openedAt > character.lifetimes.handshakeS * 1000) throw new Refusal("not-due", "too late");
    timely(body, now());
    return told(house, handshake, step.answer, await step.take(house, handshake, body));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (character.badMessage === "ends-handshake") handshake.stage = "over";
    return refusing(house, handshake, body, error);
  }
}

function carrier({ correlation }: Character, id: string): Readonly<Record<string, string>> {
  if (correlation === "header") return { "X-Ath-Handshake-Id": id };
  return correlation === "cookie" ? { "Set-Cookie": `ath_handshake=${id}; Path=/; HttpOnly; SameSite=Strict` } : {};
}

function told(
  { character, now }: House,
  { id }: Handshake,
  type: string,
  message: Claims,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const own = character.correlation === "body" ? { handshake_id: id } : {};
  const body = { ...character.extras, type, timestamp: Math.floor(now() / 1000), ...own, ...message };
  return { status: character.success, headers, body };
}

/** Refusals of what the message says, for which the handshake has messages of its own. */
const sayable: readonly Situation[] = [
  "bad-proof",
  "bad-credential",
  "nothing-granted",
  "denied-by-user",
  "not-answered",
];

function refusing(house: House, handshake: Handshake, body: Claims, error: Refusal): Answer {
  const { refusals } = house.character;
  if (refusals.form === "status" || !sayable.includes(error.situation)) throw error;
  const status = refusals.form === "message" ? {} : { status: answerTo(error, house.character).status };
  if (body["type"] === "identity_proof") {
    const said = {
      success: false,
      metadata: null,
      error: { code: refusals.code(error.situation), detail: error.message },
    };
    return { ...told(house, handshake, "identity_result", said), ...status };
  }
  const asked = Array.isArray(body["scopes"]) ? body["scopes"] : [];
  const denied = asked.map((scope) => ({ scope, reason: error.message }));
  const message = { scopes_granted: [], scopes_denied: denied, ttl_granted: null };
  return { ...told(house, handshake, "scope_result", message), ...status };
}
