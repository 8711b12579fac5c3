import { type ShiftableClock, shiftableClock } from "../../mocks/core/clock.ts";
import type { Keep } from "../../mocks/core/keeping.ts";
import { type MountedServer, serveMounted } from "../../mocks/core/mounted-server.ts";
import type { Addresses, MockOptions } from "./mock-side.ts";

/** The limit under which the checks of rates show what they must with the fewest requests. */
export const limits = { requests_per_minute: 80 };

/** A check reads a log right after what it looks for there; what is older costs time, and is of no use to any. */
export function latestOf<Entry>(log: () => Iterable<Entry>): () => readonly Entry[] {
  return () => [...log()].slice(-500);
}

/** Where a reference implementor of ATH serves, and its clock. */
export interface Fronts {
  readonly front: MountedServer;
  readonly control: MountedServer;
  readonly clock: ShiftableClock;
  readonly addresses: Addresses;
}

/** Opens the addresses of a reference implementor; what it opens is kept for the caller to close. */
export async function openFronts({ mount, faults = [] }: MockOptions, keep: Keep): Promise<Fronts> {
  const certificates = mount === "tls" ? await tlsOf(faults) : undefined;
  const front = await serveMounted(keep, certificates === undefined ? {} : { tls: certificates.tls });
  const control = await serveMounted(keep);
  const addresses = { front: front.url, control: control.url, ...(certificates && { ca: certificates.authority }) };
  return { front, control, clock: shiftableClock(), addresses };
}

/** Loaded only where it serves: what makes certificates is of no use to the others. */
async function tlsOf(faults: readonly string[]) {
  const [{ ownTls }, { minimumTlsVersion }] = await Promise.all([
    import("../../mocks/core/tls.ts"),
    import("../../mocks/ath/minimum-tls.ts"),
  ]);
  return ownTls(minimumTlsVersion(faults));
}
