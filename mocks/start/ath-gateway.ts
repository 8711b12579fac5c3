import type { MockConfig } from "../../schemas/index.ts";
import { createAthGateway } from "../ath-gateway/gateway.ts";
import { shiftableClock } from "../core/clock.ts";
import { activeWithSentences, joinedFaultBoards } from "../core/fault-board.ts";
import { logged, requestLog } from "../core/request-log.ts";
import { statusPage } from "../core/status-page.ts";
import { wireFaults } from "../core/wire-faults.ts";
import { defaultGatewayConfig, type ProviderAccess } from "../defaults.ts";
import {
  activate,
  type Keep,
  listen,
  type ReadyLine,
  randomOf,
  type Started,
  type StartOptions,
  serveControl,
} from "./common.ts";
import { mountProvider } from "./oauth-provider.ts";

/** The client by which the mock gateway is known at the mock provider. */
const clientId = "mock-gateway";

/** The ATH gateway; without a configuration, before an OAuth provider of its own. */
export async function startAthGateway(options: StartOptions, keep: Keep): Promise<Started> {
  const { clock = shiftableClock(), host = "127.0.0.1", controlPort = 0, faults = [] } = options;
  const wire = wireFaults();
  const front = await listen(options, keep, wire);
  const publicUrl = options.publicUrl ?? front.url;
  const requests = requestLog();

  const random = randomOf(options);
  const clientSecret = random.text(24);
  const behind = options.config === undefined ? await listen({ host }, keep) : undefined;
  const provider =
    behind &&
    mountProvider(behind, behind.url, clock, [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${publicUrl}/ath/callback`] },
    ]);
  const config = options.config ?? ownConfig(options, { origin: behind?.url ?? "", clientId, clientSecret });
  const gateway = createAthGateway({ publicUrl, config, clock, random });
  keep({ close: async () => gateway.close() });

  const boards = joinedFaultBoards(gateway.book, ...(provider === undefined ? [] : [provider.book]), wire);
  activate(boards, faults);
  const api = logged(gateway.handler, requests);
  const home = new URL(publicUrl).pathname;
  front.mount(async (request, peer) =>
    request.method === "GET" && peer?.rawTarget === home
      ? statusPage({ ...about, activeFaults: activeWithSentences(boards), requests: requests.entries() })
      : api(request, peer),
  );
  const control = await serveControl(host, controlPort, keep, {
    name: "the ATH gateway",
    requests,
    clock,
    rules: boards,
    ...(provider === undefined ? {} : { consent: provider.consent }),
    audit: gateway.audit,
    tokens: gateway.tokens,
    reset() {
      gateway.reset();
      provider?.reset();
    },
    health: () => ({ mock: "ath-gateway", url: publicUrl }),
  });
  const ready: ReadyLine = {
    ready: true,
    mock: "ath-gateway",
    url: publicUrl,
    control: control.url,
    ...(behind === undefined ? {} : { provider: behind.url, client_id: clientId }),
    ...(front.ca === undefined ? {} : { ca: front.ca }),
    pid: process.pid,
  };
  return {
    ready,
    clock,
    controls: control.controls,
    gateway,
    ...(provider === undefined ? {} : { provider, clientSecret }),
  };
}

function ownConfig({ apiBase, overrides }: StartOptions, access: ProviderAccess): MockConfig {
  const config = defaultGatewayConfig(access);
  const providers = config.providers.map((one) => (apiBase === undefined ? one : { ...one, api_base: apiBase }));
  return { ...config, providers, ...overrides };
}

/** What the page at `/` says of the gateway. */
const about = {
  name: "ATH gateway",
  sentence: "The reference gateway of ATH 0.1: agents register, users consent, and calls go through the proxy.",
  endpoints: [
    { method: "GET", path: "/.well-known/ath.json", says: "discovery" },
    { method: "POST", path: "/ath/agents/register", says: "an agent asks for its approval" },
    { method: "GET", path: "/ath/agents/{client_id}", says: "an agent reads its own registration" },
    { method: "POST", path: "/ath/authorize", says: "starts an authorization; the user goes to authorization_url" },
    { method: "GET", path: "/ath/callback", says: "where the provider sends the browser back to" },
    { method: "POST", path: "/ath/token", says: "the session becomes a token" },
    {
      method: "ANY",
      path: "/ath/proxy/{provider_id}/{path}",
      says: "calls the provider's API within the token's scopes",
    },
    { method: "POST", path: "/ath/revoke", says: "ends a token" },
  ],
};
