import { jsonResponse } from "../core/json.ts";
import { authenticatedClient } from "./client-authentication.ts";
import type { ProviderContext } from "./context.ts";
import { readParameters } from "./form-body.ts";
import { noStore, OAuthError } from "./oauth-error.ts";
import type { TokenRecord } from "./store.ts";

/** What a living access token says. */
export interface ActiveToken {
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly client_id: string;
  /** RFC 8707: what it is for; empty: anything. */
  readonly resources: readonly string[];
}

/** The record of an access token that lives now. */
function livingAccessToken({ rules, store, clock }: ProviderContext, token: string): TokenRecord | undefined {
  const record = store.token(token);
  if (record === undefined || record.kind !== "access") return undefined;
  return rules["access.tokenIsAlive"](record, clock.now()) ? record : undefined;
}

export function activeToken(context: ProviderContext, token: string): ActiveToken | undefined {
  const record = livingAccessToken(context, token);
  if (record === undefined) return undefined;
  const { grant, scopes, resources } = record;
  return { sub: grant.user, scopes, client_id: grant.clientId, resources };
}

/** POST /introspect (RFC 7662). Throws {@link OAuthError}. */
export async function answerIntrospect(context: ProviderContext, request: Request): Promise<Response> {
  const form = await readParameters(request);
  const client = authenticatedClient(context, request, form);
  const token = form.get("token");
  if (token === undefined) throw new OAuthError("invalid_request", "token is missing");
  const record = livingAccessToken(context, token) ?? livingRefreshToken(context, token, client.client_id);
  if (record === undefined) return jsonResponse({ active: false }, { headers: noStore });
  const { grant, scopes, resources, kind, issuedAt, expiresAt } = record;
  return jsonResponse(
    {
      active: true,
      iss: context.issuer(),
      sub: grant.user,
      username: grant.user,
      client_id: grant.clientId,
      scope: scopes.join(" "),
      token_type: kind === "access" ? context.rules["token.type"]() : undefined,
      aud: resources.length > 0 ? resources : undefined,
      iat: Math.floor(issuedAt / 1000),
      exp: Math.floor(expiresAt / 1000),
    },
    { headers: noStore },
  );
}

/** A refresh token is nobody's business but its client's. */
function livingRefreshToken(
  { rules, store, clock }: ProviderContext,
  token: string,
  clientId: string,
): TokenRecord | undefined {
  const record = store.token(token);
  if (record === undefined || record.kind !== "refresh" || record.used) return undefined;
  return record.grant.clientId === clientId && rules["refresh.tokenIsGood"](record, clock.now()) ? record : undefined;
}

/** POST /revoke (RFC 7009): a refresh token takes its whole grant with it. Throws {@link OAuthError}. */
export async function answerRevoke(context: ProviderContext, request: Request): Promise<Response> {
  const { rules, store } = context;
  const form = await readParameters(request);
  const client = authenticatedClient(context, request, form);
  const token = form.get("token");
  if (token === undefined) throw new OAuthError("invalid_request", "token is missing");
  const record = store.token(token);
  if (record !== undefined) {
    if (!rules["revoke.tokenIsOwn"](record, client)) {
      throw new OAuthError("invalid_grant", "the token was issued to another client");
    }
    if (rules["revoke.takesEffect"]()) {
      if (record.kind === "refresh") store.removeGrant(record.grant.id);
      else store.removeToken(token);
    }
  }
  return new Response(null, { status: 200, headers: noStore });
}

/** GET or POST /userinfo: who the access token speaks for. */
export async function answerUserinfo(context: ProviderContext, request: Request): Promise<Response> {
  const authorization = request.headers.get("authorization") ?? "";
  const token = /^Bearer +(?<token>[A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization)?.groups?.["token"];
  const active = token === undefined ? undefined : activeToken(context, token);
  if (active === undefined) {
    const problem = token === undefined ? "" : ', error="invalid_token"';
    return jsonResponse(
      { error: "invalid_token", error_description: "an access token of this provider is needed" },
      { status: 401, headers: { ...noStore, "www-authenticate": `Bearer realm="userinfo"${problem}` } },
    );
  }
  return jsonResponse({ sub: active.sub, preferred_username: active.sub }, { headers: noStore });
}
