import { type Keep, openedOrClosed } from "../../mocks/core/keeping.ts";
import type { Mount } from "../../mocks/core/rules.ts";
import type { RunnableProfile } from "../../suites/profiles/index.ts";
import type { ConnectedTarget, EmbeddedOptions } from "./embedded.ts";

/** The reference mock of a profile over real loopback sockets. */
export interface EmbeddedTarget<Drivers = unknown> extends ConnectedTarget<Drivers> {
  close(): Promise<void>;
}

type Opener<Drivers = unknown> = (options: EmbeddedOptions, keep: Keep) => Promise<ConnectedTarget<Drivers>>;

/** How the reference mock of each profile is opened, loaded when it is asked for. */
const openers: Record<RunnableProfile, () => Promise<Opener>> = {
  "ath-gateway": async () => (await import("./ath-gateway.ts")).openAthGateway,
  "ath-native": async () => (await import("./ath-native.ts")).openAthNative,
  "ath-handshake": async () => (await import("./ath-handshake.ts")).openAthHandshake,
  "aun-gateway": async () => (await import("./aun-gateway.ts")).openAunGateway,
};

/** Every check, those that do not apply to the default way, or those of these sections and requirements. */
type PassedThere = "every" | "not-applicable" | readonly string[];

/** The other ways to serve the mock of a profile, and what the honest mock has to pass there. */
export const otherMounts: Record<RunnableProfile, Partial<Record<Mount, PassedThere>>> = {
  "ath-gateway": { tls: "not-applicable" },
  "ath-native": { tls: "not-applicable" },
  "ath-handshake": {},
  "aun-gateway": { replace: "every", versions: ["A12", "versions", "A40", "A107"], tls: "not-applicable" },
};

/** Starts the reference mock of a profile and the kit, and connects them. */
export async function openEmbeddedTarget(profile: RunnableProfile, options: EmbeddedOptions): Promise<EmbeddedTarget> {
  return openConnected(await openers[profile](), options);
}

/** The same with an opener at hand, whose kit is then known by its type. Whatever was opened is closed on failure. */
export async function openConnected<Drivers>(
  open: Opener<Drivers>,
  options: EmbeddedOptions,
): Promise<EmbeddedTarget<Drivers>> {
  const { faults = [], mount = "default" } = options;
  return openedOrClosed(async (keep) => ({ faultLog: () => ({ faults, mount }), ...(await open(options, keep)) }));
}
