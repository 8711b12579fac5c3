import { header } from "../../engine/evidence.ts";
import { type Arrival, jsonAnswer, type KitAnswer, recordArrival } from "../kit-server.ts";
import { type ClientCredentials, isClient, presentedCredentials } from "./client-authentication.ts";
import type { Access, Ledger } from "./ledger.ts";
import { subjectOf } from "./token-endpoint.ts";

export interface Accounts {
  readonly ledger: Ledger;
  readonly client: ClientCredentials;
  readonly now: () => number;
  readonly origin: () => string;
}

/** What a Bearer token stands for, as long as it is valid. */
export function bearerAccess(arrival: Arrival, { ledger }: Pick<Accounts, "ledger">): Access | undefined {
  const token = /^bearer\s+(\S+)$/i.exec(header(arrival, "authorization") ?? "")?.[1] ?? "";
  return ledger.access(token);
}

/** RFC 6750 § 3.1. */
export function invalidToken(): KitAnswer {
  const challenge = { "WWW-Authenticate": 'Bearer error="invalid_token"' };
  return jsonAnswer(401, { error: "invalid_token", error_description: "unknown, expired or revoked" }, challenge);
}

/** GET /userinfo (OpenID Connect Core § 5.3, as far as plain OAuth providers have it). */
export function userinfo(arrival: Arrival, accounts: Accounts): KitAnswer {
  const access = bearerAccess(arrival, accounts);
  if (access === undefined) return invalidToken();
  const { user, customer } = access.authorization;
  const answer = jsonAnswer(200, { sub: subjectOf(user, customer.witness.marker), name: user });
  const as = { to: "provider", purpose: "other", origin: accounts.origin(), at: accounts.now() } as const;
  recordArrival(customer.recorder, arrival, answer, as);
  return answer;
}

/** POST /revoke (RFC 7009). */
export function revokeEndpoint(arrival: Arrival, { ledger, client }: Accounts): KitAnswer {
  const form = new URLSearchParams(arrival.body.toString("utf8"));
  if (!isClient(presentedCredentials(arrival, form), client)) return jsonAnswer(401, { error: "invalid_client" });
  ledger.revoke(form.get("token") ?? "");
  return jsonAnswer(200, {});
}

/** POST /introspect (RFC 7662). */
export function introspectEndpoint(arrival: Arrival, { ledger, client }: Accounts): KitAnswer {
  const form = new URLSearchParams(arrival.body.toString("utf8"));
  if (!isClient(presentedCredentials(arrival, form), client)) return jsonAnswer(401, { error: "invalid_client" });
  const access = ledger.access(form.get("token") ?? "");
  if (access === undefined) return jsonAnswer(200, { active: false });
  const { user, scopes, customer } = access.authorization;
  return jsonAnswer(200, {
    active: true,
    scope: scopes.join(" "),
    client_id: client.clientId,
    sub: subjectOf(user, customer.witness.marker),
    exp: Math.floor(access.expiresAt / 1000),
  });
}

/** RFC 8414. */
export function metadata(origin: string): KitAnswer {
  return jsonAnswer(200, {
    issuer: origin,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    userinfo_endpoint: `${origin}/userinfo`,
    revocation_endpoint: `${origin}/revoke`,
    introspection_endpoint: `${origin}/introspect`,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
    code_challenge_methods_supported: ["S256"],
  });
}
