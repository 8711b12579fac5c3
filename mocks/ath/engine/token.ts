import type { TokenResponse } from "../../../schemas/index.ts";
import { type JsonObject, own, ownText } from "../json.ts";
import { digest } from "../random.ts";
import { Refused } from "../refusal.ts";
import type { Agent, Consent, Session } from "../state.ts";
import { answer } from "./answers.ts";
import { verifyAttestation } from "./attestation.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { countRequest } from "./rate-limit.ts";
import { readRequest } from "./request-body.ts";

/** The agent by its client credentials and its attestation. Throws {@link Refused}. */
async function callerOf(context: AthContext, body: JsonObject): Promise<Agent> {
  const { rules, state } = context;
  const { agents } = state;
  const agent = agents.get(ownText(body, "client_id") ?? "");
  if (agent === undefined) throw new Refused("client-unknown", "no agent is registered with this client_id");
  countRequest(context, agent.agentId);
  const clientSecret = ownText(body, "client_secret");
  if (!rules["credentials.areValid"]({ endpoint: "token", agent, clientSecret, agents })) {
    throw new Refused("credentials-wrong", "client_id and client_secret do not belong together");
  }
  const attestation = ownText(body, "agent_attestation");
  await verifyAttestation(context, { endpoint: "token", agentId: agent.agentId, attestation });
  return agent;
}

/** The session that this agent may exchange now. Throws {@link Refused}. */
function sessionOf(context: AthContext, agent: Agent, body: JsonObject): Session {
  const { rules, state, clock } = context;
  const { sessions, codes } = state;
  const session = rules["token.session"]({ sessionId: ownText(body, "ath_session_id"), agent, sessions });
  if (session === undefined) throw new Refused("session-unknown", "there is no such session");
  if (!rules["token.sessionIsOwn"]({ session, agent })) {
    throw new Refused("session-of-another", "there is no such session");
  }
  if (!rules["session.isAlive"]({ session, now: clock.now() })) {
    throw new Refused("session-expired", "the session has expired");
  }
  if (session.status === "denied") throw new Refused("user-denied", "the user denied the authorization");
  if (session.status === "failed") throw new Refused("bridge-failed", session.failure ?? "the provider failed");
  if (!rules["token.codeFits"]({ code: ownText(body, "code"), session, codes })) {
    throw new Refused("code-of-another-session", "the code does not belong to this session");
  }
  return session;
}

function issue(context: AthContext, agent: Agent, session: Session, consent: Consent): Response {
  const { rules, state, settings, random, clock } = context;
  const requested = session.requestedScopes;
  const approved = agent.approvals.find(({ provider_id }) => provider_id === session.providerId)?.approved_scopes ?? [];
  const effective = rules["scopes.effective"]({ approved, consented: consent.scopes, requested });
  const decision = {
    agent_id: agent.agentId,
    user_id: consent.userId,
    provider_id: session.providerId,
    requested_scopes: requested,
    effective_scopes: effective,
    denied_scopes: requested.filter((scope) => !effective.includes(scope)),
  };
  if (!rules["token.isWorthIssuing"]({ effective })) {
    state.grants.delete(consent.grantId);
    log(context, {
      event: "access_denied",
      ...decision,
      denial_reason: "nothing requested was both approved and granted",
    });
    throw new Refused("nothing-granted", "no requested scope was both approved and consented to");
  }

  const accessToken = `ath_${random.text(32)}`;
  const now = clock.now();
  const lifetime = rules["token.lifetimeSeconds"]({ configured: settings.limits.tokenSeconds });
  state.tokens.set(digest(accessToken), {
    digest: digest(accessToken),
    clientId: agent.clientId,
    agentId: agent.agentId,
    userId: consent.userId,
    providerId: session.providerId,
    requestedScopes: requested,
    effectiveScopes: effective,
    grantId: consent.grantId,
    issuedAt: now,
    expiresAt: now + lifetime * 1000,
    revokedAt: undefined,
  });
  log(context, { event: "access_granted", ...decision }, { accessToken });
  const response: TokenResponse = {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: lifetime,
    effective_scopes: effective,
    provider_id: session.providerId,
    agent_id: agent.agentId,
    scope_intersection: { agent_approved: approved, user_consented: consent.scopes, effective },
  };
  const grant = state.grants.get(consent.grantId);
  return answer(rules["token.body"]({ response, agent, session, grant }), 200, rules["token.headers"]({ grant }));
}

/** POST /ath/token (ATH 0.1 server/token). */
export async function token(context: AthContext, request: Request): Promise<Response> {
  const { rules, state } = context;
  const body = await readRequest(context, "token", request);
  if (!rules["token.grantTypeIsSupported"]({ grantType: own(body, "grant_type") })) {
    throw new Refused("grant-type-unsupported", "grant_type must be authorization_code");
  }
  const agent = await callerOf(context, body);
  const session = sessionOf(context, agent, body);
  const consent = rules["token.consent"]({ session, sessions: state.sessions });
  if (consent === undefined) throw new Refused("consent-not-completed", "the user has not consented yet");
  // Between the claim and the token nothing is waited for, so that exactly one of two exchanges at once wins.
  const claimed = rules["token.claim"]({ session });
  if (!(typeof claimed === "boolean" ? claimed : await claimed)) {
    throw new Refused("session-used", "the session was exchanged before");
  }
  return issue(context, agent, session, consent);
}
