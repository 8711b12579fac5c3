import { type FaultBoard, joinedFaultBoards } from "../core/fault-board.ts";
import type { FaultRow } from "../core/rules.ts";
import { wireFaultRows } from "../core/wire-faults.ts";

/** A fault of the wire, where there is no wire. */
export class NeedsServerError extends Error {
  readonly code = "FAULT_NEEDS_SERVER";
  constructor(id: string) {
    super(
      `the fault "${id}" shows on a connection, and behind msw there is none; start the mock on a port of its own (gateproof/mocks)`,
    );
  }
}

/** A board of faults, some of which may be about the way the mock is served. */
type Board = FaultBoard & { readonly faults: readonly Pick<FaultRow, "id" | "mount">[] };

/** The faults of a mock that no server serves: what takes one is refused by name. */
export function unserved(...boards: readonly Board[]): FaultBoard {
  const served = new Set<string>(wireFaultRows.map(({ id }) => id));
  for (const { id, mount } of boards.flatMap(({ faults }) => faults)) if (mount === "tls") served.add(id);
  const joined = joinedFaultBoards(...boards);
  return {
    ...joined,
    faults: joined.faults.filter(({ id }) => !served.has(id)),
    activate(fault) {
      if (served.has(fault.id)) throw new NeedsServerError(fault.id);
      joined.activate(fault);
    },
  };
}
