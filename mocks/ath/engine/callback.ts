import { html } from "../../core/html.ts";
import { page } from "../../core/page.ts";
import { digest } from "../random.ts";
import { Refused } from "../refusal.ts";
import type { Provider } from "../settings.ts";
import type { Session } from "../state.ts";
import { log } from "./audit-log.ts";
import { BridgeError, expiryOf, redeem, userOf } from "./bridge.ts";
import type { AthContext } from "./context.ts";
import { cookiesOf } from "./cookies.ts";

function donePage(session: Session): Response {
  const granted = session.status === "completed" || session.status === "exchanged";
  const title = granted ? "Done" : "Not authorized";
  const what = granted
    ? "The agent may act for you within what you allowed."
    : "The agent was given no access. You can close this page.";
  return page({
    title,
    width: "narrow",
    body: html`<section class="card"><h1>${title}</h1><p>${what}</p>
<p class="soft">Go back to your agent: <code>${session.agentId}</code></p></section>`,
  });
}

/** Sends the browser where the agent wanted it, or tells it that all is done. */
function returned(context: AthContext, session: Session, error?: string): Response {
  const { agentState, clientId, code, userRedirectUri } = session;
  const location = context.rules["callback.returnUrl"]({
    userRedirectUri,
    registered: context.state.agents.get(clientId)?.redirectUris ?? [],
    parameters: {
      ...(code === undefined ? {} : { code }),
      ...(agentState === undefined ? {} : { state: agentState }),
      ...(error === undefined ? {} : { error }),
      ath_session_id: session.id,
    },
  });
  if (location === undefined) return donePage(session);
  return new Response(null, {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}

/**
 * Known agents register our own callback as their redirect URI. The browser then comes here once more, with the agent's
 * state and our session id, and ends on a page.
 */
function ownLanding({ state }: AthContext, parameters: URLSearchParams): Session | undefined {
  const session = state.sessions.get(parameters.get("ath_session_id") ?? "");
  if (session?.userRedirectUri === undefined) return undefined;
  const finished = session.status !== "waiting" && session.status !== "redeeming";
  return finished && (parameters.get("state") ?? undefined) === session.agentState ? session : undefined;
}

/** The session that this browser may complete now. Throws {@link Refused}. */
function openSession(context: AthContext, request: Request, parameters: URLSearchParams): Session {
  const { rules, state, clock } = context;
  const { providerStates, sessions } = state;
  const cookies = cookiesOf(request);
  const session = rules["callback.session"]({
    state: parameters.get("state") ?? undefined,
    cookies,
    providerStates,
    sessions,
  });
  if (session === undefined) throw new Refused("state-unknown", "no authorization waits for this state");
  if (!rules["session.isAlive"]({ session, now: clock.now() })) {
    throw new Refused("session-expired", "this authorization has expired; ask the agent to begin anew");
  }
  if (!rules["callback.isOpen"]({ session })) throw new Refused("state-used", "this state was used before");
  if (!rules["callback.browserIsBound"]({ cookies, session })) {
    throw new Refused("browser-unbound", "this browser is not the one that was sent to consent");
  }
  return session;
}

/** The provider said no, or something that is no code. */
function refusedByProvider(context: AthContext, session: Session, error: string): Response {
  const denied = error === "access_denied";
  session.status = denied ? "denied" : "failed";
  session.failure = denied ? undefined : "the provider refused the authorization request";
  log(context, {
    event: "access_denied",
    agent_id: session.agentId,
    provider_id: session.providerId,
    requested_scopes: session.requestedScopes,
    denied_scopes: session.requestedScopes,
    denial_reason: denied ? "the user denied" : "the provider refused",
  });
  return returned(context, session, denied ? "access_denied" : "server_error");
}

async function complete(context: AthContext, session: Session, provider: Provider, code: string): Promise<void> {
  const { rules, state, random, clock } = context;
  const requested = session.requestedScopes;
  const tokens = await redeem(context, provider, code, session.pkce);
  const userId =
    (await userOf(context, provider, tokens)) ?? `user_${digest(session.binding ?? session.id).slice(0, 16)}`;
  const grantId = random.text(12);
  state.grants.set(grantId, {
    id: grantId,
    agentId: session.agentId,
    userId,
    providerId: provider.id,
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token,
    expiresAt: expiryOf(tokens, clock.now()),
  });
  const scopes = rules["bridge.consentedScopes"]({ reported: tokens.scope, requested });
  session.consent = { userId, scopes, grantId };
  session.code = random.text(24);
  session.status = "completed";
  state.codes.set(session.code, session.id);
}

/** GET /ath/callback: the browser comes back from the provider (ATH 0.1 server/authorization; RFC 6749 § 4.1.2). */
export async function callback(context: AthContext, request: Request, query: string | undefined): Promise<Response> {
  const { rules, settings } = context;
  const parameters = new URLSearchParams(query);
  const landed = ownLanding(context, parameters);
  if (landed !== undefined) return donePage(landed);

  const session = openSession(context, request, parameters);
  const code = parameters.get("code") ?? "";
  const error = parameters.get("error");
  if (error !== null || code === "") return refusedByProvider(context, session, error ?? "invalid_response");

  const provider = rules["provider.find"]({ providerId: session.providerId, providers: settings.providers });
  if (provider === undefined) throw new Refused("bridge-failed", "the provider is gone");
  // From here on the state is used, whatever becomes of it.
  session.status = "redeeming";
  try {
    await complete(context, session, provider, code);
  } catch (cause) {
    session.status = "failed";
    session.failure = cause instanceof BridgeError ? cause.message : "the provider's answer could not be used";
    log(context, {
      event: "access_denied",
      agent_id: session.agentId,
      provider_id: session.providerId,
      requested_scopes: session.requestedScopes,
      denied_scopes: session.requestedScopes,
      denial_reason: "the provider issued no token",
    });
    if (session.userRedirectUri === undefined) throw new Refused("bridge-failed", session.failure);
    return returned(context, session, "server_error");
  }
  return returned(context, session);
}
