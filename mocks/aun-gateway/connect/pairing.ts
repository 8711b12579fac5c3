import type { Clock } from "../../core/clock.ts";
import type { RandomSource } from "../../core/random.ts";

/** The pairing codes given out; each connects one AID once. */
export interface PairingCodes {
  /** A new code for an AID. */
  issue(aid: string): string;
  /** The AID of a live code, without using it up. */
  aidOf(code: string): string | undefined;
  use(code: string): void;
  clear(): void;
}

const lifeMs = 10 * 60_000;

/** More codes than this nobody needs at once; the oldest goes. */
const most = 1_000;

export function pairingCodes(clock: Clock, random: RandomSource): PairingCodes {
  const codes = new Map<string, { readonly aid: string; readonly expiresAt: number }>();
  return {
    issue(aid) {
      const code = random.text(9);
      const oldest = codes.size >= most ? codes.keys().next().value : undefined;
      if (oldest !== undefined) codes.delete(oldest);
      codes.set(code, { aid, expiresAt: clock.now() + lifeMs });
      return code;
    },
    aidOf(code) {
      const entry = codes.get(code);
      return entry !== undefined && clock.now() < entry.expiresAt ? entry.aid : undefined;
    },
    use: (code) => codes.delete(code),
    clear: () => codes.clear(),
  };
}
