import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import type { Finding } from "../engine/finding.ts";

export interface PlainRow<World = AthWorld> extends CheckRow {
  /** Drives the target; marks and facts are what the judge gets. */
  readonly drive: (world: World) => Promise<void>;
  /** Pure: sees the evidence, which may come from a file, and nothing else. */
  readonly judge: (evidence: Evidence) => Finding;
}

/** A check that no recurring shape fits. */
export function check<World = AthWorld>({ needs = [], traits = [], ...row }: PlainRow<World>): Check<World> {
  return { kind: "check", needs, traits, ...row };
}
