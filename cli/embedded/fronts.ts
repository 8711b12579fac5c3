import { type ShiftableClock, shiftableClock } from "../../mocks/core/clock.ts";
import type { HttpHandler } from "../../mocks/core/http.ts";
import type { Keep } from "../../mocks/core/keeping.ts";
import { type RunningServer, serve } from "../../mocks/core/node-server.ts";
import type { Addresses, MockOptions } from "./mock-side.ts";

/** Limits under which the timing checks show what they must in the shortest real time. */
export const limits = { requests_per_minute: 80, identity_timeout_ms: 600 };

/** A check reads a log right after what it looks for there; what is older costs time, and is of no use to any. */
export function latestOf<Entry>(log: () => Iterable<Entry>): () => readonly Entry[] {
  return () => [...log()].slice(-500);
}

/** A server whose handler is mounted once its address is known. */
interface Front extends RunningServer {
  mount(handler: HttpHandler): void;
}

/** Where a reference implementor of ATH serves, and its clock. */
export interface Fronts {
  readonly front: Front;
  readonly control: Front;
  readonly clock: ShiftableClock;
  readonly addresses: Addresses;
}

/** Opens the addresses of a reference implementor; what it opens is kept for the caller to close. */
export async function openFronts({ mount, faults = [] }: MockOptions, keep: Keep): Promise<Fronts> {
  const certificates = mount === "tls" ? await ownTls(faults) : undefined;
  const front = await listen(keep, certificates === undefined ? {} : { tls: certificates.tls });
  const control = await listen(keep);
  const addresses = { front: front.url, control: control.url, ...(certificates && { ca: certificates.authority }) };
  return { front, control, clock: shiftableClock(), addresses };
}

async function listen(keep: Keep, options: Parameters<typeof serve>[1] = {}): Promise<Front> {
  let handler: HttpHandler = async () => new Response(null, { status: 503 });
  const server = keep(await serve((request, peer) => handler(request, peer), options));
  return {
    ...server,
    mount(given) {
      handler = given;
    },
  };
}

async function ownTls(faults: readonly string[]) {
  const [{ ownCertificates }, { minimumTlsVersion }] = await Promise.all([
    import("../../mocks/core/tls.ts"),
    import("../../mocks/ath/minimum-tls.ts"),
  ]);
  const { authority, certificate, key } = ownCertificates();
  return { authority, tls: { certificate, key, minVersion: minimumTlsVersion(faults) } };
}
