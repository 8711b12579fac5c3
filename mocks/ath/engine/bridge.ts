import {
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type CustomFetchOptions,
  customFetch,
  nopkce,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
} from "oauth4webapi";
import { isJsonObject, ownText } from "../json.ts";
import type { WireRequest } from "../rules/bridge.ts";
import type { Provider } from "../settings.ts";
import type { Pkce, ProviderGrant } from "../state.ts";
import { type AthContext, callbackUrl } from "./context.ts";

/** The provider's authorization server gave no token; `message` is what an agent may be told. */
export class BridgeError extends Error {
  readonly code = "BRIDGE_FAILED";
}

const MAX_ANSWER_BYTES = 256 * 1024;

/** What the provider answered last, kept for the error message only. */
interface Heard {
  status: number | undefined;
  body: string;
}

function serverOf(provider: Provider): AuthorizationServer {
  return {
    issuer: new URL(provider.authorizationEndpoint).origin,
    authorization_endpoint: provider.authorizationEndpoint,
    token_endpoint: provider.tokenEndpoint,
  };
}

function authenticationOf({ authMethod, clientSecret }: Provider): ClientAuth {
  return authMethod === "client_secret_post" ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
}

/** Sends oauth4webapi's requests over our own client, in the form that `bridge.wireRequest` gives them. */
function wire(context: AthContext, purpose: "exchange" | "refresh", heard: Heard) {
  const { rules, hooks, settings } = context;
  const limit = settings.limits.upstreamTimeoutMs;
  return async (url: string, options: CustomFetchOptions<"POST", URLSearchParams>): Promise<Response> => {
    const out: WireRequest = rules["bridge.wireRequest"]({ purpose, headers: options.headers, form: options.body });
    const { status, headers, body } = await hooks.exchange({
      method: "POST",
      url,
      ...out,
      timeouts: { connectMs: limit, idleMs: limit, totalMs: limit },
      maxBytes: MAX_ANSWER_BYTES,
    });
    heard.status = status;
    heard.body = body.toString("utf8");
    return new Response(heard.body, { status, headers: { "content-type": headers["content-type"] ?? "" } });
  };
}

async function requested(
  context: AthContext,
  purpose: "exchange" | "refresh",
  run: (options: {
    [allowInsecureRequests]: true;
    [customFetch]: ReturnType<typeof wire>;
  }) => Promise<TokenEndpointResponse>,
): Promise<TokenEndpointResponse> {
  const heard: Heard = { status: undefined, body: "" };
  try {
    return await run({ [allowInsecureRequests]: true, [customFetch]: wire(context, purpose, heard) });
  } catch {
    throw new BridgeError(context.rules["bridge.failureMessage"](heard));
  }
}

/** The provider's tokens for the code in its answer. Rejects with {@link BridgeError}. */
export function redeem(
  context: AthContext,
  provider: Provider,
  code: string,
  pkce: Pkce | undefined,
): Promise<TokenEndpointResponse> {
  const server = serverOf(provider);
  const client: Client = { client_id: provider.clientId };
  return requested(context, "exchange", async (options) => {
    // The state was judged by our own rules; the provider's issuer is not configured, so that `iss` cannot be compared.
    const parameters = validateAuthResponse(server, client, new URLSearchParams({ code }));
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      authenticationOf(provider),
      parameters,
      callbackUrl(context),
      pkce?.verifier ?? nopkce,
      options,
    );
    return processAuthorizationCodeResponse(server, client, response);
  });
}

/** Fresh tokens for the grant, which is changed in place. Rejects with {@link BridgeError}. */
export async function refresh(context: AthContext, provider: Provider, grant: ProviderGrant): Promise<void> {
  const { refreshToken } = grant;
  if (refreshToken === undefined) throw new BridgeError("the provider's token has expired and cannot be refreshed");
  const server = serverOf(provider);
  const client: Client = { client_id: provider.clientId };
  const tokens = await requested(context, "refresh", async (options) => {
    const authentication = authenticationOf(provider);
    const response = await refreshTokenGrantRequest(server, client, authentication, refreshToken, options);
    return processRefreshTokenResponse(server, client, response);
  });
  grant.accessToken = tokens.access_token;
  grant.refreshToken = tokens.refresh_token ?? refreshToken;
  grant.expiresAt = expiryOf(tokens, context.clock.now());
}

/** When the provider's token expires, in milliseconds; undefined when the provider did not say. */
export function expiryOf({ expires_in }: TokenEndpointResponse, now: number): number | undefined {
  return expires_in === undefined ? undefined : now + expires_in * 1000;
}

/** The user's id at the provider; undefined when the provider does not tell. */
export async function userOf(
  context: AthContext,
  provider: Provider,
  tokens: TokenEndpointResponse,
): Promise<string | undefined> {
  const limit = context.settings.limits.upstreamTimeoutMs;
  if (provider.userinfoEndpoint !== undefined) {
    try {
      const { status, body } = await context.hooks.exchange({
        method: "GET",
        url: provider.userinfoEndpoint,
        headers: { authorization: `Bearer ${tokens.access_token}`, accept: "application/json" },
        timeouts: { connectMs: limit, idleMs: limit, totalMs: limit },
        maxBytes: MAX_ANSWER_BYTES,
      });
      const claims: unknown = status === 200 ? JSON.parse(body.toString("utf8")) : undefined;
      const sub = isJsonObject(claims) ? ownText(claims, "sub") : undefined;
      if (sub !== undefined) return sub;
    } catch {
      // Who the user is matters to the audit log only; consent does not fail for it.
    }
  }
  return ownText(tokens, "sub") ?? ownText(tokens, "user");
}
