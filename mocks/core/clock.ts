/** The only source of time of a reference implementation, so that ten minutes pass in no time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A clock that runs with the machine's and can be moved forward by hand. */
export interface ShiftableClock extends Clock {
  /** Moves the clock forward; negative or non-finite values are refused with a RangeError. */
  advance(seconds: number): void;
  /** Back to the machine's time. */
  reset(): void;
}

/** A clock that starts at the machine's time (or at `source`) and moves forward on demand. */
export function shiftableClock(source: () => number = Date.now): ShiftableClock {
  let shiftMs = 0;
  return {
    now: () => source() + shiftMs,
    advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0) {
        throw new RangeError(`the clock moves forward by a number of seconds, not by ${seconds}`);
      }
      shiftMs += seconds * 1000;
    },
    reset() {
      shiftMs = 0;
    },
  };
}
