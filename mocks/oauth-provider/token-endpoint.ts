import { jsonResponse } from "../core/json.ts";
import { authenticatedClient } from "./client-authentication.ts";
import type { ProviderContext } from "./context.ts";
import { readParameters } from "./form-body.ts";
import { noStore, OAuthError } from "./oauth-error.ts";
import type { OAuthClient } from "./options.ts";
import { type Parameters, toScopes } from "./parameters.ts";
import type { Grant } from "./store.ts";

/** What is issued in one answer. */
interface Issue {
  readonly grant: Grant;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly refreshTokenToo: boolean;
}

function issue(context: ProviderContext, { grant, scopes, resources, refreshTokenToo }: Issue): Response {
  const { clock, rules, store, ttl } = context;
  const issuedAt = clock.now();
  const lifetime = rules["token.accessLifetime"](ttl.access);
  const common = { grant, scopes, resources, issuedAt };
  const access = store.addToken({ ...common, kind: "access", expiresAt: issuedAt + lifetime * 1000 });
  const refresh = refreshTokenToo
    ? store.addToken({ ...common, kind: "refresh", scopes: grant.scopes, expiresAt: issuedAt + ttl.refresh * 1000 })
    : undefined;
  // JSON leaves undefined members out.
  return jsonResponse(
    {
      access_token: access,
      token_type: rules["token.type"](),
      expires_in: rules["token.reportedLifetime"](lifetime),
      refresh_token: refresh,
      scope: rules["token.reportedScope"](scopes),
    },
    { headers: noStore },
  );
}

/** The resources of this token: those asked for now, otherwise all of the grant (RFC 8707 § 2.2). */
function boundResources({ rules }: ProviderContext, grant: Grant, form: Parameters): readonly string[] {
  if (!rules["token.resourcesAreBound"](grant.resources, form.resources)) {
    throw new OAuthError("invalid_target", "the grant is not for this resource");
  }
  return form.resources.length > 0 ? form.resources : grant.resources;
}

/** RFC 6749 § 4.1.3. */
function exchangeCode(context: ProviderContext, client: OAuthClient, form: Parameters): Response {
  const { clock, rules, store } = context;
  const code = form.get("code");
  if (code === undefined) throw new OAuthError("invalid_request", "code is missing");
  const record = store.code(code);
  if (record === undefined) throw new OAuthError("invalid_grant", "the code is unknown or expired");
  const { grant, challenge } = record;
  if (!rules["token.codeIsForClient"](record, client)) {
    throw new OAuthError("invalid_grant", "the code was issued to another client");
  }
  if (!rules["token.codeIsUnused"](record)) {
    // RFC 6749 § 4.1.2: somebody has a code that he should not have.
    store.removeGrant(grant.id);
    throw new OAuthError("invalid_grant", "the code was used before; its tokens are revoked");
  }
  if (!rules["token.codeIsFresh"](record, clock.now())) {
    throw new OAuthError("invalid_grant", "the code is unknown or expired");
  }
  if (!rules["token.redirectUriMatches"](record, form.get("redirect_uri"))) {
    throw new OAuthError("invalid_grant", "redirect_uri is not the one of the authorization request");
  }
  if (!rules["pkce.verifierMatches"](challenge, form.get("code_verifier"))) {
    throw new OAuthError("invalid_grant", "code_verifier does not match the code_challenge");
  }
  const resources = boundResources(context, grant, form);
  record.used = true;
  return issue(context, {
    grant,
    scopes: grant.scopes,
    resources,
    refreshTokenToo: rules["token.refreshTokenIsIssued"](),
  });
}

/** RFC 6749 § 6, with rotation (RFC 9700 § 4.14.2). */
function exchangeRefreshToken(context: ProviderContext, client: OAuthClient, form: Parameters): Response {
  const { clock, rules, store } = context;
  const token = form.get("refresh_token");
  if (token === undefined) throw new OAuthError("invalid_request", "refresh_token is missing");
  const record = store.token(token);
  if (record === undefined || record.kind !== "refresh" || record.grant.clientId !== client.client_id) {
    throw new OAuthError("invalid_grant", "the refresh token is unknown, expired or another client's");
  }
  const { grant } = record;
  if (rules["refresh.reuseIsNoticed"](record)) {
    store.removeGrant(grant.id);
    throw new OAuthError("invalid_grant", "the refresh token was used before; its tokens are revoked");
  }
  if (!rules["refresh.tokenIsGood"](record, clock.now())) {
    throw new OAuthError("invalid_grant", "the refresh token is unknown, expired or another client's");
  }
  const asked = toScopes(form.get("scope"));
  if (!rules["refresh.scopesAreWithin"](grant.scopes, asked)) {
    throw new OAuthError("invalid_scope", "a refresh gives no scope beyond the grant");
  }
  const resources = boundResources(context, grant, form);
  const rotated = rules["refresh.tokenIsRotated"]();
  record.used = rotated;
  return issue(context, {
    grant,
    scopes: asked.length > 0 ? asked : grant.scopes,
    resources,
    refreshTokenToo: rotated,
  });
}

type Exchange = (context: ProviderContext, client: OAuthClient, form: Parameters) => Response;

export const grantTypes: ReadonlyMap<string, Exchange> = new Map([
  ["authorization_code", exchangeCode],
  ["refresh_token", exchangeRefreshToken],
]);

/** POST /token. Throws {@link OAuthError}. */
export function answerToken(context: ProviderContext, request: Request): Promise<Response> {
  return context.rules["token.answer"](async () => {
    const form = await readParameters(request);
    const client = authenticatedClient(context, request, form);
    const grantType = form.get("grant_type");
    if (grantType === undefined) throw new OAuthError("invalid_request", "grant_type is missing");
    const exchange = grantTypes.get(grantType);
    if (exchange === undefined) {
      throw new OAuthError("unsupported_grant_type", `there are ${[...grantTypes.keys()].join(" and ")}`);
    }
    return exchange(context, client, form);
  });
}
