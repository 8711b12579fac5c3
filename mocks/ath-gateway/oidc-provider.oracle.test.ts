import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { agentHost, journey } from "../../bench/handshake.ts";
import { client } from "../../bench/http.ts";
import { type StartedMock, startMock } from "../start.ts";

/**
 * An independent oracle: a certified OAuth provider, strict where ours might be lenient, stands behind the gateway. If
 * the bridge left out or bent anything, this provider would refuse.
 */
const clientSecret = "a-secret-of-the-test-only-0123456789";
const scopes = ["mail:read", "mail:send"];

let issuer: Server;
let api: Server;
let mock: StartedMock;
const calls: IncomingMessage["headers"][] = [];

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "");
    });
  });
}

function startProvider(url: string, callback: string): Provider {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return new Provider(url, {
    clients: [
      {
        client_id: "gateway",
        client_secret: clientSecret,
        redirect_uris: [callback],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        id_token_signed_response_alg: "ES256",
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "ES256" }] },
    scopes,
    cookies: { keys: ["a", "b"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    issueRefreshToken: () => true,
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });
}

/** The user logs in as alice and consents to whatever is asked. */
async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === "login") {
    return provider.interactionFinished(request, response, { login: { accountId: "alice" } });
  }
  const accountId = session?.accountId ?? "";
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId, clientId: String(params["client_id"]) });
  grant.addOIDCScope(String(params["scope"]));
  return provider.interactionFinished(
    request,
    response,
    { consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: true },
  );
}

beforeAll(async () => {
  let answer = (_request: IncomingMessage, response: ServerResponse): unknown => response.writeHead(503).end();
  issuer = createServer((request, response) => answer(request, response));
  const url = await listen(issuer);
  api = createServer((request, response) => {
    calls.push(request.headers);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const apiBase = await listen(api);
  mock = await startMock("ath-gateway", {
    config: {
      providers: [
        {
          id: "mail",
          scopes,
          operations: { "mail:read": ["GET /v1/messages"] },
          authorization_endpoint: `${url}/auth`,
          token_endpoint: `${url}/token`,
          client_id: "gateway",
          client_secret: clientSecret,
          api_base: apiBase,
        },
      ],
    },
  });
  const provider = startProvider(url, `${mock.ready.url}/ath/callback`);
  const serve = provider.callback();
  answer = (request, response) =>
    request.url?.startsWith("/interaction/") ? interact(provider, request, response) : serve(request, response);
});

afterAll(async () => {
  await mock.close();
  for (const server of [issuer, api]) {
    server.close();
    server.closeAllConnections();
  }
});

it("completes the ATH flow before oidc-provider", async () => {
  const host = await agentHost();
  const { ask, close } = client();
  await journey(ask, mock.ready.url, host.agent());
  close();
  await host.close();
  expect(calls).toHaveLength(1);
  expect(calls[0]?.authorization).toMatch(/^Bearer /);
  expect(calls[0]).not.toHaveProperty("x-ath-agent-id");
});
