import type { Cause, Stop } from "./evidence.ts";

/** Thrown by drives and drivers to end a check early; the engine turns it into evidence, never into a crash. */
export class Stopped extends Error {
  readonly stop: Stop;
  constructor(stop: Stop) {
    super(stop.message);
    this.stop = stop;
  }
}

interface Details {
  readonly mend?: string;
  readonly cause?: Cause;
  readonly exchanges?: readonly number[];
}

/** It applies, but could not be judged: a prerequisite failed, a hook is missing, a limit was hit. */
export function notTested(reasonCode: string, message: string, { cause, ...details }: Details = {}): Stopped {
  return new Stopped({ kind: "not-tested", reasonCode, message, cause: cause ?? null, ...details });
}

/** The target refuses for being asked too fast, which says nothing of how it keeps a requirement. */
export function rateLimited(message: string, exchanges: readonly number[]): Stopped {
  const mend = "raise the target's rate limit for the kit, or run with --jobs 1";
  return notTested("rate-limited", message, { exchanges, cause: "environment", mend });
}

/** The target does not have the feature the requirement speaks of. */
export function notApplicable(reasonCode: string, message: string, { cause, ...details }: Details = {}): Stopped {
  return new Stopped({ kind: "not-applicable", reasonCode, message, cause: cause ?? null, ...details });
}
