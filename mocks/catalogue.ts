import { athFaults } from "./ath/faults/index.ts";
import type { FaultRow } from "./core/rules.ts";
import { oauthFaults } from "./oauth-provider/faults.ts";

/** A named fault, the mock that has it, and the profile whose self-test must catch it (none: for client tests only). */
export interface CataloguedFault {
  readonly mock: "ath-gateway" | "oauth-provider";
  readonly profile: "ath-gateway" | null;
  readonly fault: FaultRow;
}

/** Every fault of every mock. */
export const faultCatalogue: readonly CataloguedFault[] = [
  ...athFaults.map((fault) => ({ mock: "ath-gateway", profile: "ath-gateway", fault }) as const),
  ...oauthFaults.map((fault) => ({ mock: "oauth-provider", profile: null, fault }) as const),
];

/** The faults that the self-test of a profile must catch. */
export function faultsOf(profile: string): readonly FaultRow[] {
  return faultCatalogue.filter((entry) => entry.profile === profile).map(({ fault }) => fault);
}

/** The ids of the faults that prove a check. */
export function provenBy(checkId: string): readonly string[] {
  return faultCatalogue.filter(({ fault }) => Object.hasOwn(fault.kills, checkId)).map(({ fault }) => fault.id);
}
