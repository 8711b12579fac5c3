import { randomBytes } from "node:crypto";
import { rootCertificates } from "node:tls";
import type { ClientOptions } from "ws";
import { createRedactor } from "../../engine/redact.ts";
import type { Stopped } from "../../engine/stop.ts";
import type { Kit } from "../../engine/world.ts";
import { announceConfiguredSecrets, configuredHeaders } from "../configured-secrets.ts";
import { createHttpClient, type HttpClient } from "../http-client.ts";
import { createKitClock, type KitClock } from "../kit-clock.ts";
import { cleanUpMs, createLeavings, type Leavings } from "../leavings.ts";
import type { Settings } from "../settings.ts";
import { createAunWorld } from "./aun-world.ts";
import { httpBaseOf, isWebSocketUrl } from "./discovery.ts";
import { type IdentityPool, identityPool } from "./pool.ts";
import { createRateLimits, type RateLimits } from "./rate-limits.ts";
import type { AunSettings } from "./settings.ts";
import type { LostStep } from "./steps.ts";
import type { AunWorld } from "./world.ts";

/** What all worlds of a run share for one domain. */
export interface Domain {
  /** Whether it is judged, or the one that it is connected with. */
  readonly party: "target" | "peer";
  readonly settings: Settings;
  readonly aun: AunSettings;
  readonly http: string;
  /** The configured WebSocket URL, or what discovery gave once. */
  address: string | undefined;
  readonly client: HttpClient;
  readonly socket: ClientOptions;
  /** Lends the configured identities; undefined when registration is open. */
  readonly pool: IdentityPool | undefined;
  readonly rateLimits: RateLimits;
  /** Steps that the first contact waited for in vain; no check waits for them again. */
  readonly lost: Map<LostStep, Stopped>;
}

export interface AunSurroundings {
  readonly domain: Domain;
  readonly peer: Domain | undefined;
  readonly clock: KitClock;
  /** Numbers what is made in this run, so that no two checks use one name. */
  readonly unique: (prefix: string) => string;
  readonly leavings: Leavings;
}

export interface AunKitOptions {
  readonly seed: number;
  /** The clock, milliseconds since the epoch; default: real time. */
  readonly now?: () => number;
}

/** Opens the drivers of the profile aun-gateway. Sockets are opened by the worlds, and closed with them. */
export async function openAunKit(settings: Settings, options: AunKitOptions): Promise<Kit<AunWorld>> {
  const runId = randomBytes(4).toString("hex");
  let made = 0;
  const redactor = createRedactor();
  announceConfiguredSecrets(settings, redactor);
  const aun = settings.aun ?? { issuer: "", identities: "open" };
  const domain = domainOf("target", settings, aun);
  const peer =
    aun.peer === undefined
      ? undefined
      : domainOf(
          "peer",
          { ...settings, target: { ...settings.target, url: aun.peer.target } },
          {
            issuer: aun.peer.issuer,
            identities: aun.peer.identities ?? "open",
            ...(aun.peer.http === undefined ? {} : { http: aun.peer.http }),
          },
        );
  const leavings = createLeavings();
  const surroundings: AunSurroundings = {
    leavings,
    domain,
    peer,
    clock: createKitClock(options.now),
    unique(prefix) {
      made += 1;
      return `${prefix}-${runId}-${made}`;
    },
  };
  return {
    redactor,
    configuredHeaders: configuredHeaders(settings),
    world: (world) => createAunWorld(surroundings, world),
    finished: (world) => world.close(),
    cleanUp: () => leavings.cleanUp(cleanUpMs),
    async close() {
      domain.client.close();
      peer?.client.close();
    },
  };
}

function domainOf(party: Domain["party"], settings: Settings, aun: AunSettings): Domain {
  const { target, timeoutMs } = settings;
  const host = URL.canParse(target.url) ? new URL(target.url).hostname : "";
  return {
    party,
    settings,
    aun,
    http: aun.http ?? httpBaseOf(target.url),
    address: isWebSocketUrl(target.url) ? target.url : undefined,
    client: createHttpClient({
      timeoutMs,
      ...(target.ca === undefined ? {} : { ca: target.ca }),
      ...(target.insecure ? { insecureHost: host } : {}),
    }),
    socket: {
      headers: target.headers,
      ...(target.ca === undefined ? {} : { ca: [...rootCertificates, target.ca] }),
      ...(target.insecure ? { rejectUnauthorized: false } : {}),
    },
    rateLimits: createRateLimits(),
    lost: new Map(),
    pool: aun.identities === "open" ? undefined : identityPool(aun.identities),
  };
}
