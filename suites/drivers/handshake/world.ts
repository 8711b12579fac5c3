import type { Json } from "../../engine/json.ts";
import type { RecordingWorld } from "../../engine/world.ts";
import type { HttpActs } from "../http-acts.ts";
import type { Reply } from "../reply.ts";
import type { Settings } from "../settings.ts";
import type { HandshakeAgent } from "./agent.ts";
import type { Algorithm, HandshakeKey } from "./keys.ts";
import type { HandshakeSettings, SystemSettings } from "./settings.ts";
import type { HandshakeUser } from "./user.ts";

/**
 * What a check of the nine-step handshake has in its hands: agents with keys, users who sign credentials and answer
 * confirmations, hooks, and the recorder. Each check (and each case of a property) gets a world of its own.
 */
export interface HandshakeWorld extends RecordingWorld<HandshakeWorld>, HttpActs {
  readonly settings: Settings;
  readonly handshake: HandshakeSettings;
  /** The target's base URL, without trailing slash. */
  readonly base: string;
  /** Stands in the query of API calls (`gp=<marker>`), so that a backend's log tells whose call arrived. */
  readonly marker: string;
  /** The first agent (ES256); more are made by newAgent. */
  readonly agent: HandshakeAgent;
  /** The configured user. */
  readonly user: HandshakeUser;
  /** The configured second user; stops the check as not-tested when there is none. */
  readonly secondUser: HandshakeUser;
  /** An agent with a DID nobody used before, unless one is given; `template` is a DID with {agent}. */
  newAgent(options?: NewAgentOptions): HandshakeAgent;
  /** A user whom the gateway does not know; no confirmation can reach him. */
  newUser(): HandshakeUser;
  /** A key that nobody published. Default ES256. */
  newKey(algorithm?: Algorithm): HandshakeKey;
  /** Every scope of every configured system, in order. */
  readonly scopes: readonly string[];
  /** The first configured system; stops the check as not-tested when there is none. */
  readonly system: SystemSettings;
  /** `METHOD /path` of the first operation that the scope allows; undefined when none is configured. */
  operationOf(scope: string): string | undefined;
  /** What the backends received (hook `backend_log`), oldest first. */
  backendLog(): Promise<readonly Json[]>;
  /** Makes a system's backend fail, or work again (hook `backend_fault`). */
  failBackend(system: SystemSettings, on: "on" | "off"): Promise<void>;
  /** Takes a token back (hook `revoke_token`). */
  revokeToken(token: string): Promise<void>;
  /** Takes back what the user allowed the agent (hook `revoke_user`). */
  revokeUser(user: HandshakeUser, agent: HandshakeAgent): Promise<void>;
  /** A request of this world once more, byte for byte. */
  repeat(reply: Reply): Promise<Reply>;
}

export interface NewAgentOptions {
  readonly algorithm?: Algorithm;
  /** The whole DID, to take another agent's place. */
  readonly did?: string;
  readonly key?: HandshakeKey;
  /** A DID with {agent}; default: settings.handshake.agentDid. */
  readonly template?: string;
}
