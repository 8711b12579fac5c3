import { randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import type { AthImplementor } from "../../ath/engine/implementor.ts";
import { isJsonObject, type JsonObject } from "../../ath/json.ts";
import type { ProvidedConfig } from "../../ath/settings.ts";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import type { HttpHandler } from "../../core/http.ts";
import { serve } from "../../core/node-server.ts";
import { createOAuthProvider, type OAuthProvider } from "../../oauth-provider/provider.ts";
import { createUpstream, type Upstream } from "../../upstream/upstream.ts";
import { createAthGateway } from "../gateway.ts";
import { type AgentKeys, agentKeys, type IdentityHost, identityHost, signed } from "./identity-host.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

/** A registered agent, or one that is about to be. */
export interface TestAgent {
  readonly id: string;
  readonly keys: AgentKeys;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Changes of a good message; undefined leaves a member out. */
export type Change = Readonly<Record<string, unknown>>;

export interface Lab {
  readonly url: string;
  readonly clock: ShiftableClock;
  readonly gateway: AthImplementor;
  readonly provider: OAuthProvider;
  readonly upstream: Upstream;
  readonly hosts: IdentityHost;
  /** A new agent whose document is published. */
  agent(): TestAgent;
  /** An attestation with changed claims or header, signed by the agent's key or another. */
  attest(agent: TestAgent, claims?: Change, header?: Change, keys?: AgentKeys): string;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  register(agent: TestAgent, change?: Change): Promise<Answer>;
  registered(change?: Change): Promise<TestAgent>;
  authorize(agent: TestAgent, change?: Change): Promise<Answer>;
  /** Follows redirects with a jar until a page or a URL that begins so; gives the last URL and the last answer. */
  browse(
    url: string,
    jar?: Jar,
    stopBefore?: string,
  ): Promise<{ readonly url: string; readonly response: Response; readonly visited: string[] }>;
  exchange(agent: TestAgent, sessionId: string, change?: Change): Promise<Answer>;
  /** A token by the whole handshake. */
  token(agent: TestAgent, change?: Change): Promise<string>;
  call(agent: TestAgent, token: string, path?: string, init?: RequestInit): Promise<Response>;
  /** A call whose path is not normalised. */
  raw(agent: TestAgent, token: string, target: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Cookies by host and name. */
export type Jar = Map<string, string>;

export const redirectUri = "http://127.0.0.1:9/agent/callback?tenant=a%20b";
export const scopes = ["mail:read", "mail:send", "mail:delete"];

export function text(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string") throw new Error(`no ${name} in ${JSON.stringify(body)}`);
  return value;
}

async function answerOf(response: Response): Promise<Answer> {
  const value: unknown = await response.json();
  if (!isJsonObject(value)) throw new Error(`no JSON object but ${JSON.stringify(value)}`);
  return { status: response.status, headers: response.headers, body: value };
}

function configOf(provider: string, apiBase: string, change: Partial<ProvidedConfig>): ProvidedConfig {
  const mail = {
    id: "mail",
    scopes,
    operations: {
      "mail:read": [
        "GET /v1/messages",
        "GET /v1/messages/{id}",
        "GET /bytes/{n}",
        "GET /status/{code}",
        "HEAD /v1/messages",
      ],
      "mail:send": ["POST /v1/messages", "PUT /echo", "POST /echo"],
    },
    authorization_endpoint: `${provider}/authorize`,
    token_endpoint: `${provider}/token`,
    userinfo_endpoint: `${provider}/userinfo`,
    client_id: "gateway",
    client_secret: "gateway secret:%+",
    api_base: apiBase,
  };
  return { providers: [mail, { ...mail, id: "files" }], ...change };
}

/** The API behind the provider, where it is not the usual one. */
export interface LabApi {
  readonly base?: string;
  /** How long the provider's tokens live. */
  readonly accessSeconds?: number;
}

/** Everything of a handshake on loopback: identity host, provider, its API, gateway. */
export async function startLab(change: Partial<ProvidedConfig> = {}, api: LabApi = {}): Promise<Lab> {
  const clock = shiftableClock();
  const hosts = await identityHost();
  let issuer = "";
  const provider = createOAuthProvider({
    issuer: () => issuer,
    clock,
    clients: [{ client_id: "gateway", client_secret: "gateway secret:%+" }],
    scopes,
    ttl: { access: api.accessSeconds ?? 7200 },
  });
  provider.consent.set({ user: "alice", grant: "all" });
  const providerServer = await serve(provider.handler);
  issuer = providerServer.url;
  const upstream = createUpstream({ tokens: (token) => provider.introspect(token) });
  const upstreamServer = await serve(upstream.handler);

  let handler: HttpHandler = async () => new Response(null, { status: 503 });
  const server = await serve((request, peer) => handler(request, peer));
  const config = configOf(issuer, api.base ?? `${upstreamServer.url}/api`, change);
  const gateway = createAthGateway({ publicUrl: server.url, config, clock });
  handler = gateway.handler;
  const { url } = server;

  const lab: Lab = {
    url,
    clock,
    gateway,
    provider,
    upstream,
    hosts,
    agent() {
      const path = `/agents/${randomUUID()}/agent.json`;
      const agent = { id: hosts.server.url + path, keys: agentKeys(), clientId: "", clientSecret: "" };
      publish(hosts, agent);
      return agent;
    },
    attest(agent, claims = {}, header = {}, keys = agent.keys) {
      const iat = Math.floor(clock.now() / 1000);
      const good = {
        iss: agent.id,
        sub: agent.id,
        aud: url,
        iat,
        exp: iat + 3600,
        jti: randomUUID(),
        capabilities: [],
      };
      return signed({ alg: "ES256", kid: "default", ...header }, { ...good, ...claims }, keys.privateKey);
    },
    async post(path, body, headers = {}) {
      const whole = { method: "POST", headers: { "content-type": "application/json", ...headers } };
      return answerOf(
        await fetch(url + path, { ...whole, body: typeof body === "string" ? body : JSON.stringify(body) }),
      );
    },
    register: (agent, changes = {}) =>
      lab.post("/ath/agents/register", {
        agent_id: agent.id,
        agent_attestation: lab.attest(agent),
        developer: { name: "Dev", id: "dev", contact: null },
        requested_providers: [{ provider_id: "mail", scopes }],
        redirect_uris: [redirectUri],
        ...changes,
      }),
    async registered(changes) {
      const agent = lab.agent();
      const { body } = await lab.register(agent, changes);
      return { ...agent, clientId: text(body, "client_id"), clientSecret: text(body, "client_secret") };
    },
    authorize: (agent, changes = {}) =>
      lab.post("/ath/authorize", {
        client_id: agent.clientId,
        agent_attestation: lab.attest(agent),
        provider_id: "mail",
        scopes: ["mail:read", "mail:send"],
        user_redirect_uri: redirectUri,
        state: "state +/=&%25 ü",
        ...changes,
      }),
    async browse(start, jar = new Map(), stopBefore = "http://127.0.0.1:9/") {
      const visited: string[] = [];
      let at = start;
      for (;;) {
        visited.push(at);
        const { origin } = new URL(at);
        const cookies = [...jar].flatMap(([name, value]) => (name.startsWith(origin) ? value : []));
        const response = await fetch(at, { redirect: "manual", headers: { cookie: cookies.join("; ") } });
        for (const cookie of response.headers.getSetCookie()) {
          const [pair = ""] = cookie.split(";");
          jar.set(`${origin} ${pair.split("=")[0]}`, pair);
        }
        const location = response.headers.get("location");
        if (location === null) return { url: at, response, visited };
        at = new URL(location, at).href;
        if (at.startsWith(stopBefore)) return { url: at, response, visited };
      }
    },
    exchange: (agent, sessionId, changes = {}) =>
      lab.post("/ath/token", {
        grant_type: "authorization_code",
        client_id: agent.clientId,
        client_secret: agent.clientSecret,
        agent_attestation: lab.attest(agent, { aud: `${url}/ath/token` }),
        code: "placeholder",
        ath_session_id: sessionId,
        ...changes,
      }),
    async token(agent, changes) {
      const { body } = await lab.authorize(agent, changes);
      await lab.browse(text(body, "authorization_url"));
      return text((await lab.exchange(agent, text(body, "ath_session_id"))).body, "access_token");
    },
    call: (agent, token, path = "/mail/v1/messages", init = {}) =>
      fetch(`${url}/ath/proxy${path}`, {
        redirect: "manual",
        ...init,
        headers: { authorization: `Bearer ${token}`, "x-ath-agent-id": agent.id, ...init.headers },
      }),
    raw: (agent, token, target) =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(url);
        const headers = { authorization: `Bearer ${token}`, "x-ath-agent-id": agent.id };
        const sent = httpRequest({ hostname, port, path: target, headers }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("end", () => {
            const status = incoming.statusCode ?? 0;
            answerOf(new Response(Buffer.concat(chunks), { status })).then(resolve, reject);
          });
        });
        sent.on("error", reject);
        sent.end();
      }),
    async close() {
      gateway.close();
      await Promise.all([server.close(), providerServer.close(), upstreamServer.close(), hosts.server.close()]);
    },
  };
  return lab;
}

/** Publishes the agent's identity document, with changes. */
export function publish(hosts: IdentityHost, agent: Pick<TestAgent, "id" | "keys">, change: Change = {}): void {
  const document = {
    ath_version: "0.1",
    agent_id: agent.id,
    name: "Test agent",
    developer: { name: "Dev", id: "dev" },
    public_key: agent.keys.publicKey.export({ format: "jwk" }),
    ...change,
  };
  hosts.publish(new URL(agent.id).pathname, () => Response.json(document));
}
