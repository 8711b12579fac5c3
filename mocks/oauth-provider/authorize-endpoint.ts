import type { ConsentPolicy } from "../core/consent-policy.ts";
import {
  type AuthorizationRequest,
  type ReturnAddress,
  ReturnedError,
  toAuthorizationRequest,
  UnreturnableError,
} from "./authorization-request.ts";
import { refusalPage } from "./consent-page.ts";
import type { ProviderContext } from "./context.ts";
import { readForm } from "./form-body.ts";
import { OAuthError } from "./oauth-error.ts";
import { toParameters } from "./parameters.ts";
import type { PendingConsents } from "./pending-consents.ts";
import { unguessable } from "./store.ts";

const cookieName = "gateproof_provider_browser";

/** Back to the client (RFC 6749 § 4.1.2); the query that the redirect URI has already is kept. */
function sendBack(
  { rules, issuer }: ProviderContext,
  { redirectUri, state }: ReturnAddress,
  answer: Readonly<Record<string, string>>,
): Response {
  const query = new URLSearchParams(answer);
  const returnedState = rules["authorize.returnedState"](state);
  if (returnedState !== undefined) query.set("state", returnedState);
  const iss = rules["authorize.returnedIssuer"](issuer());
  if (iss !== undefined) query.set("iss", iss);
  const joint = !redirectUri.includes("?") ? "?" : /[?&]$/.test(redirectUri) ? "" : "&";
  // 303: what was a POST at the consent page must not be one at the client.
  return new Response(null, {
    status: 303,
    headers: {
      location: `${redirectUri}${joint}${query}`,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
    },
  });
}

function sendBackError(context: ProviderContext, to: ReturnAddress, { code, message }: OAuthError): Response {
  return sendBack(context, to, { error: code, error_description: message });
}

/** The user's decision, by hand or by policy. */
function decide(context: ProviderContext, request: AuthorizationRequest, { user, grant }: ConsentPolicy): Response {
  const { rules, scopes: known, store, clock, ttl } = context;
  if (grant === "deny") {
    return sendBackError(context, request, new OAuthError("access_denied", "the user denied the request"));
  }
  const allowed = grant === "all" ? request.scopes : grant === "none" ? [] : grant;
  const { client, challenge, redirectUri, redirectUriWasSent, resources } = request;
  const code = store.addCode({
    grant: {
      id: unguessable(),
      clientId: client.client_id,
      user,
      scopes: rules["authorize.grantedScopes"](request.scopes, allowed, known),
      resources,
    },
    challenge,
    redirectUri: redirectUriWasSent ? redirectUri : undefined,
    expiresAt: clock.now() + ttl.code * 1000,
  });
  return sendBack(context, request, { code });
}

function browserOf(request: Request): string | undefined {
  const cookies = request.headers.get("cookie")?.split(";") ?? [];
  const found = cookies.map((cookie) => cookie.trim()).find((cookie) => cookie.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1);
}

function askUser(context: ProviderContext, pending: PendingConsents, asked: AuthorizationRequest, request: Request) {
  const browser = browserOf(request) ?? unguessable();
  const action = `${context.issuer()}/authorize`;
  const { protocol, pathname } = new URL(action);
  const secure = protocol === "https:" ? "; Secure" : "";
  return context.consentPage({
    request: asked,
    users: context.users,
    action,
    csrf: pending.add(asked, browser),
    cookie: `${cookieName}=${browser}; Path=${pathname}; HttpOnly; SameSite=Lax${secure}`,
  });
}

/** GET /authorize: a redirect when consent is decided already, otherwise the consent page. */
export function answerAuthorize(context: ProviderContext, pending: PendingConsents, request: Request): Response {
  try {
    const asked = toAuthorizationRequest(context, toParameters(new URL(request.url).searchParams));
    const policy = context.consent.current();
    return policy === undefined ? askUser(context, pending, asked, request) : decide(context, asked, policy);
  } catch (error) {
    if (error instanceof ReturnedError) return sendBackError(context, error.to, error.refusal);
    if (error instanceof UnreturnableError) return refusalPage(error.message);
    // A repeated parameter: which of the two redirect URIs would be the right one?
    if (error instanceof OAuthError) return refusalPage(`The request is malformed: ${error.message}.`);
    throw error;
  }
}

/** POST /authorize: the answer of the consent page. */
export async function answerConsent(
  context: ProviderContext,
  pending: PendingConsents,
  request: Request,
): Promise<Response> {
  let form: URLSearchParams;
  try {
    form = await readForm(request);
  } catch (error) {
    if (error instanceof OAuthError) return refusalPage(`The form is malformed: ${error.message}.`);
    throw error;
  }
  const csrf = form.get("csrf") ?? "";
  const found = pending.find(csrf);
  if (found === undefined) return refusalPage("This page was answered already, or is too old. Please start again.");
  if (!context.rules["consent.formIsOurs"](browserOf(request), found.browser)) {
    return refusalPage("This page was shown in another browser.", 403);
  }
  const user = form.get("user") ?? "";
  const decision = form.get("decision");
  if (decision !== "deny" && (decision !== "allow" || !context.users.includes(user))) {
    return refusalPage("The form is malformed: a user and a decision are needed.");
  }
  pending.remove(csrf);
  return decide(context, found.request, { user, grant: decision === "deny" ? "deny" : form.getAll("scope") });
}
