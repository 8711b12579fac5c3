import { createServer } from "node:http";
import { openDriverKit } from "../../drivers/driver-kit.ts";
import type { Settings } from "../../drivers/settings.ts";
import type { Run } from "../../engine/run.ts";
import { athGateway } from "../../profiles/ath-gateway.ts";
import { athNative } from "../../profiles/ath-native.ts";
import { loginFields } from "./browser.ts";
import type { Character } from "./character.ts";
import { openStranger, type Stranger } from "./gateway.ts";
import type { Service } from "./house.ts";

const services: readonly Service[] = [
  {
    id: "calendar",
    name: "Calendar",
    scopes: {
      "calendar.read": ["GET /v2/events", "GET /v2/events/17"],
      "calendar.write": ["POST /v2/events", "PUT /v2/events/17"],
      "calendar.admin": ["DELETE /v2/events/17"],
    },
  },
  { id: "crm", name: "Customers", scopes: { "crm:read": ["GET /contacts"], "crm:write": ["POST /contacts"] } },
];

const client = { clientId: "stranger", clientSecret: "a-secret-between-gateway-and-provider" };
const host = "127.0.0.1";

/** Whether the user is asked by the provider, and not on a page of the target alone. */
export function asksProvider({ browser }: Pick<Character, "browser">): boolean {
  return browser.entry !== "consent-only" && browser.entry !== "login-and-consent";
}

function settingsFor(character: Character, { url, house }: Stranger): Settings {
  const { name, attestations, browser } = character;
  const atRoot = attestations.documents === "host-root";
  return {
    target: { url, headers: {}, features: name === "strict" ? { rate_limit: true } : {} },
    agents: atRoot
      ? {
          host,
          ports: Array.from({ length: 500 }, () => 0),
          idTemplate: "http://127.0.0.1:{port}/.well-known/agent.json",
        }
      : { host, ports: [0], idTemplate: "{base}/{agent}/.well-known/agent.json" },
    providers: house.services.map(({ id, scopes }) => ({
      id,
      scopes: Object.keys(scopes),
      operations: scopes,
      unmapped: ["DELETE /v2/everything"],
    })),
    consent: asksProvider(character)
      ? { driver: "provider", host, port: 0, ...client }
      : { driver: "form", fields: browser.entry === "login-and-consent" ? loginFields : {} },
    hooks: {
      clock: { method: "POST", url: `${url}/operator/clock`, headers: {}, body: '{"seconds": {seconds}}' },
      audit: { method: "GET", url: `${url}/operator/audit`, headers: {} },
      pendingAgent: { developerId: house.policy.pending },
      deniedAgent: { developerId: house.policy.denied },
    },
    timeoutMs: 4000,
  };
}

/** A service that takes whatever the gateway sends it, for gateways that ask no provider. */
async function openService() {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(200, { "Content-Type": "application/json" }).end('{"items":[]}'));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { api: `http://${host}:${address.port}/rest`, close };
}

/** Judges a stranger by the whole profile, over loopback, from start to end. */
export async function judge(character: Character): Promise<Run> {
  const { deployment: mode } = character;
  const stranger = await openStranger(character, mode === "native" ? services.slice(0, 1) : services);
  const service = await openService();
  const settings = settingsFor(character, stranger);
  const kit = await openDriverKit(settings, { seed: 11, mode });
  stranger.connect({
    ...(kit.providerUrls.api === "" ? { ...kit.providerUrls, api: service.api } : kit.providerUrls),
    ...client,
  });
  try {
    return await (mode === "native" ? athNative : athGateway).runWith(kit, { settings, seed: 11, runs: 6 });
  } finally {
    await Promise.all([kit.close(), stranger.close(), service.close()]);
  }
}
