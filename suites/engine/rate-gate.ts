import { type Evidence, type Exchange, header } from "./evidence.ts";
import { allExchanges } from "./verdict.ts";

/** A target that asks for more patience than this is not waited for; what it refuses is not-tested. */
const longestMs = 60_000;
/** A target that says 429 without saying for how long gets this much peace. */
const unsaidMs = 1000;

/** Holds back new checks while the target has asked for peace (RFC 9110 § 10.2.3, RFC 6585 § 4). */
export interface RateGate {
  /** Resolves when the target may be asked again. */
  open(): Promise<void>;
  /** Looks at what a check met. */
  saw(evidence: Evidence): void;
}

export interface Time {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Milliseconds since the epoch. */
  wall(): number;
  wait(ms: number): Promise<void>;
}

const realTime: Time = {
  now: () => performance.now(),
  wall: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export function createRateGate(time: Time = realTime): RateGate {
  let until = 0;
  return {
    async open() {
      while (time.now() < until) await time.wait(until - time.now());
    },
    saw(evidence) {
      for (const exchange of allExchanges(evidence)) {
        if (exchange.to !== "target" || exchange.response?.status !== 429) continue;
        until = Math.max(until, time.now() + Math.min(longestMs, patienceOf(exchange, time.wall())));
      }
    },
  };
}

/** How long the target wants to be left alone: seconds, or a date. */
function patienceOf({ response }: Exchange, wall: number): number {
  const asked = response === null ? undefined : header(response, "retry-after");
  if (asked === undefined) return unsaidMs;
  const ms = /^\d+$/.test(asked.trim()) ? Number(asked) * 1000 : Date.parse(asked) - wall;
  return Number.isNaN(ms) ? unsaidMs : Math.max(0, ms);
}
