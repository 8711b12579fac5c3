import { createHash } from "node:crypto";
import { header } from "../../engine/evidence.ts";
import { type Arrival, jsonAnswer, type KitAnswer, recordArrival } from "../kit-server.ts";
import { type ClientCredentials, isClient, presentedCredentials } from "./client-authentication.ts";
import type { Authorization, Ledger } from "./ledger.ts";

/** Long enough to outlive every move of the target's clock. */
const dayS = 86_400;

export interface TokenEndpointOptions {
  readonly ledger: Ledger;
  readonly client: ClientCredentials;
  readonly origin: string;
  readonly now: () => number;
}

/**
 * POST /token: authorization_code and refresh_token (RFC 6749 §§ 4.1.3, 6; RFC 7636 § 4.6). Form-encoded only. What
 * arrives is written down in the evidence of the check whose code, refresh token or PKCE challenge it carries.
 */
export function tokenEndpoint(arrival: Arrival, options: TokenEndpointOptions): KitAnswer {
  const { ledger, origin, now } = options;
  const contentType = header(arrival, "content-type") ?? "";
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType);
  const parameters = isForm ? new URLSearchParams(arrival.body.toString("utf8")) : looseParameters(arrival.body);
  const authorization = owner(parameters, ledger);
  if (authorization === undefined) return answerTo(arrival, isForm, parameters, undefined, options);

  // What the client presents is secret whoever it belongs to.
  const { recorder, tokenRequests } = authorization.customer;
  for (const [name, kind] of secretParameters) {
    const value = parameters.get(name);
    if (value !== null) recorder.secret(value, kind);
  }
  const answer = answerTo(arrival, isForm, parameters, authorization, options);
  const as = { to: "provider", purpose: "provider-token", origin, at: now() } as const;
  const exchange = recordArrival(recorder, arrival, answer, as);
  tokenRequests.push({
    exchange: exchange.id,
    contentType,
    form: isForm ? Object.fromEntries(parameters) : {},
    redirectUri: authorization.redirectUri,
    ...(authorization.challenge === undefined ? {} : { challenge: authorization.challenge }),
    challengeMethod: authorization.challengeMethod,
  });
  return answer;
}

const secretParameters = [
  ["code", "code"],
  ["refresh_token", "provider-token"],
  ["code_verifier", "code-verifier"],
] as const;

/** The parameters of a body that should have been a form, as far as they tell whose it is. */
function looseParameters(body: Buffer): URLSearchParams {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
    return new URLSearchParams(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return new URLSearchParams(body.subarray(0, 16_384).toString("latin1"));
  }
}

function owner(parameters: URLSearchParams, ledger: Ledger): Authorization | undefined {
  return (
    ledger.ofCode(parameters.get("code") ?? "") ??
    ledger.ofRefreshToken(parameters.get("refresh_token") ?? "") ??
    ledger.ofChallenge(s256(parameters.get("code_verifier") ?? ""))
  );
}

function s256(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function refuse(status: number, error: string, description: string): KitAnswer {
  const headers = status === 401 ? { "WWW-Authenticate": 'Basic realm="provider"' } : {};
  return jsonAnswer(status, { error, error_description: description }, { ...noStore, ...headers });
}
const noStore = { "Cache-Control": "no-store", Pragma: "no-cache" };

function answerTo(
  arrival: Arrival,
  isForm: boolean,
  form: URLSearchParams,
  authorization: Authorization | undefined,
  { ledger, client }: TokenEndpointOptions,
): KitAnswer {
  if (arrival.method !== "POST") return refuse(405, "invalid_request", "the token endpoint takes POST");
  if (!isForm) return refuse(400, "invalid_request", "the body must be application/x-www-form-urlencoded");
  const presented = presentedCredentials(arrival, form);
  if (!isClient(presented, client)) return refuse(401, "invalid_client", "client authentication failed");
  const grantType = form.get("grant_type");
  if (grantType === "authorization_code") {
    return authorization === undefined || ledger.ofCode(form.get("code") ?? "") === undefined
      ? refuse(400, "invalid_grant", "unknown code")
      : exchangeCode(form, authorization, ledger, client);
  }
  if (grantType === "refresh_token") {
    const found = ledger.ofRefreshToken(form.get("refresh_token") ?? "");
    if (found === undefined || found.customer.policy.refresh === "fail") {
      return refuse(400, "invalid_grant", "the refresh token is not valid any more");
    }
    return tokens(found, ledger, dayS, form.get("refresh_token") ?? "");
  }
  return refuse(400, "unsupported_grant_type", "authorization_code and refresh_token are supported");
}

function exchangeCode(
  form: URLSearchParams,
  authorization: Authorization,
  ledger: Ledger,
  client: ClientCredentials,
): KitAnswer {
  const { customer, challenge, challengeMethod, redirectUri } = authorization;
  if (customer.policy.exchange === "quote-secret") {
    const { clientId, clientSecret } = client;
    const quote = `client_id=${clientId} client_secret=${clientSecret} is temporarily blocked`;
    return refuse(400, "invalid_client", quote);
  }
  if (authorization.used) return refuse(400, "invalid_grant", "the code was used before");
  const sentUri = form.get("redirect_uri");
  if (sentUri !== null && sentUri !== redirectUri) return refuse(400, "invalid_grant", "redirect_uri differs");
  if (challenge !== undefined) {
    const verifier = form.get("code_verifier") ?? "";
    const proof = challengeMethod === "S256" ? s256(verifier) : verifier;
    if (proof !== challenge) return refuse(400, "invalid_grant", "code_verifier does not fit the code_challenge");
  }
  authorization.used = true;
  return tokens(authorization, ledger, customer.policy.accessSeconds ?? dayS, ledger.refreshToken(authorization));
}

function tokens(authorization: Authorization, ledger: Ledger, seconds: number, refreshToken: string): KitAnswer {
  const { policy, witness } = authorization.customer;
  const body = {
    access_token: ledger.issue(authorization, seconds),
    token_type: "Bearer",
    expires_in: seconds,
    refresh_token: refreshToken,
    scope: policy.reportScope ?? authorization.scopes.join(" "),
    sub: subjectOf(authorization.user, witness.marker),
  };
  return jsonAnswer(200, body, noStore);
}

/** The user's id at the provider. Two checks never share a user, so that what one does cannot show in the other. */
export function subjectOf(user: string, marker: string): string {
  return `${user}.${marker}`;
}
