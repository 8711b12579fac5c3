import { createHash, type KeyObject, randomBytes, sign } from "node:crypto";
import type { HandshakeConfig } from "../../../schemas/index.ts";
import type { Forward } from "../../ath-gateway/forwarder.ts";
import type { LegacyBackend } from "../../backends/backend.ts";
import { createCrmBackend } from "../../backends/crm.ts";
import { createFinanceBackend } from "../../backends/finance.ts";
import { createOaBackend } from "../../backends/oa.ts";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import type { Peer } from "../../core/http.ts";
import { isRecord } from "../../core/json.ts";
import { newKeyPair } from "../../core/key-pair.ts";
import { defaultSystems } from "../default-config.ts";
import { type AthHandshake, createAthHandshake } from "../gateway.ts";
import type { BackendKind } from "../settings.ts";

type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

export type KeyKind = "ES256" | "EdDSA";

export interface Pair {
  readonly kind: KeyKind;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly pem: string;
}

export function pair(kind: KeyKind = "ES256"): Pair {
  const { publicKey, privateKey } = newKeyPair(kind === "ES256" ? "P-256" : "Ed25519");
  return { kind, publicKey, privateKey, pem: publicKey.export({ format: "pem", type: "spki" }).toString() };
}

export function signed(text: string, key: Pair, encoding: "raw" | "der" = "raw"): string {
  const data = Buffer.from(text);
  const dsaEncoding = encoding === "raw" ? "ieee-p1363" : "der";
  const signature =
    key.kind === "EdDSA"
      ? sign(null, data, key.privateKey)
      : sign("sha256", data, { key: key.privateKey, dsaEncoding });
  return signature.toString("base64url");
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function jwt(claims: Json, key: Pair, header: Json = { alg: key.kind }): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signed(input, key)}`;
}

/** A member that has to be a text. */
export function text({ body }: Pick<Answer, "body">, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(body)}`);
  return value;
}

/** What a user does when asked (step 6): gives the answer's members, or nothing. */
export type Answering = (asked: Json) => Json | undefined;

export interface LabOptions {
  readonly config?: Partial<HandshakeConfig>;
  readonly clock?: ShiftableClock;
  /** Where backends really are; all calls then go over the network. */
  readonly origins?: Partial<Record<BackendKind, string>>;
}

/** An agent's handshake under way. */
export interface Opened {
  readonly did: string;
  readonly key: Pair;
  readonly nonceA: string;
  readonly nonceB: string;
  readonly id: string;
  readonly first: Answer;
}

/** The gateway before its backends, all in process, with users alice and bob. */
export function startLab({ config = {}, clock = shiftableClock(), origins }: LabOptions = {}) {
  const users = { alice: pair(), bob: pair("EdDSA") };
  const account = { name: "gateway", password: "backend-password" };
  const apiKey = "backend-api-key";
  const backends: Readonly<Record<BackendKind, LegacyBackend>> = {
    oa: createOaBackend({ clock, account }),
    crm: createCrmBackend({ clock, account }),
    finance: createFinanceBackend({ clock, apiKey }),
  };
  const byOrigin = new Map(Object.entries(backends).map(([kind, backend]) => [`http://${kind}.example`, backend]));
  const forward: Forward = async ({ origin, method, path, headers, body }) => {
    const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]) };
    const whole = body instanceof Uint8Array ? { ...init, body: new Uint8Array(body) } : init;
    const response = await byOrigin.get(origin)?.handler(new Request(origin + path, whole), { rawTarget: path });
    if (response === undefined) throw new Error(`no backend at ${origin}`);
    return {
      status: response.status,
      headers: [...response.headers],
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
  let answering: Answering = (asked) => ({ approved: true, approved_scopes: asked["requested_scopes"] });
  const asked: Json[] = [];
  const encoding = config.binding?.signature ?? "raw";
  const seconds = () => Math.floor(clock.now() / 1000);

  /** Message 7. */
  const confirmation = (request: Json, change: Json = {}, key: Pair = users.alice): Json => {
    const message: Json = {
      type: "authorization_confirmation_response",
      timestamp: seconds(),
      request_id: request["request_id"],
      approved: true,
      approved_scopes: request["requested_scopes"],
      expires_at: seconds() + 3600,
      ...change,
    };
    const { request_id, approved, approved_scopes, expires_at } = message;
    const signature = signed(JSON.stringify([request_id, approved, approved_scopes, expires_at]), key, encoding);
    return { signature, ...message, ...(change["signature"] === undefined ? {} : { signature: change["signature"] }) };
  };

  const publicUrl = "http://gateway.example";
  const gateway: AthHandshake = createAthHandshake({
    publicUrl,
    clock,
    backends: [
      { kind: "oa", origin: origins?.oa ?? "http://oa.example", account },
      { kind: "crm", origin: origins?.crm ?? "http://crm.example", account },
      { kind: "finance", origin: origins?.finance ?? "http://finance.example", apiKey },
    ],
    config: {
      users: [
        {
          did: "did:ath:user:alice",
          name: "alice",
          public_key: users.alice.pem,
          confirmation_url: "http://alice.example",
        },
        { did: "did:ath:user:bob", name: "bob", public_key: users.bob.pem, confirmation_url: "http://bob.example" },
      ],
      systems: defaultSystems,
      ...config,
    },
    userKeys: new Map([["did:ath:user:alice", users.alice.privateKey]]),
    hooks: {
      ...(origins === undefined && { forward }),
      async ask(_, json) {
        const request: unknown = JSON.parse(json);
        if (!isRecord(request)) throw new Error("no JSON object was asked");
        asked.push(request);
        const members = answering(request);
        return members === undefined
          ? { status: 202, text: "" }
          : { status: 200, text: JSON.stringify(confirmation(request, members)) };
      },
    },
  });

  const send = async (request: Request, peer: Peer = { address: "127.0.0.1" }): Promise<Answer> => {
    const { pathname, search } = new URL(request.url);
    const response = await gateway.handler(request, { rawTarget: pathname + search, ...peer });
    const raw = await response.text();
    const read: unknown = response.headers.get("content-type")?.includes("json") ? JSON.parse(raw) : { text: raw };
    return { status: response.status, headers: response.headers, body: isRecord(read) ? read : { value: read } };
  };
  const correlation = config.binding?.correlation ?? "body";
  const path = config.binding?.path ?? "/ath/handshake";
  const post = (message: unknown, id?: string, where = path): Promise<Answer> => {
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (id !== undefined && correlation === "header") headers["x-ath-handshake-id"] = id;
    if (id !== undefined && correlation === "cookie") headers["cookie"] = `ath_handshake=${id}`;
    const inBody = id !== undefined && correlation === "body" ? { handshake_id: id } : {};
    const body =
      typeof message === "string"
        ? message
        : JSON.stringify(isRecord(message) ? { timestamp: seconds(), ...inBody, ...message } : message);
    return send(new Request(publicUrl + where, { method: "POST", headers, body }));
  };
  const idOf = ({ body, headers }: Answer): string => {
    if (correlation === "header") return headers.get("x-ath-handshake-id") ?? "";
    if (correlation === "cookie") return /ath_handshake=([^;]+)/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "";
    return String(body["handshake_id"] ?? "");
  };

  /** Steps 1 and 2. */
  const hello = async (key: Pair = pair(), change: Json = {}): Promise<Opened> => {
    const did = String(change["client_did"] ?? `did:ath:agent:${randomBytes(6).toString("hex")}`);
    const nonceA = randomBytes(24).toString("base64url");
    const first = await post({
      type: "handshake_request",
      client_did: did,
      client_pubkey: key.pem,
      versions: ["0.1", "1.0"],
      capabilities: ["ES256", "EdDSA", "TLS1.3"],
      nonce: nonceA,
      ...change,
    });
    return { did, key, nonceA, nonceB: String(first.body["nonce"] ?? ""), id: idOf(first), first };
  };
  const prove = (handshake: Opened, change: Json = {}): Promise<Answer> =>
    post(
      { type: "identity_proof", signature: signed(handshake.nonceB, handshake.key, encoding), ...change },
      handshake.id,
    );
  const credential = ({ did }: Pick<Opened, "did">, claims: Json = {}, key: Pair = users.alice): string => {
    const user = "did:ath:user:alice";
    const iat = seconds();
    const scopes = ["oa:read", "oa:write", "crm:read", "crm:write", "finance:read"];
    return jwt({ iss: user, sub: user, client_did: did, scopes, iat, exp: iat + 8 * 3600, ...claims }, key);
  };
  const ask = (handshake: Opened, scopes: readonly string[] = ["oa:read"], change: Json = {}): Promise<Answer> => {
    const given = credential(handshake);
    return post(
      {
        type: "scope_request",
        scopes,
        ttl: 600,
        user_authorization: { credential: given, signature: signed(given, handshake.key, encoding) },
        ...change,
      },
      handshake.id,
    );
  };
  const complete = (handshake: Opened, change: Json = {}, exchange = pair()): Promise<Answer> =>
    post(
      {
        type: "handshake_complete",
        key_exchange_alg: "ECDH-P256",
        key_exchange_params: exchange.pem,
        cipher_suite: "AES-256-GCM",
        ...change,
      },
      handshake.id,
    );
  /** All nine steps. */
  const connected = async (scopes: readonly string[] = ["oa:read"], change: Json = {}, key = pair()) => {
    const handshake = await hello(key, change);
    await prove(handshake);
    const granted = await ask(handshake, scopes);
    const completed = await complete(handshake);
    return { ...handshake, granted, completed, token: text(completed, "access_token") };
  };
  const call = (token: string | undefined, operation: string, body?: unknown, peer?: Peer): Promise<Answer> => {
    const [method = "GET", target = "/"] = operation.split(" ");
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { "content-type": "application/json", "x-ath-agent-id": "agent", ...authorization };
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    return send(new Request(publicUrl + target, init), { rawTarget: target, address: "127.0.0.1", ...peer });
  };

  return {
    gateway,
    clock,
    users,
    backends,
    asked,
    publicUrl,
    seconds,
    /** What the asked user does from now on. */
    userAnswers(wanted: Answering) {
      answering = wanted;
    },
    confirmation,
    send,
    post,
    hello,
    prove,
    credential,
    ask,
    complete,
    connected,
    call,
    digest: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("base64url"),
  };
}

export type Lab = ReturnType<typeof startLab>;
