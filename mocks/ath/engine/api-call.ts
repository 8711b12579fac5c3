import { Refused } from "../refusal.ts";
import type { Token } from "../state.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { countRequest } from "./rate-limit.ts";

/** The token of a call to an API behind the handshake. Throws {@link Refused}. */
export function tokenOfCall(context: AthContext, { headers }: Request, providerId: string): Token {
  const { rules, state, clock } = context;
  const { tokens, agents } = state;
  const agentId = headers.get("x-ath-agent-id") ?? undefined;
  const authorization = headers.get("authorization") ?? undefined;
  const token = rules["proxy.token"]({ authorization, agentId, providerId, tokens });
  if (token === undefined) throw new Refused("token-invalid", "a known access token is needed");
  const is = rules["proxy.tokenState"]({ token, now: clock.now() });
  if (is === "revoked") throw new Refused("token-revoked", "the token was revoked");
  if (is === "expired") throw new Refused("token-expired", "the token has expired");
  if (!rules["proxy.agentIsTheTokens"]({ agentId, token, agents })) {
    throw new Refused("agent-header-wrong", "X-ATH-Agent-ID must name the token's agent");
  }
  countRequest(context, token.agentId);
  return token;
}

/** Logs what became of a call to an API behind the handshake. */
export function logCall(
  context: AthContext,
  event: "proxy_request" | "scope_violation",
  token: Token,
  reason?: string,
): void {
  log(context, {
    event,
    agent_id: token.agentId,
    user_id: token.userId,
    provider_id: token.providerId,
    effective_scopes: token.effectiveScopes,
    ...(reason === undefined ? {} : { denial_reason: reason }),
  });
}
