import type { Exchange } from "../engine/evidence.ts";
import type { RecordingWorld } from "../engine/world.ts";
import type { Agent, AgentKey } from "./agent.ts";
import type { BehindTarget } from "./behind.ts";
import type { HttpActs } from "./http-acts.ts";
import type { DeploymentMode } from "./service-api.ts";
import type { Settings } from "./settings.ts";
import type { User } from "./user.ts";

/**
 * What a check has in its hands while it drives: agents, users, the provider behind the target, hooks, and the recorder.
 * Each check (and each case of a property) gets a world of its own; nothing in it is shared with other checks.
 */
export interface World extends RecordingWorld<World>, HttpActs {
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
  /** The first configured provider and its operations. */
  readonly firstProvider: string;
  readonly secondProvider: string;
  /** `METHOD /path` of an operation that the scope allows at the provider; undefined when none is configured. */
  operationOf(scope: string, provider?: string): string | undefined;
  /** All refusals that the target answered in the whole run so far (for census checks), redacted. */
  refusalsOfRun(): readonly Exchange[];
}
