import { shiftableClock } from "../../mocks/core/clock.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import { type RunningServer, serve } from "../../mocks/core/node-server.ts";
import { defaultPolicy } from "../../mocks/defaults.ts";
import type { ConsentSettings, ProviderSettings, Settings } from "../../suites/drivers/settings.ts";
import type { EmbeddedOptions, Keep } from "./embedded.ts";

export const host = "127.0.0.1";

/** Limits under which the timing checks show what they must in the shortest real time. */
export const limits = { requests_per_minute: 120, identity_timeout_ms: 600 };

/** A server whose handler is mounted once its address is known. */
interface Front extends RunningServer {
  mount(handler: HttpHandler): void;
}

/** Where a reference implementor of ATH serves: its own address, its control API, its clock. */
export interface Fronts {
  readonly front: Front;
  readonly control: Front;
  readonly clock: ReturnType<typeof shiftableClock>;
  /** PEM of the authority to trust, when it serves over TLS. */
  readonly ca?: string;
}

/** Opens the addresses of a reference implementor; what it opens is kept for the caller to close. */
export async function openFronts({ mount, faults = [] }: EmbeddedOptions, keep: Keep): Promise<Fronts> {
  const certificates = mount === "tls" ? await ownTls(faults) : undefined;
  const front = await listen(keep, certificates === undefined ? {} : { tls: certificates.tls });
  const control = await listen(keep);
  return { front, control, clock: shiftableClock(), ...(certificates && { ca: certificates.authority }) };
}

async function listen(keep: Keep, options: Parameters<typeof serve>[1] = {}): Promise<Front> {
  let handler: HttpHandler = async () => new Response(null, { status: 503 });
  const server = keep(await serve((request, peer) => handler(request, peer), options));
  return {
    ...server,
    mount(given) {
      handler = given;
    },
  };
}

async function ownTls(faults: readonly string[]) {
  const [{ ownCertificates }, { minimumTlsVersion }] = await Promise.all([
    import("../../mocks/core/tls.ts"),
    import("../../mocks/ath/minimum-tls.ts"),
  ]);
  const { authority, certificate, key } = ownCertificates();
  return { authority, tls: { certificate, key, minVersion: minimumTlsVersion(faults) } };
}

/** An app or provider of a mock: what it offers, and what each scope allows there. */
interface Offer {
  readonly id: string;
  readonly scopes: readonly string[];
  readonly operations: Readonly<Record<string, readonly string[]>>;
}

/** What the kit knows of a reference implementor, as a configuration would say it. */
export function implementorSettings(
  { front, control, ca }: Fronts,
  known: { readonly offers: readonly Offer[]; readonly consent: ConsentSettings; readonly timeoutMs?: number },
): Settings {
  const json = { "content-type": "application/json" };
  const [pending] = defaultPolicy.pending_developers;
  const [denied] = defaultPolicy.denied_developers;
  return {
    target: {
      url: front.url,
      headers: {},
      features: { agent_status: true, audit: true, rate_limit: true },
      ...(ca && { ca }),
    },
    agents: { host, ports: [0], idTemplate: "{base}/agents/{agent}/.well-known/agent.json" },
    providers: known.offers.map(providerSettings),
    consent: known.consent,
    hooks: {
      clock: { method: "POST", url: `${control.url}/clock`, headers: json, body: '{"advanceSeconds": {seconds}}' },
      audit: { method: "GET", url: `${control.url}/audit`, headers: {} },
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
  return { id, scopes, operations: Object.fromEntries(called), unmapped: ["DELETE /v1/everything"] };
}
