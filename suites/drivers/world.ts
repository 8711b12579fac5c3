import type { Exchange, Purpose } from "../engine/evidence.ts";
import type { Json } from "../engine/json.ts";
import type { RecordingWorld } from "../engine/world.ts";
import type { Agent, AgentKey } from "./agent.ts";
import type { BehindTarget } from "./behind.ts";
import type { Reply } from "./reply.ts";
import type { DeploymentMode } from "./service-api.ts";
import type { Settings } from "./settings.ts";
import type { User } from "./user.ts";

/**
 * What a check has in its hands while it drives: agents, users, the provider behind the target, hooks, and the recorder.
 * Each check (and each case of a property) gets a world of its own; nothing in it is shared with other checks.
 */
export interface World extends RecordingWorld<World> {
  readonly settings: Settings;
  /** How the target is deployed: before providers, or as a service that implements ATH itself. */
  readonly mode: DeploymentMode;
  /** The target's base URL, without trailing slash. */
  readonly base: string;
  /** The target's token endpoint URL. */
  readonly tokenEndpoint: string;
  /** Stands in the query of every call through a gateway's proxy (`gp=<marker>`), so that the kit's servers know whose call arrives. */
  readonly marker: string;
  /** The first agent and the first user (alice); more are made by newAgent and newUser. */
  readonly agent: Agent;
  readonly user: User;
  newAgent(): Agent;
  /** Default name: bob, then carol, … */
  newUser(name?: string): User;
  /** A key that nobody published. */
  newKey(): AgentKey;
  /** Stops the check as not-tested when the kit's provider is not behind the target. */
  readonly provider: BehindTarget;
  /** The kit's time in ms, shifted along with the target's clock. */
  now(): number;
  /** Moves the target's clock (hook `clock`) and the kit's along with it. */
  advanceClock(seconds: number): Promise<void>;
  /** The lines of the audit log (hook `audit`) as parsed JSON, oldest first. */
  auditLog(): Promise<readonly Json[]>;
  /** A request of any shape to the target; `path` goes out byte for byte. */
  send(request: {
    readonly purpose: Purpose;
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly body?: string | Buffer;
    /** Default: "agent" (with the configured extra headers). */
    readonly from?: "agent" | "user";
  }): Promise<Reply>;
  /** The first configured provider and its operations. */
  readonly firstProvider: string;
  readonly secondProvider: string;
  /** `METHOD /path` of an operation that the scope allows at the provider; undefined when none is configured. */
  operationOf(scope: string, provider?: string): string | undefined;
  /** A random value from the run's seed: same seed, same values, check by check. */
  random(): number;
  /** Real milliseconds to pass (never longer than a few seconds). */
  wait(ms: number): Promise<void>;
  /** All refusals that the target answered in the whole run so far (for census checks), redacted. */
  refusalsOfRun(): readonly Exchange[];
}
