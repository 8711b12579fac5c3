import { Refused } from "../refusal.ts";
import { bindingCookieName } from "../rules/callback.ts";
import type { Session } from "../state.ts";
import type { AthContext } from "./context.ts";
import { callbackUrl } from "./context.ts";
import { cookiesOf } from "./cookies.ts";

function waitingSession(context: AthContext, consentId: string): Session {
  const { rules, state, clock } = context;
  const session = state.sessions.get(state.consents.get(consentId) ?? "");
  if (session === undefined) throw new Refused("session-unknown", "no authorization waits here");
  if (!rules["session.isAlive"]({ session, now: clock.now() })) {
    throw new Refused("session-expired", "this authorization has expired; ask the agent to begin anew");
  }
  if (!rules["callback.isOpen"]({ session })) throw new Refused("state-used", "this authorization was finished before");
  return session;
}

/**
 * GET <base>/ath/consent/{consentId}: where authorization_url leads. Binds the browser by a cookie and sends it on to the
 * provider. The browser that was sent last is the bound one; a browser that comes again keeps its cookie.
 */
export function consent(context: AthContext, request: Request, consentId: string): Response {
  const { rules, settings, random } = context;
  const session = waitingSession(context, consentId);
  const { pkce, resource, providerState: state, requestedScopes: scopes } = session;
  const provider = rules["provider.find"]({ providerId: session.providerId, providers: settings.providers });
  if (provider === undefined) throw new Refused("bridge-failed", "the provider is gone");
  const redirectUri = callbackUrl(context);
  const location = rules["authorization.providerUrl"]({ provider, redirectUri, scopes, state, pkce, resource });

  const name = bindingCookieName(session);
  const known = session.binding !== undefined && cookiesOf(request).get(name) === session.binding;
  const value = known && session.binding !== undefined ? session.binding : random.text(24);
  session.binding = value;
  const { protocol, pathname } = new URL(settings.publicUrl);
  const secure = protocol === "https:";
  const path = `${pathname.replace(/\/$/, "")}/ath`;
  return new Response(null, {
    status: 302,
    headers: {
      location,
      "set-cookie": rules["callback.bindingCookie"]({ name, value, path, secure }),
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
  });
}
