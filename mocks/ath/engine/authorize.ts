import type { AuthorizationResponse } from "../../../schemas/index.ts";
import { type JsonObject, ownText, ownTexts } from "../json.ts";
import { Refused } from "../refusal.ts";
import type { Approval } from "../rules/authorization.ts";
import type { Agent, Session } from "../state.ts";
import { answer } from "./answers.ts";
import { claimedSub, verifyAttestation } from "./attestation.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { consentPath } from "./context.ts";
import { countRequest } from "./rate-limit.ts";
import { readRequest } from "./request-body.ts";

interface Opening {
  readonly agent: Agent;
  readonly body: JsonObject;
  readonly providerId: string;
  readonly scopes: readonly string[];
}

function openSession(context: AthContext, { agent, body, providerId, scopes }: Opening): AuthorizationResponse {
  const { rules, state, settings, random, clock } = context;
  const now = clock.now();
  const session: Session = {
    id: `session_${random.text(16)}`,
    consentId: random.text(18),
    clientId: agent.clientId,
    agentId: agent.agentId,
    providerId,
    requestedScopes: scopes,
    agentState: ownText(body, "state"),
    userRedirectUri: ownText(body, "user_redirect_uri"),
    resource: ownText(body, "resource"),
    providerState: random.text(24),
    pkce: rules["authorization.pkce"]({ random }),
    createdAt: now,
    expiresAt: now + settings.limits.sessionSeconds * 1000,
    status: "waiting",
    binding: undefined,
    consent: undefined,
    code: undefined,
    failure: undefined,
  };
  state.sessions.set(session.id, session);
  state.consents.set(session.consentId, session.id);
  state.providerStates.set(session.providerState, session.id);
  const url = settings.publicUrl + consentPath + session.consentId;
  return { authorization_url: rules["transport.handedOutUrl"]({ url }), ath_session_id: session.id };
}

/** The scopes to ask the user for. Throws {@link Refused} `scope-unapproved`. */
function scopesOf(context: AthContext, { provider, approvedScopes }: Approval, opening: Opening): readonly string[] {
  const { rules } = context;
  const requested = opening.scopes;
  const scopes = rules["authorization.scopes"]({ requested, approved: approvedScopes, provider });
  if (scopes !== undefined) return scopes;
  const unapproved = requested.filter((scope) => !approvedScopes.includes(scope));
  log(context, {
    event: "scope_violation",
    agent_id: opening.agent.agentId,
    provider_id: opening.providerId,
    requested_scopes: requested,
    denied_scopes: unapproved,
    denial_reason: "scopes outside the approved ones were requested",
  });
  const members = rules["authorization.scopeRefusalMembers"]({
    openSession: () => ({ ...openSession(context, opening) }),
  });
  const details = { unapproved_scopes: unapproved };
  throw new Refused(
    "scope-unapproved",
    requested.length === 0 ? "no scope was requested" : "a requested scope was not approved for this agent",
    { members: { details, ...members } },
  );
}

function judgeRedirectUri({ rules, state }: AthContext, agent: Agent, body: JsonObject): void {
  const uri = ownText(body, "user_redirect_uri");
  const registered = agent.redirectUris;
  const { agents } = state;
  if (uri === undefined || rules["authorization.redirectUriIsRegistered"]({ uri, registered, agents })) return;
  throw new Refused("redirect-uri-unregistered", "user_redirect_uri is not one of the registered redirect URIs");
}

/** The approval that the request is judged by. Throws {@link Refused} `agent-unapproved` or `provider-unapproved`. */
function approvalOf(context: AthContext, { agent, providerId, scopes }: Opening): Approval {
  const { rules, settings, clock } = context;
  const { providers } = settings;
  if (!rules["authorization.agentIsApproved"]({ agent, now: clock.now() })) {
    throw new Refused("agent-unapproved", `the agent is not approved, its status is ${agent.status}`);
  }
  const approval = rules["authorization.approval"]({
    agent,
    providerId,
    requestedScopes: scopes,
    providers,
    findProvider: (id) => rules["provider.find"]({ providerId: id, providers }),
  });
  if (approval === undefined) throw new Refused("provider-unapproved", "the agent was not approved for this provider");
  return approval;
}

/** Decides on the request of an agent whose attestation holds, and opens its session. Throws {@link Refused}. */
function decide(context: AthContext, opening: Opening): AuthorizationResponse {
  const { agent, providerId, scopes: requested } = opening;
  const concerned = { agent_id: agent.agentId, provider_id: providerId, requested_scopes: requested };
  try {
    const approval = approvalOf(context, opening);
    const scopes = scopesOf(context, approval, opening);
    judgeRedirectUri(context, agent, opening.body);
    log(context, { event: "authorization_started", ...concerned });
    return openSession(context, { ...opening, providerId: approval.provider.id, scopes });
  } catch (error) {
    if (error instanceof Refused) {
      log(context, { event: "access_denied", ...concerned, denied_scopes: requested, denial_reason: error.message });
    }
    throw error;
  }
}

/** POST /ath/authorize (ATH 0.1 server/authorization). */
export async function authorize(context: AthContext, request: Request): Promise<Response> {
  const { rules, state } = context;
  const body = await readRequest(context, "authorize", request);
  const attestation = ownText(body, "agent_attestation");
  const agent = rules["authorization.client"]({
    body,
    agents: state.agents,
    claimedSub: () => claimedSub(attestation),
  });
  if (agent === undefined) throw new Refused("client-unknown", "no agent is registered with this client_id");
  countRequest(context, agent.agentId);
  await verifyAttestation(context, { endpoint: "authorize", agentId: agent.agentId, attestation });
  const providerId = ownText(body, "provider_id") ?? "";
  const opened = decide(context, { agent, body, providerId, scopes: ownTexts(body, "scopes") });
  return answer(opened, 200, { "cache-control": "no-store" });
}
