import type { KeyObject } from "node:crypto";
import type { ApprovedProvider, Developer } from "../../schemas/index.ts";
import type { AuditLine } from "./audit-entry.ts";
import type { JsonObject } from "./json.ts";

export type AgentStatus = "approved" | "pending" | "denied";

/** A registered agent. Times are milliseconds since the epoch, here and below. */
export interface Agent {
  readonly clientId: string;
  /** The URL of its identity document. */
  readonly agentId: string;
  readonly developer: Developer | undefined;
  /** {@link digest} of its client secret. */
  readonly secretDigest: string;
  readonly status: AgentStatus;
  /** What the policy allows by scope; in force only while the status is approved. */
  readonly approvals: readonly ApprovedProvider[];
  readonly redirectUris: readonly string[];
  readonly approvalExpiresAt: number;
}

/** `waiting`: for the user; `redeeming`: the provider's code is being redeemed; `exchanged`: its token was issued. */
export type SessionStatus = "waiting" | "redeeming" | "completed" | "exchanged" | "denied" | "failed";

/** A PKCE pair (RFC 7636). */
export interface Pkce {
  readonly verifier: string;
  readonly challenge: string;
  readonly method: "S256" | "plain";
}

/** What the user agreed to, as the provider reported it. */
export interface Consent {
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly grantId: string;
}

/** One authorization, from POST /ath/authorize to POST /ath/token. */
export interface Session {
  readonly id: string;
  /** Names the consent page: `<base>/ath/consent/{consentId}`. */
  readonly consentId: string;
  readonly clientId: string;
  readonly agentId: string;
  readonly providerId: string;
  readonly requestedScopes: readonly string[];
  readonly agentState: string | undefined;
  readonly userRedirectUri: string | undefined;
  readonly resource: string | undefined;
  /** The state of our own authorization request at the provider. */
  readonly providerState: string;
  readonly pkce: Pkce | undefined;
  readonly createdAt: number;
  readonly expiresAt: number;
  status: SessionStatus;
  /** Secret of the cookie that binds the browser which was last sent to consent. */
  binding: string | undefined;
  consent: Consent | undefined;
  /** Our own one-time code, handed to user_redirect_uri. */
  code: string | undefined;
  /** Why the status is `failed`, as the agent may be told. */
  failure: string | undefined;
}

/** The provider's tokens of one consent. */
export interface ProviderGrant {
  readonly id: string;
  readonly agentId: string;
  readonly userId: string;
  readonly providerId: string;
  accessToken: string;
  refreshToken: string | undefined;
  /** Undefined when the provider did not say. */
  expiresAt: number | undefined;
}

/** An issued ATH token, bound to agent, user, provider and scopes. */
export interface Token {
  /** {@link digest} of the token; also its key. */
  readonly digest: string;
  readonly clientId: string;
  readonly agentId: string;
  readonly userId: string;
  readonly providerId: string;
  readonly requestedScopes: readonly string[];
  readonly effectiveScopes: readonly string[];
  readonly grantId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  revokedAt: number | undefined;
}

/** The jti values seen and not yet forgotten. */
export interface ReplayMemory {
  has(key: string): boolean;
  /** Remembers a key until a time. */
  add(key: string, until: number): void;
}

/** A fetched identity document. */
export interface IdentityEntry {
  readonly url: string;
  readonly document: JsonObject;
  readonly fetchedAt: number;
  /** Undefined when the document's public_key cannot be read. */
  readonly publishedKey: () => KeyObject | undefined;
}

/** How a provider's API has been answering of late. */
export interface Breaker {
  /** Failures in a row. */
  failures: number;
  /** Until when it is left alone; 0: it is not. */
  openUntil: number;
}

/** The requests of one key in the current window. */
export interface RateWindow {
  readonly startedAt: number;
  count: number;
}

/** How much is remembered, by the name of the store. */
export type StateSizes = Readonly<Record<keyof GatewayState, number>>;

/** Everything an implementor remembers. What is dead is dropped as time passes. */
export interface GatewayState {
  /** By client_id. */
  readonly agents: Map<string, Agent>;
  /** client_id by agent_id. */
  readonly clientIds: Map<string, string>;
  /** By ath_session_id. */
  readonly sessions: Map<string, Session>;
  /** ath_session_id by the id of the consent page. */
  readonly consents: Map<string, string>;
  /** ath_session_id by the state sent to the provider. */
  readonly providerStates: Map<string, string>;
  /** ath_session_id by our own one-time code. */
  readonly codes: Map<string, string>;
  /** By digest. */
  readonly tokens: Map<string, Token>;
  /** By id. */
  readonly grants: Map<string, ProviderGrant>;
  /** Until when, by key. */
  readonly jtis: Map<string, number>;
  readonly rates: Map<string, RateWindow>;
  /** By URL. */
  readonly identities: Map<string, IdentityEntry>;
  /** When a document was last fetched past the cache, by URL. */
  readonly refetches: Map<string, number>;
  /** By provider id. */
  readonly breakers: Map<string, Breaker>;
  readonly audit: AuditLine[];
}

export function emptyState(): GatewayState {
  return {
    agents: new Map(),
    clientIds: new Map(),
    sessions: new Map(),
    consents: new Map(),
    providerStates: new Map(),
    codes: new Map(),
    tokens: new Map(),
    grants: new Map(),
    jtis: new Map(),
    rates: new Map(),
    identities: new Map(),
    refetches: new Map(),
    breakers: new Map(),
    audit: [],
  };
}

export function sizesOf(state: GatewayState): StateSizes {
  return {
    agents: state.agents.size,
    clientIds: state.clientIds.size,
    sessions: state.sessions.size,
    consents: state.consents.size,
    providerStates: state.providerStates.size,
    codes: state.codes.size,
    tokens: state.tokens.size,
    grants: state.grants.size,
    jtis: state.jtis.size,
    rates: state.rates.size,
    identities: state.identities.size,
    refetches: state.refetches.size,
    breakers: state.breakers.size,
    audit: state.audit.length,
  };
}

/** Forgets everything. */
export function clearState(state: GatewayState): void {
  const { audit, ...maps } = state;
  audit.length = 0;
  for (const map of Object.values(maps)) map.clear();
}
