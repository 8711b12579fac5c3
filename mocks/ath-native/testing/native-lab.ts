import { randomUUID } from "node:crypto";
import { agentKeys, signed } from "../../ath-gateway/testing/identity-host.ts";
import { type ShiftableClock, shiftableClock } from "../../core/clock.ts";
import { isRecord } from "../../core/json.ts";
import { mailApp, type NativeConfig } from "../app.ts";
import { type AthNative, createAthNative } from "../service.ts";

/** An agent that talks to the service. */
interface LabAgent {
  readonly id: string;
  attest(audience?: string): string;
  /** Registers, asks, lets the policy consent, exchanges; gives the token. */
  token(scopes?: readonly string[]): Promise<string>;
  /** authorization_url and session of a fresh authorization. */
  authorized(scopes?: readonly string[]): Promise<Readonly<Record<string, string>>>;
  call(token: string, method: string, path: string, body?: unknown): Promise<Response>;
}

interface NativeLab {
  readonly service: AthNative;
  readonly clock: ShiftableClock;
  agent(): LabAgent;
  /** A request without a port in between. */
  send(method: string, url: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<Response>;
  /** Follows redirects as far as the service itself leads, with one cookie jar. */
  browse(url: string, jar?: Map<string, string>): Promise<{ readonly url: string; readonly response: Response }>;
}

export const redirectUri = "http://127.0.0.1:9/landing";

export async function jsonOf(response: Response): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await response.json();
  if (!isRecord(body)) throw new Error("no JSON object");
  return body;
}

const textsOf = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string"));

/** The service called directly, its agents' documents at hand. */
export function nativeLab(publicUrl = "http://127.0.0.1:9100", config: NativeConfig = {}): NativeLab {
  const clock = shiftableClock();
  const documents = new Map<string, string>();
  const service = createAthNative({
    publicUrl,
    clock,
    config,
    hooks: { fetchText: async (url) => documents.get(url) ?? Promise.reject(new Error("is not there")) },
  });

  const send: NativeLab["send"] = (method, url, headers = {}, body) => {
    const { pathname, search } = new URL(url);
    const request = new Request(url, { method, headers, ...(body === undefined ? {} : { body }) });
    return service.handler(request, { rawTarget: pathname + search });
  };
  const post = (path: string, body: unknown) =>
    send("POST", publicUrl + path, { "content-type": "application/json" }, JSON.stringify(body));

  const lab: NativeLab = {
    service,
    clock,
    send,
    async browse(start, jar = new Map()) {
      for (let url = start; ; ) {
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
        const response = await send("GET", url, { cookie });
        for (const set of response.headers.getSetCookie()) {
          const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
          jar.set(name, value);
        }
        const location = response.headers.get("location");
        if (location === null || !location.startsWith(publicUrl)) return { url: location ?? url, response };
        url = location;
      }
    },
    agent() {
      const id = `http://agents.example/${randomUUID()}/agent.json`;
      const keys = agentKeys();
      const key = keys.publicKey.export({ format: "jwk" });
      documents.set(id, JSON.stringify({ ath_version: "0.1", agent_id: id, name: "Test agent", public_key: key }));
      const attest = (audience = publicUrl) => {
        const iat = Math.floor(clock.now() / 1000);
        const claims = { iss: id, sub: id, aud: audience, iat, exp: iat + 600, jti: randomUUID() };
        return signed({ alg: "ES256", typ: "JWT", kid: "default" }, claims, keys.privateKey);
      };
      let known: Promise<Readonly<Record<string, string>>> | undefined;
      const registered = () => {
        known ??= post("/ath/agents/register", {
          agent_id: id,
          agent_attestation: attest(),
          developer: { name: "Dev & Sons", id: "dev" },
          requested_providers: [{ provider_id: mailApp.id, scopes: ["mail:read", "mail:send"] }],
          redirect_uris: [redirectUri],
        }).then(async (response) => textsOf(await jsonOf(response)));
        return known;
      };
      const agent: LabAgent = {
        id,
        attest,
        async authorized(scopes = ["mail:read"]) {
          const { client_id } = await registered();
          const opened = await post("/ath/authorize", {
            client_id,
            agent_attestation: attest(),
            provider_id: mailApp.id,
            scopes,
            user_redirect_uri: redirectUri,
            state: "state-of-the-agent",
          });
          return textsOf(await jsonOf(opened));
        },
        async token(scopes) {
          const { client_id, client_secret } = await registered();
          const { authorization_url = "", ath_session_id } = await agent.authorized(scopes);
          const { url } = await lab.browse(authorization_url);
          const issued = await post("/ath/token", {
            grant_type: "authorization_code",
            client_id,
            client_secret,
            agent_attestation: attest(`${publicUrl}/ath/token`),
            code: new URL(url).searchParams.get("code"),
            ath_session_id,
          });
          return textsOf(await jsonOf(issued))["access_token"] ?? "";
        },
        call: (token, method, path, body) =>
          send(
            method,
            `${publicUrl}/api${path}`,
            { authorization: `Bearer ${token}`, "x-ath-agent-id": id },
            body === undefined ? undefined : JSON.stringify(body),
          ),
      };
      return agent;
    },
  };
  return lab;
}
