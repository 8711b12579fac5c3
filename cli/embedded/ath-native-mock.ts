import { createAthNative } from "../../mocks/ath-native/service.ts";
import { controlApi } from "../../mocks/core/control.ts";
import { openedOrClosed } from "../../mocks/core/keeping.ts";
import { requestLog } from "../../mocks/core/request-log.ts";
import { defaultPolicy } from "../../mocks/defaults.ts";
import { latestOf, limits, openFronts } from "./fronts.ts";
import type { OpenMock } from "./mock-side.ts";

/** The reference native service; it needs to know nothing of the kit. */
export const openNativeMock: OpenMock<undefined> = ({ faults = [], ...options }) =>
  openedOrClosed(async (keep) => {
    const { front, control, clock, addresses } = await openFronts({ faults, ...options }, keep);
    return {
      addresses,
      async mount() {
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
            audit: latestOf(service.audit),
            tokens: service.tokens,
            reset: service.reset,
            health: () => ({}),
          }),
        );
      },
    };
  });
