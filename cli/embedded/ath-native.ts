import { mailApp } from "../../mocks/ath-native/app.ts";
import { createAthNative } from "../../mocks/ath-native/service.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { defaultPolicy } from "../../mocks/defaults.ts";
import { openDriverKit } from "../../suites/drivers/driver-kit.ts";
import { athNative } from "../../suites/profiles/ath-native.ts";
import { implementorSettings, limits, openFronts } from "./ath-target.ts";
import { type EmbeddedOptions, embedded, type Keep } from "./embedded.ts";

/** The reference native service, whose own consent page the kit fills in as a user does. */
export async function openAthNative(options: EmbeddedOptions, keep: Keep) {
  const { seed, faults = [], timeoutMs } = options;
  const fronts = await openFronts(options, keep);
  const { front, control, clock } = fronts;
  const settings = implementorSettings(fronts, {
    offers: [mailApp],
    consent: { driver: "form", fields: {} },
    ...(timeoutMs && { timeoutMs }),
  });
  const kit = keep(await openDriverKit(settings, { seed, mode: "native" }));
  const service = createAthNative({
    publicUrl: front.url,
    clock,
    faults: faults.map((id) => ({ id })),
    config: { policy: defaultPolicy, limits },
  });
  keep({ close: async () => service.close() });
  front.mount(service.handler);
  control.mount(
    controlApi({
      requests: requestLog(),
      clock,
      rules: service.book,
      consent: service.consent,
      audit: service.audit,
      tokens: service.tokens,
      reset: service.reset,
      health: () => ({}),
    }),
  );
  return embedded(athNative, kit, settings);
}
