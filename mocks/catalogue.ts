import type { ProfileId } from "../specs/requirement.ts";
import type { FaultRow } from "./core/rules.ts";
import { faultsOfMock, mustBeCaught } from "./faults-of.ts";

/** A named fault, the mock that has it, and the profile whose self-test must catch it (none: for client tests only). */
export interface CataloguedFault {
  readonly mock: string;
  readonly profile: ProfileId | null;
  readonly fault: FaultRow;
}

/** Every fault of every mock. */
export const faultCatalogue: readonly CataloguedFault[] = (
  await Promise.all(
    Object.entries(faultsOfMock).map(async ([mock, { profile, load }]) => {
      const faults: readonly FaultRow[] = await load();
      return faults.map((fault) => ({ mock, profile: mustBeCaught(fault) ? profile : null, fault }));
    }),
  )
).flat();
