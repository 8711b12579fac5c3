import type { ShiftableClock } from "../core/clock.ts";
import type { ConsentControl, ConsentPolicy } from "../core/consent-policy.ts";
import { type ControlOptions, resetMock } from "../core/control-endpoints.ts";
import type { FaultSummary } from "../core/fault-board.ts";
import type { RequestEntry } from "../core/request-log.ts";
import { type ActiveFault, parseFault } from "../core/rules.ts";

/** Makes a mock misbehave by name, and honest again. */
export interface FaultSwitch {
  /** Every fault of this mock. */
  readonly known: readonly FaultSummary[];
  active(): readonly ActiveFault[];
  /** `ID`, or `ID@n` for the n-th use of its rule only. Throws UnknownFaultError. */
  activate(...faults: readonly string[]): void;
  /** Honest again. */
  clear(): void;
}

/** What every reference mock in this process lets a test do. */
export interface MockHandle extends AsyncDisposable {
  /** Its base URL. */
  readonly url: string;
  /** Its time; `clock.advance(600)` lets ten minutes pass. */
  readonly clock: ShiftableClock;
  readonly faults: FaultSwitch;
  /** The latest requests, oldest first, secrets masked. */
  requests(): readonly RequestEntry[];
  /** Everything back to the start: faults, clock, what it knows. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** A mock that asks users. */
export interface AskingMock {
  /** Decides for the user: `{ user: "alice", grant: "all" }`; undefined: a person is asked. Throws a RangeError for an unknown user. */
  consent(policy: ConsentPolicy | undefined): void;
}

type Controlled = Pick<ControlOptions, "clock" | "rules" | "requests" | "consent" | "reset">;

/** The handle of what is controlled by these. */
export function handleOf(url: string, controlled: Controlled, close: () => Promise<void>): MockHandle {
  const { clock, rules, requests } = controlled;
  return {
    url,
    clock,
    faults: {
      known: rules.faults,
      active: () => rules.active(),
      activate(...faults) {
        for (const fault of faults) rules.activate(parseFault(fault));
      },
      clear: () => rules.clear(),
    },
    requests: () => requests.entries(),
    reset: () => resetMock(controlled),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Lets a test decide for the user of a mock that has a consent page. */
export function askedBy(consent: ConsentControl): AskingMock {
  return { consent: (policy) => consent.set(policy) };
}
