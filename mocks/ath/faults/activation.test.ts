import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { createAthGateway } from "../../ath-gateway/gateway.ts";
import { agentKeys, signed } from "../../ath-gateway/testing/identity-host.ts";
import { defaultGatewayConfig } from "../../defaults.ts";
import { isJsonObject } from "../json.ts";
import { athFaults } from "./index.ts";

const publicUrl = "http://127.0.0.1:9";
const agentId = "http://agents.example/agent.json";
const keys = agentKeys();
const document = JSON.stringify({ agent_id: agentId, public_key: keys.publicKey.export({ format: "jwk" }) });
const config = defaultGatewayConfig({ origin: "http://127.0.0.1:1", clientId: "gateway", clientSecret: "secret" });
const now = Date.UTC(2026, 0, 1);

function attestation(): string {
  const iat = now / 1000;
  const claims = { iss: agentId, sub: agentId, aud: publicUrl, iat, exp: iat + 600, jti: randomUUID() };
  return signed({ alg: "ES256", kid: "default" }, claims, keys.privateKey);
}

function registration(): Request {
  return new Request(`${publicUrl}/ath/agents/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      agent_id: agentId,
      agent_attestation: attestation(),
      developer: { name: "Dev", id: "dev" },
      requested_providers: [{ provider_id: "mail", scopes: ["mail:read"] }],
    }),
  });
}

describe("a gateway with the fault", () => {
  let close = () => {};
  afterEach(() => close());

  it.each(athFaults.map(({ id }) => [id]))("%s still registers a good agent", async (id) => {
    const gateway = createAthGateway({
      publicUrl,
      config,
      clock: { now: () => now },
      faults: [{ id }],
      hooks: { fetchText: async () => document },
    });
    close = gateway.close;
    expect(gateway.book.active()).toEqual([{ id }]);
    const response = await gateway.handler(registration());
    expect(response.status).toBe(201);
    const body: unknown = await response.json();
    expect(isJsonObject(body) && typeof body["client_id"]).toBe("string");
  });
});
