import { randomBytes } from "node:crypto";
import { createAthGateway } from "../../mocks/ath-gateway/gateway.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { defaultPolicy, defaultProviders } from "../../mocks/defaults.ts";
import { openDriverKit } from "../../suites/drivers/driver-kit.ts";
import { athGateway } from "../../suites/profiles/ath-gateway.ts";
import { host, implementorSettings, limits, openFronts } from "./ath-target.ts";
import { type EmbeddedOptions, embedded, type Keep } from "./embedded.ts";

const clientId = "gateproof";

/** The reference gateway before the kit's own provider. */
export async function openAthGateway(options: EmbeddedOptions, keep: Keep) {
  const { seed, faults = [], timeoutMs } = options;
  const fronts = await openFronts(options, keep);
  const { front, control, clock } = fronts;
  const clientSecret = randomBytes(24).toString("base64url");
  const settings = implementorSettings(fronts, {
    offers: defaultProviders,
    consent: { driver: "provider", host, port: 0, clientId, clientSecret },
    ...(timeoutMs && { timeoutMs }),
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
  front.mount(gateway.handler);
  control.mount(
    controlApi({
      requests: requestLog(),
      clock,
      rules: gateway.book,
      audit: gateway.audit,
      tokens: gateway.tokens,
      reset: gateway.reset,
      health: () => ({}),
    }),
  );
  return embedded(athGateway, kit, settings);
}
