import { minimumTlsVersion } from "../ath/minimum-tls.ts";
import type { ProvidedConfig } from "../ath/settings.ts";
import { createAthGateway } from "../ath-gateway/gateway.ts";
import type { Keep } from "../core/keeping.ts";
import { defaultGatewayConfig, type ProviderAccess } from "../defaults.ts";
import type { Started, StartOptions } from "./common.ts";
import { openFront } from "./front.ts";
import { mountProvider } from "./oauth-provider.ts";
import { mountApi, present, stageOf } from "./present.ts";

/** The client by which the mock gateway is known at the mock provider. */
const clientId = "mock-gateway";

/** The ATH gateway; without configured providers, before an OAuth provider of its own. */
export async function startAthGateway(options: StartOptions, keep: Keep): Promise<Started> {
  const stage = await stageOf(options, keep, { minimumTls: minimumTlsVersion });
  const { publicUrl, clock, random, host } = stage;
  const clientSecret = random.text(24);
  const { providers, ...configured } = options.config ?? {};
  const behind = providers === undefined ? await openFront({ host }, keep) : undefined;
  const provider =
    behind &&
    mountProvider(behind, behind.url, clock, [
      { client_id: clientId, client_secret: clientSecret, redirect_uris: [`${publicUrl}/ath/callback`] },
    ]);
  const config =
    providers === undefined
      ? { ...ownConfig(options, { origin: behind?.url ?? "", clientId, clientSecret }), ...configured }
      : { providers, ...configured };
  const gateway = createAthGateway({ publicUrl, config, clock, random });
  keep({ close: async () => gateway.close() });

  const boards = [gateway.book, ...(provider === undefined ? [] : [provider.book])];
  const presented = await present(stage, {
    mock: "ath-gateway",
    name: "the ATH gateway",
    boards,
    requests: mountApi(stage, gateway, boards, about),
    controls: {
      ...(provider === undefined ? {} : { consent: provider.consent }),
      audit: gateway.audit,
      tokens: gateway.tokens,
      reset() {
        gateway.reset();
        provider?.reset();
      },
    },
    ...(behind === undefined ? {} : { ready: { provider: behind.url, client_id: clientId } }),
  });
  return { ...presented, gateway, ...(provider === undefined ? {} : { provider, clientSecret }) };
}

function ownConfig({ apiBase, overrides }: StartOptions, access: ProviderAccess): ProvidedConfig {
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
