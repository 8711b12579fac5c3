import type { AunWorld, Identity } from "../../drivers/aun/world.ts";
import { notApplicable } from "../../engine/stop.ts";
import { certificateIn, periodOf } from "./certificates.ts";

const yearMs = 365 * 24 * 60 * 60 * 1000;
/** Certificates of agents are for two years (AUN docs 02); a target's own would not survive a move that is much longer. */
const longestMoveMs = 5 * yearMs;

/** Begin and end of an identity's certificate in Unix milliseconds; ends the check when they cannot be read. */
export function certificatePeriod({ certificate }: Identity): {
  readonly notBefore: number;
  readonly notAfter: number;
} {
  const found = certificateIn(certificate);
  const period = found === undefined ? undefined : periodOf(found);
  if (period !== undefined && period.notBefore < period.notAfter) return period;
  throw notApplicable("feature-absent", "the AID has no certificate whose period can be read");
}

/** Moves the clock to this time, in Unix milliseconds; ends the check where that is too far away. */
export async function passUntil(world: AunWorld, at: number): Promise<void> {
  const distance = at - world.now();
  if (distance <= longestMoveMs) return world.passTime(Math.max(1, Math.ceil(distance / 1000)));
  const years = Math.round(distance / yearMs);
  throw notApplicable("too-far", `the check would have to move the target's clock by ${years} years`);
}
