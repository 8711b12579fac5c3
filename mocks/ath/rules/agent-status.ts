import type { Agent } from "../state.ts";

/** Credentials as they came with GET /ath/agents/{clientId}; all optional. */
export interface StatusCredentials {
  /** A JWT from `Authorization: Bearer` or `X-ATH-Agent-Attestation`. */
  readonly attestation: string | undefined;
  /** From `Authorization: Basic`. */
  readonly basic: { readonly clientId: string; readonly clientSecret: string } | undefined;
}

export interface AgentStatusRules {
  /** AGT-1: who asks, by credentials that were verified; undefined when nobody could be made out. */
  "agentStatus.caller": (input: {
    readonly credentials: StatusCredentials;
    /** The client_id in the path. */
    readonly clientId: string;
    readonly agents: ReadonlyMap<string, Agent>;
    /** The agent whose attestation this is, verified; undefined when it does not hold or is nobody's. */
    readonly byAttestation: (attestation: string) => Promise<Agent | undefined>;
    /** The agent with these credentials, verified. */
    readonly byClientSecret: (clientId: string, clientSecret: string) => Agent | undefined;
  }) => Promise<Agent | undefined>;
  /** AGT-2: an agent reads its own registration only. */
  "agentStatus.isOwn": (input: { readonly caller: Agent; readonly clientId: string }) => boolean;
  /** AGT-2: the registration that is shown. */
  "agentStatus.shown": (input: { readonly caller: Agent; readonly agents: ReadonlyMap<string, Agent> }) => Agent;
}

export const honestAgentStatus: AgentStatusRules = {
  "agentStatus.caller": async ({ credentials, byAttestation, byClientSecret }) => {
    const { attestation, basic } = credentials;
    if (basic !== undefined) return byClientSecret(basic.clientId, basic.clientSecret);
    return attestation === undefined ? undefined : byAttestation(attestation);
  },
  "agentStatus.isOwn": ({ caller, clientId }) => caller.clientId === clientId,
  "agentStatus.shown": ({ caller }) => caller,
};
