import { randomBytes } from "node:crypto";
import type { Keep } from "../../mocks/core/keeping.ts";
import { defaultProviders } from "../../mocks/defaults.ts";
import { openDriverKit } from "../../suites/drivers/driver-kit.ts";
import { athGateway } from "../../suites/profiles/ath-gateway.ts";
import type { ProviderBehind } from "./ath-gateway-mock.ts";
import { host, implementorSettings } from "./ath-target.ts";
import { type EmbeddedOptions, embedded } from "./embedded.ts";
import type { MockSide } from "./mock-side.ts";
import { inOwnThread } from "./own-thread.ts";

const clientId = "gateproof";

/** The reference gateway before the kit's own provider. */
export async function openAthGateway(options: EmbeddedOptions, keep: Keep) {
  const { seed, timeoutMs } = options;
  const mock = keep(await openMock(options));
  const clientSecret = randomBytes(24).toString("base64url");
  const settings = implementorSettings(mock.addresses, {
    offers: defaultProviders,
    consent: { driver: "provider", host, port: 0, clientId, clientSecret },
    ...(timeoutMs && { timeoutMs }),
  });
  const kit = keep(await openDriverKit(settings, { seed }));
  await mock.mount({ urls: kit.providerUrls, clientId, clientSecret });
  return embedded(athGateway, kit, settings);
}

async function openMock(options: EmbeddedOptions): Promise<MockSide<ProviderBehind>> {
  if (options.ownThread) return inOwnThread(options.ownThread, options);
  const { openGatewayMock } = await import("./ath-gateway-mock.ts");
  return openGatewayMock(options);
}
