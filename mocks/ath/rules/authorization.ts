import { createHash } from "node:crypto";
import type { RandomSource } from "../../core/random.ts";
import { type JsonObject, ownText } from "../json.ts";
import type { Provider } from "../settings.ts";
import type { Agent, Pkce } from "../state.ts";

/** The part of a provider that an agent was approved for. */
export interface Approval {
  readonly provider: Provider;
  readonly approvedScopes: readonly string[];
}

/** How POST /ath/authorize decides (ATH 0.1 server/authorization § Behavior), in the order of asking. */
export interface AuthorizationRules {
  /** AUTHZ-1: the registration that the request's client_id names. */
  "authorization.client": (input: {
    readonly body: JsonObject;
    readonly agents: ReadonlyMap<string, Agent>;
    /** The sub that the attestation claims, not verified. */
    readonly claimedSub: () => string | undefined;
  }) => Agent | undefined;
  /** AUTHZ-2. `now` in milliseconds. */
  "authorization.agentIsApproved": (input: { readonly agent: Agent; readonly now: number }) => boolean;
  /** AUTHZ-4: undefined when the agent was not approved for this provider. */
  "authorization.approval": (input: {
    readonly agent: Agent;
    readonly providerId: string;
    readonly requestedScopes: readonly string[];
    readonly providers: ReadonlyMap<string, Provider>;
    readonly findProvider: (providerId: string) => Provider | undefined;
  }) => Approval | undefined;
  /** AUTHZ-5: the scopes to go on with: all the requested ones, or undefined when one of them was not approved. */
  "authorization.scopes": (input: {
    readonly requested: readonly string[];
    readonly approved: readonly string[];
    readonly provider: Provider;
  }) => readonly string[] | undefined;
  /** AUTHZ-5: members of the scope refusal's body beside code and message. No session is made. */
  "authorization.scopeRefusalMembers": (input: {
    /** Opens the session after all and gives what the agent would have been answered. */
    readonly openSession: () => JsonObject;
  }) => JsonObject;
  /** AUTHZ-8, AUTHZ-9: character for character one of the registered ones. */
  "authorization.redirectUriIsRegistered": (input: {
    readonly uri: string;
    readonly registered: readonly string[];
    /** By client_id. */
    readonly agents: ReadonlyMap<string, Agent>;
  }) => boolean;
  /** AUTHZ-6: a fresh S256 pair for each session (RFC 7636 § 4.2). */
  "authorization.pkce": (input: { readonly random: RandomSource }) => Pkce | undefined;
  /** AUTHZ-6, AUTHZ-11, BRG-2: the URL of the provider's consent page. */
  "authorization.providerUrl": (input: {
    readonly provider: Provider;
    readonly redirectUri: string;
    readonly scopes: readonly string[];
    readonly state: string;
    readonly pkce: Pkce | undefined;
    readonly resource: string | undefined;
  }) => string;
}

/** The S256 challenge of a verifier. */
export function s256(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

export const honestAuthorization: AuthorizationRules = {
  "authorization.client": ({ body, agents }) => agents.get(ownText(body, "client_id") ?? ""),
  "authorization.agentIsApproved": ({ agent, now }) => agent.status === "approved" && now < agent.approvalExpiresAt,
  "authorization.approval": ({ agent, providerId, findProvider }) => {
    const approved = agent.approvals.find(({ provider_id }) => provider_id === providerId)?.approved_scopes;
    const provider = findProvider(providerId);
    if (provider === undefined || approved === undefined || approved.length === 0) return undefined;
    return { provider, approvedScopes: approved };
  },
  "authorization.scopes": ({ requested, approved }) =>
    requested.length > 0 && requested.every((scope) => approved.includes(scope)) ? [...new Set(requested)] : undefined,
  "authorization.scopeRefusalMembers": () => ({}),
  "authorization.redirectUriIsRegistered": ({ uri, registered }) => registered.includes(uri),
  "authorization.pkce": ({ random }) => {
    const verifier = random.text(32);
    return { verifier, challenge: s256(verifier), method: "S256" };
  },
  "authorization.providerUrl": ({ provider, redirectUri, scopes, state, pkce, resource }) => {
    const url = new URL(provider.authorizationEndpoint);
    const parameters = url.searchParams;
    parameters.set("response_type", "code");
    parameters.set("client_id", provider.clientId);
    parameters.set("redirect_uri", redirectUri);
    parameters.set("scope", scopes.join(" "));
    parameters.set("state", state);
    if (pkce !== undefined) {
      parameters.set("code_challenge", pkce.challenge);
      parameters.set("code_challenge_method", pkce.method);
    }
    if (resource !== undefined) parameters.set("resource", resource);
    return url.href;
  },
};
