import type { GatewayState, Session } from "../state.ts";

const MINUTE = 60_000;
/** How often what is dead is looked for. */
const INTERVAL = MINUTE / 2;
/** Dead sessions and tokens are known for a while, so that an agent is told what became of them. */
const SESSION_GRACE = 10 * MINUTE;
const TOKEN_GRACE = 60 * MINUTE;
const AGENT_GRACE = 24 * 60 * MINUTE;
/** Longer than any document is used from the cache. */
const DOCUMENT_LIFE = 10 * MINUTE;

function dropSession(state: GatewayState, session: Session): void {
  state.sessions.delete(session.id);
  state.consents.delete(session.consentId);
  state.providerStates.delete(session.providerState);
  if (session.code !== undefined) state.codes.delete(session.code);
  // The provider's tokens of a consent that no ATH token was issued for.
  if (session.status === "completed" && session.consent !== undefined) state.grants.delete(session.consent.grantId);
}

function dropWhere<Value>(map: Map<string, Value>, isDead: (value: Value) => boolean): void {
  for (const [key, value] of map) if (isDead(value)) map.delete(key);
}

function sweep(state: GatewayState, now: number): void {
  for (const session of state.sessions.values()) {
    if (session.expiresAt + SESSION_GRACE <= now) dropSession(state, session);
  }
  for (const token of state.tokens.values()) {
    if (token.expiresAt + TOKEN_GRACE > now) continue;
    state.tokens.delete(token.digest);
    state.grants.delete(token.grantId);
  }
  for (const agent of state.agents.values()) {
    if (agent.approvalExpiresAt + AGENT_GRACE > now) continue;
    state.agents.delete(agent.clientId);
    if (state.clientIds.get(agent.agentId) === agent.clientId) state.clientIds.delete(agent.agentId);
  }
  dropWhere(state.jtis, (until) => until <= now);
  dropWhere(state.rates, ({ startedAt }) => startedAt + MINUTE <= now);
  dropWhere(state.identities, ({ fetchedAt }) => fetchedAt + DOCUMENT_LIFE <= now);
  dropWhere(state.refetches, (at) => at + MINUTE <= now);
}

/** Gives the function that is called with each request and now and then drops what is dead. */
export function sweeper(state: GatewayState): (now: number) => void {
  let next = 0;
  return (now) => {
    // A clock that was set back starts anew.
    if (now < next && next - now <= INTERVAL) return;
    next = now + INTERVAL;
    sweep(state, now);
  };
}
