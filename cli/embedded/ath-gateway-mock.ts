import { createAthGateway } from "../../mocks/ath-gateway/gateway.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { openedOrClosed } from "../../mocks/core/keeping.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { defaultPolicy, defaultProviders } from "../../mocks/defaults.ts";
import { latestOf, limits, openFronts } from "./fronts.ts";
import type { OpenMock } from "./mock-side.ts";

/** The provider that the gateway is connected to, and the gateway's account there. */
export interface ProviderBehind {
  readonly urls: {
    readonly authorization: string;
    readonly token: string;
    readonly userinfo: string;
    readonly api: string;
  };
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The reference gateway before a provider. */
export const openGatewayMock: OpenMock<ProviderBehind> = ({ faults = [], ...options }) =>
  openedOrClosed(async (keep) => {
    const { front, control, clock, addresses } = await openFronts({ faults, ...options }, keep);
    return {
      addresses,
      async mount({ urls, clientId, clientSecret }) {
        const gateway = createAthGateway({
          publicUrl: front.url,
          clock,
          faults: faults.map((id) => ({ id })),
          config: {
            providers: defaultProviders.map((provider) => ({
              ...provider,
              authorization_endpoint: urls.authorization,
              token_endpoint: urls.token,
              userinfo_endpoint: urls.userinfo,
              client_id: clientId,
              client_secret: clientSecret,
              api_base: urls.api,
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
            audit: latestOf(gateway.audit),
            tokens: gateway.tokens,
            reset: gateway.reset,
            health: () => ({}),
          }),
        );
      },
    };
  });
