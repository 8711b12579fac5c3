import type { Arbitrary } from "fast-check";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import type { Finding } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { generationMs, judgeCases, runCases } from "./cases.ts";
import { headOf } from "./head.ts";

type FastCheck = typeof import("fast-check");

export interface PropertyRow<Input extends Json, World = AthWorld> extends CheckRow {
  /** The inputs to generate, made for this target. */
  readonly given: (fc: FastCheck, world: World) => Arbitrary<Input>;
  /** Inputs that are tried first, whatever the seed; they count as runs. */
  readonly always?: readonly Input[];
  /** Where the inputs are few: the part of the runs that is enough for them. */
  readonly share?: number;
  /** Drives one case in a world of its own. The input is in the evidence as fact `input`. */
  readonly drive: (world: World, input: Input) => Promise<void>;
  /** Judges one case. */
  readonly judge: (evidence: Evidence) => Finding;
}

/**
 * A property: holds for every generated input. A failing input is shrunk to the smallest that still fails; the evidence
 * keeps every case that passed and that smallest one, last. Seed and path in the facts replay it.
 */
export function property<Input extends Json, World extends RecordingWorld<World> = AthWorld>(
  row: PropertyRow<Input, World>,
): Check<World> {
  const { given, always = [], share = 1, drive, judge } = row;
  return {
    ...headOf(row),
    kind: "property",
    async drive(world) {
      const fc = await import("fast-check");
      const cases = runCases(world, judge);
      const { seed, runs, path } = world.generation;
      const holds = (input: Input) =>
        cases.holds(async (own) => {
          own.fact("input", input);
          await drive(own, input);
        });
      const examples = always.map((input): [Input] => [input]);
      const parameters = {
        seed,
        numRuns: Math.max(always.length, Math.ceil(runs * share)),
        examples,
        interruptAfterTimeLimit: generationMs,
        ...(path === undefined ? {} : { path }),
      };
      const details = await fc.check(fc.asyncProperty(given(fc, world), holds), parameters);
      world.fact("seed", details.seed);
      world.fact("runs", details.numRuns);
      world.fact("shrinks", details.numShrinks);
      if (details.counterexamplePath !== null) world.fact("path", details.counterexamplePath);
      world.cases(cases.all());
    },
    judge: (evidence) =>
      judgeCases(evidence, judge, ({ facts }) => `smallest input found: ${JSON.stringify(facts["input"] ?? null)}`),
  };
}
