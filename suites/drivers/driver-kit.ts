import { randomBytes } from "node:crypto";
import { createRedactor } from "../engine/redact.ts";
import type { Kit } from "../engine/world.ts";
import { announceConfiguredSecrets, configuredHeaders } from "./configured-secrets.ts";
import { createHttpClient } from "./http-client.ts";
import { openIdentityHost } from "./identity-host.ts";
import { createKitClock } from "./kit-clock.ts";
import { type KitProvider, openKitProvider, type ProviderUrls } from "./kit-provider.ts";
import { createWorld, type Surroundings } from "./kit-world.ts";
import { cleanUpMs, createLeavings } from "./leavings.ts";
import { cutUrl } from "./raw-url.ts";
import { createServiceApi, type DeploymentMode } from "./service-api.ts";
import type { Settings } from "./settings.ts";
import { createTakeBack } from "./take-back.ts";
import { createWitnesses } from "./witness.ts";
import type { World } from "./world.ts";

/** The tester's side of the wire, opened for one run. */
export interface DriverKit extends Kit<World> {
  readonly settings: Settings;
  /** Where the target's client of the kit's provider must be pointed; empty strings unless consent.driver is provider. */
  readonly providerUrls: ProviderUrls;
  /** How the target reaches the identity documents. */
  readonly identityBase: string;
}

export interface DriverKitOptions {
  readonly seed: number;
  /** How the target is deployed; default: as a gateway. */
  readonly mode?: DeploymentMode;
  /** The clock, milliseconds since the epoch; default: real time. */
  readonly now?: () => number;
}

/**
 * Opens the identity host and, for the consent driver `provider`, the kit's OAuth provider.
 * Throws SetupError when an address of the configuration cannot be used.
 */
export async function openDriverKit(settings: Settings, options: DriverKitOptions): Promise<DriverKit> {
  const runId = randomBytes(4).toString("hex");
  const clock = createKitClock(options.now);
  const witnesses = createWitnesses(runId);
  const identityHost = await openIdentityHost({ settings, runId, witnesses, now: clock.now });
  const { consent, target, timeoutMs } = settings;
  let provider: KitProvider | undefined;
  try {
    if (consent.driver === "provider") {
      const { host, port, clientId, clientSecret } = consent;
      provider = await openKitProvider({ host, port, client: { clientId, clientSecret }, witnesses, now: clock.now });
    }
  } catch (error) {
    await identityHost.close();
    throw error;
  }

  const redactor = createRedactor();
  announceConfiguredSecrets(settings, redactor);

  const insecureHost = target.insecure ? cutUrl(target.url)?.hostname : undefined;
  const client = createHttpClient({
    timeoutMs,
    ...(target.ca === undefined ? {} : { ca: target.ca }),
    ...(insecureHost === undefined ? {} : { insecureHost }),
  });
  const leavings = createLeavings();
  const surroundings: Surroundings = {
    settings,
    clock,
    client,
    identityHost,
    witnesses,
    patience: {},
    leavings,
    takeBack: createTakeBack(client, settings),
    ...(provider && { provider }),
    ...(options.mode === "native" && { serviceApi: createServiceApi(settings) }),
  };
  return {
    settings,
    redactor,
    configuredHeaders: configuredHeaders(settings),
    providerUrls: provider?.urls ?? { authorization: "", token: "", userinfo: "", api: "" },
    identityBase: identityHost.base,
    world: (world) => createWorld(surroundings, world),
    cleanUp: () => leavings.cleanUp(cleanUpMs),
    async close() {
      client.close();
      await Promise.all([identityHost.close(), provider?.close()]);
    },
  };
}
