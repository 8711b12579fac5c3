import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client } from "../../bench/http.ts";
import { isMessage, validate } from "../../schemas/index.ts";
import { type StartedMock, startMock } from "../start.ts";

/**
 * The habits of the public ATH clients, one row each: what they send, as measured. They follow no advertised endpoint,
 * register the implementor's own callback as their redirect URI, send a placeholder code, and need a JSON object and
 * every required field in each answer.
 */
const agents = [
  {
    name: "with typ, as its text says",
    header: { alg: "ES256", typ: "JWT", kid: "default" },
    contact: "dev@agent.test",
  },
  { name: "without typ, a null contact", header: { alg: "ES256", kid: "default" }, contact: null },
  { name: "a content type on GET", header: { alg: "ES256", kid: "default" }, contact: undefined, typedGets: true },
] as const;

let mock: StartedMock;
let base = "";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const host = createServer((request, response) => {
  const document = {
    ath_version: "0.1",
    agent_id: `http://${request.headers.host}${request.url}`,
    name: "agent",
    developer: { name: "dev", id: "dev" },
    public_key: publicKey.export({ type: "spki", format: "pem" }),
  };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
});
const { ask, close } = client();

beforeAll(async () => {
  mock = await startMock("ath-gateway");
  mock.provider?.consent.set({ user: "alice", grant: "all" });
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
  const address = host.address();
  base = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
});
afterAll(async () => {
  close();
  host.close();
  host.closeAllConnections();
  await mock.close();
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe.each(agents)("a known agent: $name", ({ header, contact, ...habits }) => {
  it("goes all the way with its fixed paths, its placeholder code and our own callback", async () => {
    const url = mock.ready.url;
    const agentId = `${base}/${randomUUID()}/.well-known/agent.json`;
    const attestation = (aud: string) => {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { iss: agentId, sub: agentId, aud, iat, exp: iat + 3600, jti: randomUUID(), capabilities: [] };
      const input = `${part(header)}.${part(claims)}`;
      const signature = sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
      return `${input}.${signature.toString("base64url")}`;
    };
    const post = async (path: string, json: unknown): Promise<unknown> => {
      const { status, body } = await ask(`${url}${path}`, { method: "POST", json });
      expect(status, body).toBeLessThan(300);
      return JSON.parse(body);
    };

    const registration = await post("/ath/agents/register", {
      agent_id: agentId,
      agent_attestation: attestation(url),
      developer: { name: "dev", id: "dev", ...(contact === undefined ? {} : { contact }) },
      requested_providers: [{ provider_id: "mail", scopes: ["mail:read"] }],
      purpose: "test",
      redirect_uris: [`${url}/ath/callback`],
    });
    if (!isMessage("AgentRegistrationResponse", registration)) throw new Error("no registration");
    const credentials = { client_id: registration.client_id, client_secret: registration.client_secret };

    const session = await post("/ath/authorize", {
      client_id: registration.client_id,
      agent_attestation: attestation(url),
      provider_id: "mail",
      scopes: ["mail:read"],
      user_redirect_uri: `${url}/ath/callback`,
      state: randomUUID(),
    });
    if (!isMessage("AuthorizationResponse", session)) throw new Error("no session");
    const cookies = new Map<string, string>();
    let at: string | undefined = session.authorization_url;
    let page = "";
    for (let hops = 0; at !== undefined; hops += 1) {
      expect(hops, "a loop").toBeLessThan(8);
      const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
      const answer = await ask(at, { headers: { cookie } });
      expect(answer.status, at).toBeLessThan(400);
      for (const line of answer.headers["set-cookie"] ?? []) {
        const [name = "", value = ""] = line.split(";")[0]?.split("=") ?? [];
        cookies.set(name, value);
      }
      page = answer.body;
      at = answer.headers.location;
    }
    expect(page).toMatch(/<html/i);

    const token = await post("/ath/token", {
      grant_type: "authorization_code",
      ...credentials,
      agent_attestation: attestation(`${url}/ath/token`),
      code: "placeholder",
      ath_session_id: session.ath_session_id,
    });
    expect(validate("TokenResponse", token)).toMatchObject({ ok: true });
    if (!isMessage("TokenResponse", token)) throw new Error("no token");
    expect(token).toMatchObject({ token_type: "Bearer", provider_id: "mail", agent_id: agentId });

    const called = await ask(`${url}/ath/proxy/mail/v1/messages`, {
      headers: {
        authorization: `Bearer ${token.access_token}`,
        "x-ath-agent-id": agentId,
        ...("typedGets" in habits ? { "content-type": "application/json" } : {}),
      },
    });
    expect(called.status, called.body).toBe(200);
    expect(await post("/ath/revoke", { token: token.access_token, ...credentials })).toBeTypeOf("object");
  });
});
