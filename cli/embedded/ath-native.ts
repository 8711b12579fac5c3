import { mailApp } from "../../mocks/ath-native/app.ts";
import type { Keep } from "../../mocks/core/keeping.ts";
import { openDriverKit } from "../../suites/drivers/driver-kit.ts";
import { athNative } from "../../suites/profiles/ath-native.ts";
import { implementorSettings } from "./ath-target.ts";
import { type EmbeddedOptions, embedded } from "./embedded.ts";
import type { MockSide } from "./mock-side.ts";
import { inOwnThread } from "./own-thread.ts";

/** The reference native service, whose own consent page the kit fills in as a user does. */
export async function openAthNative(options: EmbeddedOptions, keep: Keep) {
  const { seed, timeoutMs } = options;
  const mock = keep(await openMock(options));
  const settings = implementorSettings(mock.addresses, {
    offers: [mailApp],
    consent: { driver: "form", fields: {} },
    ...(timeoutMs && { timeoutMs }),
  });
  const kit = keep(await openDriverKit(settings, { seed, mode: "native" }));
  await mock.mount(undefined);
  return embedded(athNative, kit, settings);
}

async function openMock(options: EmbeddedOptions): Promise<MockSide<undefined>> {
  if (options.ownThread) return inOwnThread(options.ownThread, options);
  const { openNativeMock } = await import("./ath-native-mock.ts");
  return openNativeMock(options);
}
