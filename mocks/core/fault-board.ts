import type { FiredFault } from "./firing-log.ts";
import { type ActiveFault, UnknownFaultError } from "./rules.ts";

/** A fault as lists show it. */
export interface FaultSummary {
  readonly id: string;
  readonly requirement: string;
  readonly sentence: string;
  readonly rule: PropertyKey;
}

/** What switches faults on and off: a rule book, the wire faults of a server, or several of them as one. */
export interface FaultBoard {
  readonly faults: readonly FaultSummary[];
  active(): readonly ActiveFault[];
  /** The faults that took a decision since the last `clear`. */
  fired(): readonly FiredFault[];
  /** Throws {@link UnknownFaultError}. */
  activate(fault: ActiveFault): void;
  clear(): void;
}

/** Several boards as one; a fault goes to the first board that knows it. */
export function joinedFaultBoards(...boards: readonly FaultBoard[]): FaultBoard {
  const faults = boards.flatMap((board) => board.faults);
  return {
    faults,
    active: () => boards.flatMap((board) => board.active()),
    fired: () => boards.flatMap((board) => board.fired()),
    activate(fault) {
      const board = boards.find((one) => one.faults.some(({ id }) => id === fault.id));
      if (board === undefined) {
        throw new UnknownFaultError(
          fault.id,
          faults.map(({ id }) => id),
        );
      }
      board.activate(fault);
    },
    clear() {
      for (const board of boards) board.clear();
    },
  };
}

/** The active faults with the sentence that says what each does. */
export function activeWithSentences(board: FaultBoard): readonly (ActiveFault & { readonly sentence: string })[] {
  return board.active().map((fault) => ({
    ...fault,
    sentence: board.faults.find(({ id }) => id === fault.id)?.sentence ?? "",
  }));
}
