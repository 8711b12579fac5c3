import type { Arbitrary, AsyncCommand } from "fast-check";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, violated } from "../engine/finding.ts";
import { isObject, type Json } from "../engine/json.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { generationMs, judgeCases, runCases } from "./cases.ts";
import { headOf } from "./head.ts";

type FastCheck = typeof import("fast-check");

/** What the model says of one step: the state after it, or why no conforming target does what was seen. */
export type Move<State> =
  | { readonly state: State }
  | {
      readonly reasonCode: string;
      readonly expected: string;
      readonly actual: string;
      /** The exchanges or frames that show it. */
      readonly exchanges?: readonly { readonly id: number }[];
    };

export interface ModelRow<State, Step extends Json, Seen extends Json, Real, World> extends CheckRow {
  /** The steps that may be generated: one arbitrary for each sort of step. */
  readonly steps: (fc: FastCheck, world: World) => readonly Arbitrary<Step>[];
  /** The longest sequence; default 20. */
  readonly longest?: number;
  /** How long the sequences tend to be: mostly short ones (fast-check's default), or any length up to the longest. */
  readonly size?: "small" | "max";
  /** The model before the first step. */
  readonly initial: State;
  /** False: the step has no meaning in this state and is left out. */
  readonly possible?: (state: State, step: Step) => boolean;
  /** What the drive holds on to from step to step: connections, messages that may be replayed. */
  readonly begin: (world: World) => Promise<Real> | Real;
  /** Takes one step against the target; gives what was seen, as data that the model can read. */
  readonly take: (world: World, real: Real, step: Step) => Promise<Seen>;
  /** Closes what is open; called whatever happened. */
  readonly end?: (world: World, real: Real) => Promise<void>;
  /** Pure. Run while driving, to know the state, and again by the judge on what was recorded. */
  readonly next: (state: State, step: Step, seen: Seen) => Move<State>;
}

/** How a step and what was seen stand in the evidence (fact `steps`). */
interface Taken<Step, Seen> {
  readonly step: Step;
  readonly seen: Seen;
}

/**
 * A model: generated sequences of steps, against a small state model. A sequence that the model cannot follow is shrunk to
 * the shortest; facts `seed`, `path` and `replayPath` replay it.
 *
 * The steps taken and what was seen are data in the evidence, and the judge walks the model over them again.
 */
export function model<State, Step extends Json, Seen extends Json, Real, World extends RecordingWorld<World>>(
  row: ModelRow<State, Step, Seen, Real, World>,
): Check<World> {
  const { longest = 20, size } = row;
  const judge = (evidence: Evidence) => judgeSteps(row, takenIn<Step, Seen>(evidence));
  return {
    ...headOf(row),
    kind: "model",
    async drive(world) {
      const fc = await import("fast-check");
      const { seed, runs, path, replayPath } = world.generation;
      const cases = runCases(world, judge);
      const commands = fc.commands(
        row.steps(fc, world).map((steps) => steps.map((step) => commandOf(row, step))),
        { maxCommands: longest, ...(size && { size }), ...(replayPath === undefined ? {} : { replayPath }) },
      );
      const holds = fc.asyncProperty(commands, (sequence) =>
        cases.holds(async (own) => {
          const real = await row.begin(own);
          const walk: Walk<State, Step, Seen, Real, World> = { world: own, real, taken: [], state: row.initial };
          try {
            await fc.asyncModelRun(() => ({ model: walk, real: walk }), sequence);
          } catch (error) {
            if (!(error instanceof OffTheModel)) throw error;
          } finally {
            own.fact(
              "steps",
              walk.taken.map(({ step, seen }) => ({ step, seen })),
            );
            await row.end?.(own, real);
          }
        }),
      );
      const parameters = {
        seed,
        numRuns: runs,
        interruptAfterTimeLimit: generationMs,
        ...(path === undefined ? {} : { path }),
      };
      const details = await fc.check(holds, parameters);
      world.fact("seed", details.seed);
      world.fact("runs", details.numRuns);
      world.fact("shrinks", details.numShrinks);
      if (details.counterexamplePath !== null) world.fact("path", details.counterexamplePath);
      const replayed = /replayPath="([^"]*)"/.exec(String(details.counterexample?.[0] ?? ""))?.[1];
      if (replayed !== undefined) world.fact("replayPath", replayed);
      world.cases(cases.all());
    },
    judge: (evidence) =>
      judgeCases(evidence, judge, (smallest) => {
        const steps = takenIn<Step, Seen>(smallest).map(({ step }) => JSON.stringify(step));
        return `shortest sequence found: ${steps.join(", ")}`;
      }),
  };
}

/** One walk through the model beside the target. */
interface Walk<State, Step, Seen, Real, World> {
  readonly world: World;
  readonly real: Real;
  readonly taken: Taken<Step, Seen>[];
  state: State;
}

class OffTheModel extends Error {
  readonly code = "OFF_THE_MODEL";
}

function commandOf<State, Step extends Json, Seen extends Json, Real, World>(
  { possible = () => true, take, next }: ModelRow<State, Step, Seen, Real, World>,
  step: Step,
): AsyncCommand<Walk<State, Step, Seen, Real, World>, Walk<State, Step, Seen, Real, World>> {
  return {
    check: ({ state }) => possible(state, step),
    async run(walk) {
      const seen = await take(walk.world, walk.real, step);
      walk.taken.push({ step, seen });
      const move = next(walk.state, step, seen);
      if (!("state" in move)) throw new OffTheModel(move.actual);
      walk.state = move.state;
    },
    toString: () => JSON.stringify(step),
  };
}

function judgeSteps<State, Step extends Json, Seen extends Json, Real, World>(
  { initial, next }: ModelRow<State, Step, Seen, Real, World>,
  taken: readonly Taken<Step, Seen>[],
): Finding {
  let state = initial;
  for (const [index, { step, seen }] of taken.entries()) {
    const move = next(state, step, seen);
    if (!("state" in move)) {
      return violated({ ...move, actual: `at step ${index + 1}, ${JSON.stringify(step)}: ${move.actual}` });
    }
    state = move.state;
  }
  return pass();
}

/** The steps in the evidence; they are there as `drive` wrote them. */
function takenIn<Step extends Json, Seen extends Json>({ facts }: Evidence): readonly Taken<Step, Seen>[] {
  const { steps } = facts;
  return Array.isArray(steps) ? steps.filter(isTaken<Step, Seen>) : [];
}

function isTaken<Step, Seen>(value: unknown): value is Taken<Step, Seen> {
  return isObject(value) && "step" in value && "seen" in value;
}
