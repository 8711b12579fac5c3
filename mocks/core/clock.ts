import { agenda, type Cancel } from "./timers.ts";

/** The only source of time of a reference implementation, so that ten minutes pass in no time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** A clock by which things can be made to happen later. */
export interface TimerClock extends Clock {
  /**
   * Calls `run` once, when that many milliseconds of this clock's time have passed; never before `after` has returned.
   * What waits keeps no process alive.
   */
  after(ms: number, run: () => void): Cancel;
}

/** A clock that runs with the machine's and can be moved forward by hand. */
export interface ShiftableClock extends TimerClock {
  /**
   * Moves the clock forward; what becomes due happens before this returns, in order, each at its own time. Negative or
   * non-finite values are refused with a RangeError.
   */
  advance(seconds: number): void;
  /** Back to the machine's time; what waits still waits as long as it had to. */
  reset(): void;
}

/** Longer than this a node timer cannot wait. */
const longestWaitMs = 2 ** 31 - 1;

/** A clock that starts at the machine's time (or at `source`) and moves forward on demand. */
export function shiftableClock(source: () => number = Date.now): ShiftableClock {
  let shiftMs = 0;
  const waiting = agenda();
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Number.POSITIVE_INFINITY;
  const now = () => source() + shiftMs;

  const wake = () => {
    timer = undefined;
    wakesAt = Number.POSITIVE_INFINITY;
    const time = now();
    for (let due = waiting.take(time); due !== undefined; due = waiting.take(time)) due.run();
    arm();
  };
  const arm = () => {
    const soonest = waiting.soonest();
    // A timer that comes early finds nothing due and is set again, so a later soonest needs no new one.
    if (soonest === undefined || (timer !== undefined && wakesAt <= soonest)) return;
    clearTimeout(timer);
    wakesAt = soonest;
    timer = setTimeout(wake, Math.min(Math.max(soonest - now(), 1), longestWaitMs));
    timer.unref();
  };

  return {
    now,
    after(ms, run) {
      const cancel = waiting.add(now() + ms, run);
      arm();
      return cancel;
    },
    advance(seconds) {
      if (!Number.isFinite(seconds) || seconds < 0) {
        throw new RangeError(`the clock moves forward by a number of seconds, not by ${seconds}`);
      }
      const target = shiftMs + seconds * 1000;
      for (let due = waiting.take(source() + target); due !== undefined; due = waiting.take(source() + target)) {
        shiftMs = Math.min(Math.max(shiftMs, due.dueAt - source()), target);
        due.run();
      }
      shiftMs = target;
      // The timer was set by the time before the move: what is added from now on may be due long before it fires.
      clearTimeout(timer);
      timer = undefined;
      wakesAt = Number.POSITIVE_INFINITY;
      arm();
    },
    reset() {
      waiting.rebase(shiftMs);
      shiftMs = 0;
      clearTimeout(timer);
      timer = undefined;
      wakesAt = Number.POSITIVE_INFINITY;
      arm();
    },
  };
}
