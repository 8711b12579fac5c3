import { isObject, member, parseJson, strings, text } from "../engine/json.ts";
import type { AuthorizeOptions, Grant, Registration, Session } from "./agent.ts";
import type { Reply } from "./reply.ts";

/** Reads a registration out of a granted reply; undefined when it is none that an agent could use. */
export function readRegistration(reply: Reply): Registration | undefined {
  const { json } = reply;
  const clientId = text(json, "client_id");
  const status = text(json, "agent_status");
  if (!reply.granted || clientId === undefined || status === undefined) return undefined;
  const listed = member(json, "approved_providers");
  const approved: Record<string, readonly string[]> = {};
  for (const entry of Array.isArray(listed) ? listed : []) {
    const provider = text(entry, "provider_id");
    if (provider !== undefined) approved[provider] = strings(member(entry, "approved_scopes")) ?? [];
  }
  return { reply, clientId, clientSecret: text(json, "client_secret") ?? "", status, approved };
}

/**
 * Reads a session out of a granted reply. What was sent is read from the request itself (`sentBody`), so that defaults
 * and bends are seen as the target saw them; `sent` fills in what the body does not tell.
 */
export function readSession(reply: Reply, sentBody: Buffer | undefined, sent: AuthorizeOptions): Session | undefined {
  const sessionId = text(reply.json, "ath_session_id");
  const authorizationUrl = text(reply.json, "authorization_url");
  if (!reply.granted || sessionId === undefined || authorizationUrl === undefined) return undefined;
  if (!URL.canParse(authorizationUrl)) return undefined;
  const request = parseJson(sentBody?.toString("utf8"));
  const body = isObject(request) ? request : {};
  const redirectUri = text(body, "user_redirect_uri");
  return {
    reply,
    sessionId,
    authorizationUrl,
    provider: text(body, "provider_id") ?? sent.provider ?? "",
    scopes: strings(member(body, "scopes")) ?? sent.scopes ?? [],
    state: text(body, "state") ?? sent.state ?? "",
    ...(redirectUri === undefined ? {} : { redirectUri }),
  };
}

/** Reads a token out of a granted reply. */
export function readGrant(reply: Reply, session: Session): Grant | undefined {
  const token = text(reply.json, "access_token");
  if (!reply.granted || token === undefined) return undefined;
  const expiresIn = member(reply.json, "expires_in");
  const intersection = member(reply.json, "scope_intersection");
  return {
    reply,
    session,
    token,
    provider: text(reply.json, "provider_id") ?? session.provider,
    effectiveScopes:
      strings(member(reply.json, "effective_scopes")) ?? strings(member(intersection, "effective")) ?? [],
    expiresIn: typeof expiresIn === "number" ? expiresIn : Number.NaN,
  };
}
