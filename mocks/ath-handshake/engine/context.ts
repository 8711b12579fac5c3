import type { JsonObject } from "../../ath/json.ts";
import type { TimerClock } from "../../core/clock.ts";
import type { RandomSource } from "../../core/random.ts";
import type { ServerKeys } from "../keys.ts";
import type { HandshakeRules } from "../rules.ts";
import type { BackendKind, HandshakeSettings } from "../settings.ts";
import type { ConfirmationRequest, HandshakeState } from "../state.ts";
import type { BackendClient } from "./backend-client.ts";

/** What came back from a user's confirmation URL. */
export interface ChannelReply {
  readonly status: number;
  readonly text: string;
}

/** POSTs JSON to a user's confirmation URL; undefined: no answer came. */
export type AskUser = (url: string, json: string) => Promise<ChannelReply | undefined>;

/** What every part of the gateway works with. */
export interface HandshakeContext {
  readonly settings: HandshakeSettings;
  readonly state: HandshakeState;
  readonly rules: HandshakeRules;
  readonly clock: TimerClock;
  readonly random: RandomSource;
  readonly keys: ServerKeys;
  readonly ask: AskUser;
  /** What a user whose answer was decided beforehand sends; undefined: nobody decided. */
  readonly answersOf: (request: ConfirmationRequest) => readonly JsonObject[] | undefined;
  readonly backends: ReadonlyMap<BackendKind, BackendClient>;
}

/** Seconds since the epoch. */
export function secondsNow({ clock }: Pick<HandshakeContext, "clock">): number {
  return Math.floor(clock.now() / 1000);
}
