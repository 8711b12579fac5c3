import type { ProfileId } from "../specs/requirement.ts";
import type { FaultRow } from "./core/rules.ts";

/** The faults of each mock and the profile whose self-test must catch them; a run of one profile loads no other mock. */
export const faultsOfMock = {
  "ath-gateway": { profile: "ath-gateway", load: async () => (await import("./ath/faults/index.ts")).athFaults },
  "ath-native": { profile: "ath-native", load: async () => (await import("./ath-native/faults.ts")).nativeFaults },
  "ath-handshake": {
    profile: "ath-handshake",
    load: async () => (await import("./ath-handshake/faults/index.ts")).handshakeFaults,
  },
  "aun-gateway": {
    profile: "aun-gateway",
    load: async () => (await import("./aun-gateway/faults/index.ts")).aunFaults,
  },
  "oauth-provider": { profile: null, load: async () => (await import("./oauth-provider/faults.ts")).oauthFaults },
} as const satisfies Record<
  string,
  { readonly profile: ProfileId | null; readonly load: () => Promise<readonly FaultRow[]> }
>;

/** A fault that no check can show from outside is there for the tests of clients. */
export function mustBeCaught({ kills }: FaultRow): boolean {
  return Object.keys(kills).length > 0;
}

/** The faults that the self-test of a profile must catch. */
export async function faultsOf(profile: string): Promise<readonly FaultRow[]> {
  const mocks = Object.values(faultsOfMock).filter((mock) => mock.profile === profile);
  const faults: readonly (readonly FaultRow[])[] = await Promise.all(mocks.map(({ load }) => load()));
  return faults.flat().filter(mustBeCaught);
}

/** Gives the ids of the faults that prove a check of this profile. */
export async function provenBy(profile: string): Promise<(checkId: string) => readonly string[]> {
  const faults = await faultsOf(profile);
  return (checkId) => faults.filter(({ kills }) => Object.hasOwn(kills, checkId)).map(({ id }) => id);
}
