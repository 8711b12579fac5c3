import { randomBytes } from "node:crypto";
import { createRedactor } from "../../engine/redact.ts";
import type { Kit } from "../../engine/world.ts";
import { announceConfiguredSecrets, configuredHeaders } from "../configured-secrets.ts";
import { createHttpClient } from "../http-client.ts";
import { createKitClock } from "../kit-clock.ts";
import { cleanUpMs, createLeavings } from "../leavings.ts";
import { cutUrl } from "../raw-url.ts";
import type { Settings } from "../settings.ts";
import { SetupError } from "../setup-error.ts";
import { type Channel, openConfirmationDesk } from "./confirmations.ts";
import { createHandshakeWorld, type HandshakeSurroundings } from "./handshake-world.ts";
import { type HandshakeKey, newHandshakeKey, readHandshakeKey } from "./keys.ts";
import type { HandshakeSettings, UserSettings } from "./settings.ts";
import type { HandshakeWorld } from "./world.ts";

/** A user as the target must know him. */
export interface KnownUser {
  readonly did: string;
  /** SPKI PEM. */
  readonly publicKey: string;
  /** Where the gateway asks him. */
  readonly confirmationUrl: string;
}

/** The tester's side of the nine-step handshake, opened for one run. */
export interface HandshakeKit extends Kit<HandshakeWorld> {
  readonly settings: Settings;
  /** The configured users: what the target's registry must hold. */
  readonly users: readonly KnownUser[];
}

export interface HandshakeKitOptions {
  readonly seed: number;
  /** The clock, milliseconds since the epoch; default: real time. */
  readonly now?: () => number;
}

/**
 * Opens the users' side of the confirmation channel and reads or makes the users' keys.
 * Throws SetupError when an address or a key of the configuration cannot be used, or `handshake` is not configured.
 */
export async function openHandshakeKit(settings: Settings, options: HandshakeKitOptions): Promise<HandshakeKit> {
  const { handshake, target, timeoutMs } = settings;
  if (handshake === undefined) {
    throw new SetupError(
      "handshake-missing",
      "handshake is not configured",
      "describe the gateway under handshake in gateproof.config.yaml (docs/configuration.md)",
    );
  }
  const runId = randomBytes(4).toString("hex");
  const clock = createKitClock(options.now);
  const userKeys = keysOf(handshake);
  const desk = await openConfirmationDesk(handshake.confirmation);

  const redactor = createRedactor();
  announceConfiguredSecrets(settings, redactor);
  const insecureHost = target.insecure ? cutUrl(target.url)?.hostname : undefined;
  const client = createHttpClient({
    timeoutMs,
    ...(target.ca === undefined ? {} : { ca: target.ca }),
    ...(insecureHost === undefined ? {} : { insecureHost }),
  });
  let names = 0;
  const leavings = createLeavings();
  const surroundings: HandshakeSurroundings = {
    settings,
    handshake,
    clock,
    client,
    desk,
    userKeys,
    leavings,
    nextName: () => `gp${runId}-${(++names).toString(36)}`,
  };
  const known = (channel: Channel, user: UserSettings | undefined): readonly KnownUser[] => {
    const key = userKeys[channel];
    if (user === undefined || key === undefined) return [];
    return [{ did: user.did, publicKey: key.publicPem, confirmationUrl: desk.urlOf(channel) }];
  };
  return {
    settings,
    redactor,
    configuredHeaders: configuredHeaders(settings),
    users: [...known("user", handshake.user), ...known("second-user", handshake.secondUser)],
    world: (world) => createHandshakeWorld(surroundings, world),
    cleanUp: () => leavings.cleanUp(cleanUpMs),
    async close() {
      client.close();
      await desk.close();
    },
  };
}

function keysOf({
  user,
  secondUser,
  signature,
  algorithm = "ES256",
}: HandshakeSettings): HandshakeSurroundings["userKeys"] {
  const keyOf = ({ privateKey }: UserSettings, setting: string): HandshakeKey =>
    privateKey === undefined
      ? newHandshakeKey(algorithm, signature)
      : readHandshakeKey(privateKey, signature, `${setting}.key`);
  return {
    user: keyOf(user, "handshake.user"),
    ...(secondUser === undefined ? {} : { "second-user": keyOf(secondUser, "handshake.second_user") }),
  };
}
