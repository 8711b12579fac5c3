import type { LeftBehind } from "../drivers/leavings.ts";
import type { Evidence, Exchange } from "./evidence.ts";
import type { Json } from "./json.ts";
import type { Recorder, RecorderOptions } from "./recorder.ts";

/** How properties are run: the seed of this check, the number of inputs, and the path of a replayed counterexample. */
export interface Generation {
  readonly seed: number;
  readonly runs: number;
  readonly path?: string;
  /** Of a model check: which commands of the counterexample were run (fast-check's replayPath). */
  readonly replayPath?: string;
}

/** A world for one generated case, and how to close it. */
export interface Fork<World> {
  readonly world: World;
  /** The redacted evidence of the case; call it once, when the case is over. `error`: what the drive threw, if it did. */
  finish(error?: unknown): Evidence;
}

/** What every world offers, whatever protocol its drivers speak: the way to tell the judge something. */
export interface RecordingWorld<World> {
  /** Gives exchanges of this check a role that the judge will ask for. */
  mark(role: string, ...replies: readonly { readonly exchange: Exchange }[]): void;
  /** Tells the judge something beyond the wire. */
  fact(name: string, value: Json): void;
  readonly generation: Generation;
  /** A world of its own for one case of a property: own agents, own users, own evidence. */
  fork(): Fork<World>;
  /** Hands the judge the evidence of generated cases (kinds/property.ts). */
  cases(cases: readonly Evidence[]): void;
}

/** What a world is made for. */
export interface WorldOptions {
  readonly checkId: string;
  readonly recorder: Recorder;
  readonly generation: Generation;
  readonly refusalsOfRun: () => readonly Exchange[];
}

/** The drivers of a profile, opened for one run. */
export interface Kit<World> extends RecorderOptions {
  world(options: WorldOptions): World;
  /** Closes what a check has left open in its world. */
  finished?(world: World): Promise<void>;
  /** Takes back what was made at the target, as far as it can be. */
  cleanUp?(): Promise<LeftBehind>;
  /** Ends all servers and connections. */
  close(): Promise<void>;
}
