import type { Recorder } from "../engine/recorder.ts";
import type { UpstreamCall } from "./behind.ts";
import { type Arrival, type KitBehaviour, recordArrival } from "./kit-server.ts";

/** What arrives at the kit's servers because of one check (or one generated case), and where it is written down. */
export interface Witness {
  /** Stands in the query of the calls that the check makes through the target. */
  readonly marker: string;
  readonly recorder: Recorder;
  readonly calls: UpstreamCall[];
}

/** The witnesses of a run, found by their marker wherever a request target carries it. */
export interface Witnesses {
  add(recorder: Recorder): Witness;
  of(target: string): Witness | undefined;
}

export function createWitnesses(runId: string): Witnesses {
  const byMarker = new Map<string, Witness>();
  const pattern = new RegExp(`gpw-${runId}-[0-9a-z]+`);
  return {
    add(recorder) {
      const witness = { marker: `gpw-${runId}-${(byMarker.size + 1).toString(36)}`, recorder, calls: [] };
      byMarker.set(witness.marker, witness);
      return witness;
    },
    of: (target) => byMarker.get(pattern.exec(target)?.[0] ?? ""),
  };
}

/** Where a call arrived, and what the kit knows and answers. */
interface Seen {
  readonly arrival: Arrival;
  readonly answer: KitBehaviour;
  readonly origin: string;
  readonly at: number;
  /** `upstream`: inside the provider's API; `other`: anywhere else, where no proxied call belongs. */
  readonly to: "upstream" | "other";
  readonly user?: string;
}

/** Writes down a call that came through the target's proxy. */
export function witnessCall(witness: Witness, { arrival, answer, origin, at, to, user }: Seen): void {
  const exchange = recordArrival(witness.recorder, arrival, answer, { to, purpose: "upstream-call", origin, at });
  const { method, target, headers, body } = arrival;
  witness.calls.push({
    exchange: exchange.id,
    method,
    rawTarget: target,
    origin,
    escaped: to === "other",
    headers,
    body,
    ...(user === undefined ? {} : { user }),
  });
}
