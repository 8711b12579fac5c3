import { defaultPolicy } from "../../mocks/defaults.ts";
import type { ConsentSettings, ProviderSettings, Settings } from "../../suites/drivers/settings.ts";
import type { Addresses } from "./mock-side.ts";

export const host = "127.0.0.1";

/** An app or provider of a mock: what it offers, and what each scope allows there. */
interface Offer {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly operations: Readonly<Record<string, readonly string[]>>;
}

/** What the kit knows of a reference implementor, as a configuration would say it. */
export function implementorSettings(
  { front, control, ca }: Addresses,
  known: { readonly offers: readonly Offer[]; readonly consent: ConsentSettings; readonly timeoutMs?: number },
): Settings {
  const json = { "content-type": "application/json" };
  const [pending] = defaultPolicy.pending_developers;
  const [denied] = defaultPolicy.denied_developers;
  return {
    target: {
      url: front,
      headers: {},
      features: { agent_status: true, audit: true, rate_limit: true },
      ...(ca && { ca }),
    },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: known.offers.map(providerSettings),
    consent: known.consent,
    hooks: {
      clock: { method: "POST", url: `${control}/clock`, headers: json, body: '{"advanceSeconds": {seconds}}' },
      audit: { method: "GET", url: `${control}/audit`, headers: {} },
      faults: { method: "GET", url: `${control}/faults`, headers: {} },
      pendingAgent: { developerId: pending },
      deniedAgent: { developerId: denied },
    },
    timeoutMs: known.timeoutMs ?? 10_000,
  };
}

/** The kit calls operations as they are written; patterns get a value. */
function providerSettings({ id, scopes, operations }: Offer): ProviderSettings {
  const literal = (line: string) => line.replaceAll(/\{\w+\}/g, "42");
  const called = Object.entries(operations).map(([scope, lines]) => [scope, lines.map(literal)]);
  return {
    id,
    scopes,
    operations: Object.fromEntries(called),
    unmapped: ["DELETE /v1/everything", "GET /v1/everything"],
  };
}
