import { randomUUID, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { newKeyPair } from "../mocks/core/key-pair.ts";
import type { Answer, client } from "./http.ts";

/** An agent that keeps the protocol and does nothing else. */
export interface BenchAgent {
  readonly id: string;
  readonly attestation: (audience: string) => string;
}

/** What one handshake left behind. */
export interface Handshake {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly token: string;
}

/** Serves identity documents and makes agents that live by a clock (milliseconds since the epoch). */
export async function agentHost(now: () => number = Date.now) {
  const documents = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const document = documents.get(request.url ?? "");
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" }).end(document);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const base = `http://127.0.0.1:${address.port}`;
  // One key for all: making keys is the agent's own cost, not the gateway's.
  const { privateKey, publicKey } = newKeyPair("P-256");
  const header = part({ alg: "ES256", typ: "JWT", kid: "default" });
  return {
    agent(): BenchAgent {
      const path = `/agents/${randomUUID()}/.well-known/agent.json`;
      const id = base + path;
      documents.set(
        path,
        JSON.stringify({
          ath_version: "0.1",
          agent_id: id,
          name: "bench",
          developer: { name: "bench", id: "bench" },
          public_key: publicKey.export({ format: "jwk" }),
        }),
      );
      const attestation = (aud: string) => {
        const iat = Math.floor(now() / 1000);
        const input = `${header}.${part({ iss: id, sub: id, aud, iat, exp: iat + 300, jti: randomUUID() })}`;
        const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
        return `${input}.${signature.toString("base64url")}`;
      };
      return { id, attestation };
    },
    forget: () => documents.clear(),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

type Ask = ReturnType<typeof client>["ask"];

/** Registration, authorization, the browser's way through consent, token. */
export async function handshake(ask: Ask, gateway: string, agent: BenchAgent): Promise<Handshake> {
  const registered = read(
    await ask(`${gateway}/ath/agents/register`, {
      method: "POST",
      json: {
        agent_id: agent.id,
        agent_attestation: agent.attestation(gateway),
        developer: { name: "bench", id: "bench" },
        requested_providers: [{ provider_id: "mail", scopes: ["mail:read"] }],
      },
    }),
    ["client_id", "client_secret"],
  );
  const [clientId, clientSecret] = registered;
  const [url, sessionId] = read(
    await ask(`${gateway}/ath/authorize`, {
      method: "POST",
      json: {
        client_id: clientId,
        agent_attestation: agent.attestation(gateway),
        provider_id: "mail",
        scopes: ["mail:read"],
        state: randomUUID(),
      },
    }),
    ["authorization_url", "ath_session_id"],
  );
  await browse(ask, url);
  const [token] = read(
    await ask(`${gateway}/ath/token`, {
      method: "POST",
      json: {
        grant_type: "authorization_code",
        client_id: clientId,
        client_secret: clientSecret,
        agent_attestation: agent.attestation(`${gateway}/ath/token`),
        code: "placeholder",
        ath_session_id: sessionId,
      },
    }),
    ["access_token"],
  );
  return { clientId, clientSecret, token };
}

/** The handshake, one proxied call, and the revocation. */
export async function journey(ask: Ask, gateway: string, agent: BenchAgent): Promise<void> {
  const { clientId, clientSecret, token } = await handshake(ask, gateway, agent);
  const headers = { authorization: `Bearer ${token}`, "x-ath-agent-id": agent.id };
  succeed(await ask(`${gateway}/ath/proxy/mail/v1/messages`, { headers }));
  const json = { token, client_id: clientId, client_secret: clientSecret };
  succeed(await ask(`${gateway}/ath/revoke`, { method: "POST", json }));
}

/** Follows redirects with the cookies of one journey (all servers are on one host). */
async function browse(ask: Ask, start: string): Promise<void> {
  const cookies = new Map<string, string>();
  let url: string | undefined = start;
  while (url !== undefined) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer: Answer = await ask(url, cookie === "" ? {} : { headers: { cookie } });
    for (const line of answer.headers["set-cookie"] ?? []) {
      const [name = "", value = ""] = (line.split(";")[0] ?? "").split(/=(.*)/s);
      cookies.set(name, value);
    }
    if (answer.status >= 400) throw new Error(`the browser got ${answer.status} at ${url}: ${answer.body}`);
    const { location } = answer.headers;
    url = location === undefined ? undefined : new URL(location, url).href;
  }
}

function succeed(answer: Answer): unknown {
  if (answer.status >= 300) throw new Error(`HTTP ${answer.status}: ${answer.body}`);
  return JSON.parse(answer.body);
}

function read<const Names extends readonly string[]>(answer: Answer, names: Names): { [Index in keyof Names]: string };
function read(answer: Answer, names: readonly string[]): readonly string[] {
  const body = succeed(answer);
  return names.map((name) => {
    const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
    if (typeof value !== "string") throw new Error(`no ${name} in ${answer.body}`);
    return value;
  });
}
