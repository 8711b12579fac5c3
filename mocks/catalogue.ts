import type { ProfileId } from "../specs/requirement.ts";
import { athFaults } from "./ath/faults/index.ts";
import type { FaultRow } from "./core/rules.ts";
import { oauthFaults } from "./oauth-provider/faults.ts";

/** A named fault, the mock that has it, and the profile whose self-test must catch it (none: for client tests only). */
export interface CataloguedFault {
  readonly mock: string;
  readonly profile: ProfileId | null;
  readonly fault: FaultRow;
}

/** Every fault of every mock. */
export const faultCatalogue: readonly CataloguedFault[] = [
  ...of("ath-gateway", "ath-gateway", athFaults),
  ...of("oauth-provider", null, oauthFaults),
];

function of(mock: string, profile: ProfileId | null, faults: readonly FaultRow[]): readonly CataloguedFault[] {
  return faults.map((fault) => ({ mock, profile, fault }));
}

/** The faults that the self-test of a profile must catch. */
export function faultsOf(profile: string): readonly FaultRow[] {
  return faultCatalogue.filter((entry) => entry.profile === profile).map(({ fault }) => fault);
}

/** The ids of the faults that prove a check. */
export function provenBy(checkId: string): readonly string[] {
  const proofs = faultCatalogue.filter(({ fault }) => Object.hasOwn(fault.kills, checkId));
  return [...new Set(proofs.map(({ fault }) => fault.id))];
}
