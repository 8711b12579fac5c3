import { jsonResponse } from "../core/json.ts";
import type { ProviderContext } from "./context.ts";
import { grantTypes } from "./token-endpoint.ts";

const authMethods = ["client_secret_basic", "client_secret_post"] as const;

/** RFC 8414 § 3.1: the well-known part stands before the issuer's path. */
export function metadataPath(issuer: string): string {
  const { pathname } = new URL(issuer);
  return `/.well-known/oauth-authorization-server${pathname === "/" ? "" : pathname}`;
}

/** GET /.well-known/oauth-authorization-server (RFC 8414 § 2, RFC 9207 § 3). */
export function answerMetadata(context: ProviderContext): Response {
  const issuer = context.issuer();
  return jsonResponse({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    revocation_endpoint: `${issuer}/revoke`,
    introspection_endpoint: `${issuer}/introspect`,
    userinfo_endpoint: `${issuer}/userinfo`,
    scopes_supported: context.scopes,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: [...grantTypes.keys()],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint_auth_methods_supported: authMethods,
    introspection_endpoint_auth_methods_supported: authMethods,
    authorization_response_iss_parameter_supported: true,
  });
}
