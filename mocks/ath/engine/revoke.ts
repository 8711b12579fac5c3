import { ownText } from "../json.ts";
import { digest } from "../random.ts";
import { Refused } from "../refusal.ts";
import type { Token } from "../state.ts";
import { basicCredentials } from "./agent-status.ts";
import { answer } from "./answers.ts";
import { log } from "./audit-log.ts";
import type { AthContext } from "./context.ts";
import { countRequest } from "./rate-limit.ts";
import { readRequest } from "./request-body.ts";

function end(context: AthContext, token: Token, accessToken: string): void {
  const { rules, state, clock } = context;
  rules["revocation.end"]({ token, now: clock.now() });
  // Nobody can use the provider's token any more.
  if (token.revokedAt !== undefined) state.grants.delete(token.grantId);
  log(
    context,
    {
      event: "token_revoked",
      agent_id: token.agentId,
      user_id: token.userId,
      provider_id: token.providerId,
      effective_scopes: token.effectiveScopes,
    },
    { accessToken },
  );
}

/** POST /ath/revoke (ATH 0.1 server/revocation; RFC 7009). */
export async function revoke(context: AthContext, request: Request): Promise<Response> {
  const { rules, state } = context;
  const { agents } = state;
  const body = await readRequest(context, "revoke", request);
  const accessToken = ownText(body, "token") ?? "";
  const token = state.tokens.get(digest(accessToken));
  const basic = basicCredentials(request.headers.get("authorization"));
  const caller = rules["revocation.caller"]({
    clientId: ownText(body, "client_id") ?? basic?.clientId,
    clientSecret: ownText(body, "client_secret") ?? basic?.clientSecret,
    token,
    agents,
    secretIsRight: (agent, clientSecret) =>
      rules["credentials.areValid"]({ endpoint: "revoke", agent, clientSecret, agents }),
  });
  if (caller === undefined)
    throw new Refused("credentials-wrong", "client_id and client_secret are needed and must fit");
  countRequest(context, caller.agentId);

  // A token of another agent is as unknown as one that never was.
  if (token !== undefined && rules["revocation.isOwn"]({ token, caller })) end(context, token, accessToken);
  else if (rules["revocation.whenUnknown"]() === "refuse") throw new Refused("token-invalid", "there is no such token");
  return answer({ revoked: true }, 200, { "cache-control": "no-store" });
}
