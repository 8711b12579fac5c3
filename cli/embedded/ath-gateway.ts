import { randomBytes } from "node:crypto";
import { createAthGateway } from "../../mocks/ath-gateway/gateway.ts";
import { shiftableClock } from "../../mocks/core/clock.ts";
import { controlApi } from "../../mocks/core/control.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import { type RunningServer, serve } from "../../mocks/core/node-server.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { defaultPolicy, defaultProviders } from "../../mocks/defaults.ts";
import { openDriverKit } from "../../suites/drivers/driver-kit.ts";
import type { Settings } from "../../suites/drivers/settings.ts";
import { athGateway } from "../../suites/profiles/ath-gateway.ts";
import { type EmbeddedOptions, embedded, type Keep } from "./embedded.ts";

const host = "127.0.0.1";
const clientId = "gateproof";

/** Limits under which the timing checks show what they must in the shortest real time. */
const limits = { requests_per_minute: 120, identity_timeout_ms: 600 };

/** The reference gateway before the kit's own provider. */
export async function openAthGateway(options: EmbeddedOptions, keep: Keep) {
  const { seed, faults = [], mount, timeoutMs = 10_000 } = options;
  const clock = shiftableClock();
  const clientSecret = randomBytes(24).toString("base64url");
  const starting: HttpHandler = async () => new Response(null, { status: 503 });
  let handler = starting;
  const certificates = mount === "tls" ? await ownTls(faults) : undefined;
  const front = keep(
    await serve((request, peer) => handler(request, peer), certificates === undefined ? {} : { tls: certificates.tls }),
  );
  let controlHandler = starting;
  const control = keep(await serve((request, peer) => controlHandler(request, peer)));

  const settings = settingsFor(front, control, {
    clientSecret,
    timeoutMs,
    ...(certificates && { ca: certificates.authority }),
  });
  const kit = keep(await openDriverKit(settings, { seed }));

  const gateway = createAthGateway({
    publicUrl: front.url,
    clock,
    faults: faults.map((id) => ({ id })),
    config: {
      providers: defaultProviders.map((provider) => ({
        ...provider,
        authorization_endpoint: kit.providerUrls.authorization,
        token_endpoint: kit.providerUrls.token,
        userinfo_endpoint: kit.providerUrls.userinfo,
        client_id: clientId,
        client_secret: clientSecret,
        api_base: kit.providerUrls.api,
      })),
      policy: defaultPolicy,
      limits,
    },
  });
  keep({ close: async () => gateway.close() });
  handler = gateway.handler;
  controlHandler = controlApi({
    requests: requestLog(),
    clock,
    rules: gateway.book,
    audit: gateway.audit,
    tokens: gateway.tokens,
    reset: gateway.reset,
    health: () => ({}),
  });
  return embedded(athGateway, kit, settings);
}

async function ownTls(faults: readonly string[]) {
  const [{ ownCertificates }, { minimumTlsVersion }] = await Promise.all([
    import("../../mocks/core/tls.ts"),
    import("../../mocks/ath/minimum-tls.ts"),
  ]);
  const { authority, certificate, key } = await ownCertificates();
  return { authority, tls: { certificate, key, minVersion: minimumTlsVersion(faults) } };
}

interface Knowledge {
  readonly clientSecret: string;
  readonly timeoutMs: number;
  readonly ca?: string;
}

function settingsFor(
  front: RunningServer,
  control: RunningServer,
  { clientSecret, timeoutMs, ca }: Knowledge,
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
    providers: defaultProviders.map(({ id, scopes, operations }) => ({
      id,
      scopes,
      operations: literalOperations(operations),
      unmapped: ["DELETE /v1/everything"],
    })),
    consent: { driver: "provider", host, port: 0, clientId, clientSecret },
    hooks: {
      clock: { method: "POST", url: `${control.url}/clock`, headers: json, body: '{"advanceSeconds": {seconds}}' },
      audit: { method: "GET", url: `${control.url}/audit`, headers: {} },
      pendingAgent: { developerId: pending },
      deniedAgent: { developerId: denied },
    },
    timeoutMs,
  };
}

/** The kit calls operations as they are written; patterns get a value. */
function literalOperations(operations: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const literal = (line: string) => line.replaceAll(/\{\w+\}/g, "42");
  return Object.fromEntries(Object.entries(operations).map(([scope, lines]) => [scope, lines.map(literal)]));
}
