import { createServer } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { openDriverKit } from "../drivers/driver-kit.ts";
import type { Settings } from "../drivers/settings.ts";
import { type CheckRun, type Run, runProfile } from "../engine/run.ts";
import { profiles } from "../profiles/index.ts";
import { loginFields } from "./testing/browser.ts";
import type { Character } from "./testing/character.ts";
import { blunt, strangers } from "./testing/characters.ts";
import { openStranger, type Stranger } from "./testing/gateway.ts";
import type { Service } from "./testing/house.ts";

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

function settingsFor({ name, attestations, browser }: Character, { url, house }: Stranger): Settings {
  const ownConsent = browser.entry === "consent-only" || browser.entry === "login-and-consent";
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
    providers: services.map(({ id, scopes }) => ({
      id,
      scopes: Object.keys(scopes),
      operations: scopes,
      unmapped: ["DELETE /v2/everything"],
    })),
    consent: ownConsent
      ? { driver: "form", fields: browser.entry === "login-and-consent" ? loginFields : {} }
      : { driver: "provider", host, port: 0, ...client },
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

async function judge(character: Character): Promise<Run> {
  const stranger = await openStranger(character, services);
  const service = await openService();
  const settings = settingsFor(character, stranger);
  const kit = await openDriverKit(settings, { seed: 11 });
  stranger.connect({
    ...(kit.providerUrls.api === "" ? { ...kit.providerUrls, api: service.api } : kit.providerUrls),
    ...client,
  });
  try {
    const profile = await profiles["ath-gateway"]();
    return await runProfile({ profile, settings, kit, seed: 11 });
  } finally {
    await Promise.all([kit.close(), stranger.close(), service.close()]);
  }
}

/** One line for each check, with what a person needs to see who is wrong. */
function told(results: readonly CheckRun[]): readonly string[] {
  return results.map(({ check, verdict }) => {
    const { outcome, reasonCode, expected, actual } = verdict;
    return `${outcome} ${check.id} (${reasonCode}): expected ${expected}; actual ${actual}`;
  });
}

const findings = new Set(["fail", "warn", "inconclusive", "kit-error"]);
/**
 * What a gateway that asks no provider leaves untested. Any other reason, with any other gateway, would say that the kit
 * could not go on with something that conforms.
 */
const excuses = new Set(["provider-not-ours", "provider-unseen", "callback-unseen"]);

describe.each(strangers)("a conforming gateway: $name", (character) => {
  let run: Run;
  beforeAll(async () => {
    run = await judge(character);
  });

  it("gets no finding", () => {
    expect(told(run.results.filter(({ verdict }) => findings.has(verdict.outcome)))).toEqual([]);
  });

  it("has every check tested that can be", () => {
    const open = run.results.filter(({ verdict }) => verdict.outcome === "not-tested");
    const hasProvider = run.settings.consent.driver === "provider";
    expect(told(open.filter(({ verdict }) => hasProvider || !excuses.has(verdict.reasonCode ?? "")))).toEqual([]);
  });
});

describe.each(blunt)("a gateway with $name", (character) => {
  it("gets a warning for its statuses and no other finding", async () => {
    const { results } = await judge(character);
    const found = results.filter(({ verdict }) => findings.has(verdict.outcome));
    expect(told(found.filter(({ check }) => check.requirement !== "ERR-2"))).toEqual([]);
    expect(found.map(({ check, verdict }) => `${verdict.outcome} ${check.id}`)).toEqual(["warn ERR-2.status-table"]);
  });
});
