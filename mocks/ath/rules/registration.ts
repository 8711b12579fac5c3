import type { AgentRegistrationResponse, ApprovedProvider } from "../../../schemas/index.ts";
import type { RandomSource } from "../../core/random.ts";
import { type JsonObject, ownText } from "../json.ts";
import type { Policy, Provider } from "../settings.ts";
import type { AgentStatus } from "../state.ts";

/** What an agent asks for at one provider. */
export interface Wish {
  readonly providerId: string;
  readonly scopes: readonly string[];
}

export interface RegistrationRules {
  /** REG-4: the agent_id is the one that the request names. */
  "registration.agentId": (input: {
    readonly body: JsonObject;
    /** The sub that the attestation claims, not verified. */
    readonly claimedSub: () => string | undefined;
  }) => string | undefined;
  /** REG-3: one registration for an agent_id. */
  "registration.isNew": (input: {
    readonly agentId: string;
    /** client_id by agent_id. */
    readonly clientIds: ReadonlyMap<string, string>;
  }) => boolean;
  /**
   * REG-2, REG-5: the policy's answer for each requested provider, once: approved and denied scopes share nothing and
   * make up what was requested; an unknown provider or scope is denied with the reason.
   */
  "registration.approvals": (input: {
    readonly wishes: readonly Wish[];
    readonly policy: Policy;
    readonly findProvider: (providerId: string) => Provider | undefined;
  }) => readonly ApprovedProvider[];
  /** The policy's answer to the agent as a whole: by its developer, and denied when nothing it asked for was approved. */
  "registration.status": (input: {
    readonly agentId: string;
    readonly developerId: string | undefined;
    readonly approvals: readonly ApprovedProvider[];
    readonly policy: Policy;
  }) => AgentStatus;
  /** REG-6: unguessable and different each time. */
  "registration.credentials": (input: { readonly random: RandomSource }) => {
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** REG-1: the body of the answer. */
  "registration.body": (input: { readonly response: AgentRegistrationResponse }) => unknown;
  /** REG-4: what a refused registration leaves behind: nothing. */
  "registration.onRefusal": (input: {
    readonly body: JsonObject;
    /** Registers an agent of this id with nothing approved. */
    readonly store: (agentId: string) => void;
  }) => void;
  /** A provider by its id; names such as `__proto__` are ids like others (ERR-1). */
  "provider.find": (input: {
    readonly providerId: string;
    readonly providers: ReadonlyMap<string, Provider>;
  }) => Provider | undefined;
}

/** One wish for each provider, each scope once. */
function merged(wishes: readonly Wish[]): ReadonlyMap<string, readonly string[]> {
  const scopes = new Map<string, readonly string[]>();
  for (const wish of wishes) {
    scopes.set(wish.providerId, [...new Set([...(scopes.get(wish.providerId) ?? []), ...wish.scopes])]);
  }
  return scopes;
}

function isApprovable(scope: string, provider: Provider, policy: Policy): boolean {
  const { approvableScopes, deniedScopes } = policy;
  return provider.scopes.includes(scope) && approvableScopes?.has(scope) !== false && !deniedScopes.has(scope);
}

function approval(providerId: string, wished: readonly string[], provider: Provider | undefined, policy: Policy) {
  const approved = provider === undefined ? [] : wished.filter((scope) => isApprovable(scope, provider, policy));
  const denied = wished.filter((scope) => !approved.includes(scope));
  const answer = { provider_id: providerId, approved_scopes: approved, denied_scopes: denied };
  if (provider === undefined) return { ...answer, denial_reason: "no provider has this id" };
  return denied.length === 0 ? answer : { ...answer, denial_reason: "unknown scopes, or not approvable by policy" };
}

export const honestRegistration: RegistrationRules = {
  "registration.agentId": ({ body }) => ownText(body, "agent_id"),
  "registration.isNew": ({ agentId, clientIds }) => !clientIds.has(agentId),
  "registration.approvals": ({ wishes, policy, findProvider }) =>
    [...merged(wishes)].map(([id, scopes]) => approval(id, scopes, findProvider(id), policy)),
  "registration.status": ({ developerId, approvals, policy }) => {
    if (developerId !== undefined && policy.deniedDevelopers.has(developerId)) return "denied";
    if (developerId !== undefined && policy.pendingDevelopers.has(developerId)) return "pending";
    const wished = approvals.some(({ denied_scopes }) => denied_scopes.length > 0);
    return wished && approvals.every(({ approved_scopes }) => approved_scopes.length === 0) ? "denied" : "approved";
  },
  "registration.credentials": ({ random }) => ({
    clientId: `agent_${random.text(16)}`,
    clientSecret: random.text(32),
  }),
  "registration.body": ({ response }) => response,
  "registration.onRefusal": () => {},
  "provider.find": ({ providerId, providers }) => providers.get(providerId),
};
