import type { TimerClock } from "../core/clock.ts";
import type { RandomSource } from "../core/random.ts";
import type { Connection } from "./connect/connection.ts";
import type { PairingCodes } from "./connect/pairing.ts";
import type { Registry } from "./connect/registry.ts";
import type { Federation } from "./federation/federation.ts";
import type { Mailboxes } from "./messages/mailbox.ts";
import type { AuthService } from "./method.ts";
import type { AunRules } from "./rules.ts";
import type { AunSettings } from "./settings.ts";

/** What every part of the gateway works with. */
export interface AunContext {
  readonly settings: AunSettings;
  /** The rules in force. */
  readonly rules: AunRules;
  readonly clock: TimerClock;
  readonly random: RandomSource;
  readonly auth: AuthService;
  readonly registry: Registry;
  readonly mail: Mailboxes;
  readonly pairing: PairingCodes;
  readonly federation: Federation;
  /** Nonces of every open connection. */
  everyNonce(): Iterable<unknown>;
  /** Ends every connection and takes no new one until the gateway is reset: what a crash looks like from outside. */
  crash(): void;
  /** Whether this token has not connected before; from now on it has. */
  isFirstUse(aid: string, token: string): boolean;
}

/** The online instances of an AID, oldest first. */
export function onlineOf({ registry, rules }: AunContext, aid: string): readonly Connection[] {
  return registry.of(aid).filter(({ kind }) => rules["kinds.online"]({ kind }));
}
