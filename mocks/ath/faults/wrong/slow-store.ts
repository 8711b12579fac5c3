import { setTimeout as wait } from "node:timers/promises";

/** How long a store far away takes, in milliseconds: long enough that a second request finds it unchanged. */
const ROUND_TRIP_MS = 150;

/** Waits as long as an answer of a store far away takes; meanwhile other requests are worked on. */
export function roundTrip(): Promise<void> {
  return wait(ROUND_TRIP_MS);
}
