import type { ProviderContext } from "./context.ts";
import { OAuthError } from "./oauth-error.ts";
import type { OAuthClient } from "./options.ts";
import { type Parameters, printable, toScopes } from "./parameters.ts";

/** Where the answer to an authorization request goes. */
export interface ReturnAddress {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** An authorization request that may be put to the user. */
export interface AuthorizationRequest extends ReturnAddress {
  readonly client: OAuthClient;
  /** Whether the request named the redirect URI, so that the token request must too. */
  readonly redirectUriWasSent: boolean;
  readonly scopes: readonly string[];
  readonly challenge: string | undefined;
  readonly resources: readonly string[];
}

/** A request that nobody can be sent back with, because its client or redirect URI is not good (RFC 6749 § 4.1.2.1). */
export class UnreturnableError extends Error {}

/** A refusal that the client is told by redirect. */
export class ReturnedError extends Error {
  readonly refusal: OAuthError;
  readonly to: ReturnAddress;
  constructor(refusal: OAuthError, to: ReturnAddress) {
    super(refusal.message);
    this.refusal = refusal;
    this.to = to;
  }
}

/** Client and return address; nothing else is looked at before these are good. Throws {@link UnreturnableError}. */
function returnable(context: ProviderContext, query: Parameters) {
  const client = context.clients.get(query.get("client_id") ?? "");
  if (client === undefined) throw new UnreturnableError("The client is unknown to this provider.");
  const sent = query.get("redirect_uri");
  const only = client.redirect_uris?.length === 1 ? client.redirect_uris[0] : undefined;
  const redirectUri = sent ?? only;
  if (redirectUri === undefined) throw new UnreturnableError("The request names no redirect URI.");
  if (!context.rules["authorize.redirectUriIsRegistered"](client, redirectUri)) {
    throw new UnreturnableError("The redirect URI is not registered for this client.");
  }
  return { client, redirectUri, redirectUriWasSent: sent !== undefined, state: query.get("state") };
}

function readRequest(context: ProviderContext, query: Parameters) {
  const { rules } = context;
  if (!rules["authorize.responseTypeIsCode"](query.get("response_type"))) {
    throw new OAuthError("unsupported_response_type", "response_type must be code");
  }
  const challenge = query.get("code_challenge");
  if (!rules["pkce.challengeIsS256"](challenge, query.get("code_challenge_method"))) {
    throw new OAuthError("invalid_request", "PKCE is required: code_challenge with code_challenge_method=S256");
  }
  const { resources } = query;
  if (!resources.every(rules["authorize.resourceIsAbsolute"])) {
    throw new OAuthError("invalid_target", "resource must be an absolute URI without a fragment");
  }
  const scopes = toScopes(query.get("scope"));
  if (!rules["authorize.scopesAreKnown"](scopes, context.scopes)) {
    const unknown = scopes.filter((scope) => !context.scopes.includes(scope));
    throw new OAuthError(
      "invalid_scope",
      scopes.length === 0 ? "scope is missing" : `unknown scope: ${printable(unknown.join(" "))}`,
    );
  }
  return { scopes, challenge, resources };
}

/** Reads and checks the query of /authorize. Throws {@link UnreturnableError} or {@link ReturnedError}. */
export function toAuthorizationRequest(context: ProviderContext, query: Parameters): AuthorizationRequest {
  const address = returnable(context, query);
  try {
    return { ...address, ...readRequest(context, query) };
  } catch (error) {
    throw error instanceof OAuthError ? new ReturnedError(error, address) : error;
  }
}
