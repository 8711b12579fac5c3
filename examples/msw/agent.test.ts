import { generateKeyPairSync } from "node:crypto";
import { athGatewayHandlers } from "gateproof/msw";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { register } from "./agent.js";

const agentId = "https://agent.test/.well-known/agent.json";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const identity = {
  ath_version: "0.1",
  agent_id: agentId,
  name: "Example",
  developer: { name: "Example", id: "example" },
  public_key: publicKey.export({ format: "jwk" }),
};

// No port is opened: the gateway, its provider and the agent's identity document are all behind msw.
const gateway = athGatewayHandlers({ url: "https://gateway.test" });
const server = setupServer(
  ...gateway.handlers,
  http.get(agentId, () => HttpResponse.json(identity)),
);
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => gateway.reset());
afterAll(async () => {
  server.close();
  await gateway.close();
});

it("registers", async () => {
  expect(await register(gateway.url, agentId, privateKey)).toMatch(/./);
  expect(gateway.audit()).toContainEqual(expect.objectContaining({ event: "agent_registered" }));
});

it("is refused with a key that is not the agent's", async () => {
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  await expect(register(gateway.url, agentId, other)).rejects.toThrow("refused: INVALID_ATTESTATION");
});

it("has no faults that need a connection", () => {
  expect(() => gateway.faults.activate("wire.reset")).toThrow(/wire\.reset/);
});
