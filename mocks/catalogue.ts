import type { ProfileId } from "../specs/requirement.ts";
import { athFaults } from "./ath/faults/index.ts";
import { handshakeFaults } from "./ath-handshake/faults/index.ts";
import { nativeFaults } from "./ath-native/faults.ts";
import { aunFaults } from "./aun-gateway/faults/index.ts";
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
  ...of("ath-native", "ath-native", nativeFaults),
  ...of("ath-handshake", "ath-handshake", handshakeFaults),
  ...of("aun-gateway", "aun-gateway", aunFaults),
  ...of("oauth-provider", null, oauthFaults),
];

/** A fault that no check can show from outside is there for the tests of clients. */
function of(mock: string, profile: ProfileId | null, faults: readonly FaultRow[]): readonly CataloguedFault[] {
  return faults.map((fault) => ({ mock, profile: Object.keys(fault.kills).length === 0 ? null : profile, fault }));
}

/** The faults that the self-test of a profile must catch. */
export function faultsOf(profile: string): readonly FaultRow[] {
  return faultCatalogue.filter((entry) => entry.profile === profile).map(({ fault }) => fault);
}

/** Gives the ids of the faults that prove a check of this profile. */
export function provenBy(profile: string): (checkId: string) => readonly string[] {
  const faults = faultsOf(profile);
  return (checkId) => faults.filter(({ kills }) => Object.hasOwn(kills, checkId)).map(({ id }) => id);
}
