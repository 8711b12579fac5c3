import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, untested } from "../engine/finding.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { type Mutations, readMutations } from "../fuzz/mutation.ts";
import { mustBeRefused, mutationsOf, omissionsOf } from "../fuzz/mutations.ts";
import { property } from "./property.ts";

/** Reads the evidence of one protocol; pure. */
export interface FuzzJudge {
  /** The valid message was granted before. */
  readonly controlGranted: (evidence: Evidence) => boolean;
  /** What came of the mutated message. `refuse`: no conforming target can grant it. */
  readonly attempt: (evidence: Evidence, refuse: boolean) => Finding;
  /** Whether a valid message was granted after it. */
  readonly alive: (evidence: Evidence) => Finding;
}

/** How a message is fuzzed, whatever protocol carries it. */
export interface Fuzzing<World> {
  readonly schema: unknown;
  readonly harmless: readonly string[];
  /** Sends the valid message, marks it, and stops the check as not-tested when it is refused. */
  readonly control: (world: World) => Promise<void>;
  /** Sends the mutated message, then a valid one; marks both. */
  readonly attempt: (world: World, mutations: Mutations) => Promise<void>;
  /** Where that was another than the one that is fuzzed: sends this one, after all mutations; marks it. */
  readonly afterwards?: (world: World) => Promise<void>;
  readonly judge: FuzzJudge;
}

/** A property over the mutations of one message; the positive control comes once, before all of them. */
export function fuzzed<World extends RecordingWorld<World>>(
  row: CheckRow & { readonly share?: number },
  { schema, harmless, control, attempt, afterwards, judge }: Fuzzing<World>,
): Check<World> {
  const series = property<Mutations, World>({
    ...row,
    given: (fc) => mutationsOf(fc, schema),
    always: omissionsOf(schema),
    drive: attempt,
    judge(evidence) {
      const refuse = mustBeRefused(schema, readMutations(evidence.facts["input"]), harmless);
      const finding = judge.attempt(evidence, refuse);
      return finding.outcome === "pass" ? judge.alive(evidence) : finding;
    },
  });
  return {
    ...series,
    async drive(world) {
      await control(world);
      await series.drive(world);
      await afterwards?.(world);
    },
    judge(evidence) {
      if (judge.controlGranted(evidence)) {
        const finding = series.judge(evidence);
        if (finding.outcome !== "pass" || afterwards === undefined) return finding;
        const end = judge.alive(evidence);
        return end.outcome === "pass" ? finding : end;
      }
      return untested({
        reasonCode: "control-refused",
        expected: "the message, valid, is granted first",
        actual: "no granted positive control is in the evidence",
      });
    },
  };
}
