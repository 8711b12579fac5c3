/** The kit's clock: real time (or the given source), moved forward along with the target's. */
export interface KitClock {
  /** Milliseconds since the epoch. */
  now(): number;
  advance(seconds: number): void;
}

export function createKitClock(source: () => number = Date.now): KitClock {
  let shiftMs = 0;
  return {
    now: () => source() + shiftMs,
    advance(seconds) {
      shiftMs += seconds * 1000;
    },
  };
}
