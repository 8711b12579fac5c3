import type { ConsentControl, ConsentPolicy } from "../core/consent-policy.ts";
import { activeWithSentences } from "../core/fault-board.ts";
import type { HttpHandler } from "../core/http.ts";
import { jsonResponse } from "../core/json.ts";
import { logged, type RequestLog, requestLog } from "../core/request-log.ts";
import { type RuleBook, ruleBook } from "../core/rules.ts";
import { statusPage } from "../core/status-page.ts";
import { answerAuthorize, answerConsent } from "./authorize-endpoint.ts";
import { consentPage } from "./consent-page.ts";
import type { ProviderContext } from "./context.ts";
import { oauthFaults } from "./faults.ts";
import { answerMetadata, metadataPath } from "./metadata.ts";
import { OAuthError, oauthErrorResponse } from "./oauth-error.ts";
import { defaultLifetimes, type OAuthProviderOptions } from "./options.ts";
import { pendingConsents } from "./pending-consents.ts";
import { honestRules, type OAuthRules } from "./rules.ts";
import { createStore, type TokenSummary } from "./store.ts";
import { answerToken } from "./token-endpoint.ts";
import { type ActiveToken, activeToken, answerIntrospect, answerRevoke, answerUserinfo } from "./token-status.ts";

export interface OAuthProvider {
  readonly handler: HttpHandler;
  readonly requests: RequestLog;
  readonly book: RuleBook<OAuthRules>;
  /** Who decides at the consent page; a person, unless a policy is set. */
  readonly consent: ConsentControl;
  /** What an access token says, while it lives. */
  introspect(token: string): ActiveToken | undefined;
  /** The tokens that live, masked. */
  tokens(): readonly TokenSummary[];
  /** How many codes and tokens are in memory, for `/health`. */
  kept(): number;
  /** Forgets codes, tokens, open consent pages and the consent policy; faults and clock are the caller's. */
  reset(): void;
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly says: string;
  readonly answer: (request: Request) => Response | Promise<Response>;
}

function consentControl(users: readonly string[]): ConsentControl {
  let policy: ConsentPolicy | undefined;
  return {
    current: () => policy,
    set(wanted) {
      if (wanted !== undefined && !users.includes(wanted.user)) {
        throw new RangeError(`there is no user ${JSON.stringify(wanted.user)}; there are ${users.join(", ")}`);
      }
      policy = wanted;
    },
  };
}

/**
 * The reference OAuth 2.0 provider: authorization code with PKCE (S256 only), refresh with rotation, revocation,
 * introspection, userinfo and metadata, under the issuer's path. Throws UnknownFaultError for an unknown fault.
 */
export function createOAuthProvider(options: OAuthProviderOptions): OAuthProvider {
  const { clock, clients, scopes, issuer, users = ["alice", "bob"] } = options;
  const book = ruleBook<OAuthRules>(honestRules, oauthFaults, options.faults);
  const store = createStore(() => clock.now());
  const pending = pendingConsents(() => clock.now());
  const requests = options.requests ?? requestLog();
  const consent = consentControl(users);
  const context: ProviderContext = {
    issuer: typeof issuer === "string" ? () => issuer : issuer,
    clock,
    clients: new Map(clients.map((client) => [client.client_id, client])),
    users,
    scopes,
    ttl: { ...defaultLifetimes, ...options.ttl },
    rules: book.rules,
    store,
    consent,
    consentPage: options.consentPage ?? consentPage,
  };

  const endpoints: readonly Endpoint[] = [
    {
      method: "GET",
      path: "/authorize",
      says: "asks the user (authorization code, PKCE S256)",
      answer: (request) => answerAuthorize(context, pending, request),
    },
    {
      method: "POST",
      path: "/authorize",
      says: "the answer of the consent page",
      answer: (request) => answerConsent(context, pending, request),
    },
    {
      method: "POST",
      path: "/token",
      says: "exchanges a code or a refresh token",
      answer: (request) => answerToken(context, request),
    },
    {
      method: "POST",
      path: "/revoke",
      says: "revokes a token",
      answer: (request) => answerRevoke(context, request),
    },
    {
      method: "POST",
      path: "/introspect",
      says: "what a token is good for",
      answer: (request) => answerIntrospect(context, request),
    },
    {
      method: "GET",
      path: "/userinfo",
      says: "whom an access token speaks for",
      answer: (request) => answerUserinfo(context, request),
    },
    {
      method: "POST",
      path: "/userinfo",
      says: "the same",
      answer: (request) => answerUserinfo(context, request),
    },
    {
      method: "GET",
      path: "/",
      says: "this page",
      answer: () =>
        statusPage({
          name: "OAuth 2.0 provider",
          sentence: `Issuer ${context.issuer()}. Users: ${users.join(", ")}. Scopes: ${scopes.join(" ")}.`,
          endpoints,
          activeFaults: activeWithSentences(book),
          requests: requests.entries(),
        }),
    },
  ];

  const route = (request: Request): Response | Promise<Response> => {
    const { pathname } = new URL(request.url);
    const base = context.issuer();
    if (pathname === metadataPath(base) && request.method === "GET") return answerMetadata(context);
    const prefix = new URL(base).pathname.replace(/\/$/, "");
    const path = pathname.startsWith(prefix) ? pathname.slice(prefix.length) : undefined;
    const here = endpoints.filter((endpoint) => endpoint.path === path);
    const endpoint = here.find(({ method }) => method === request.method);
    if (endpoint !== undefined) return endpoint.answer(request);
    const body = { error: "invalid_request", error_description: "nothing answers this method and path" };
    if (here.length === 0) return jsonResponse(body, { status: 404 });
    return jsonResponse(body, { status: 405, headers: { allow: here.map(({ method }) => method).join(", ") } });
  };

  const handler: HttpHandler = async (request) => {
    try {
      return await route(request);
    } catch (error) {
      const known = error instanceof OAuthError;
      return oauthErrorResponse(known ? error : new OAuthError("server_error", "the provider failed"));
    }
  };

  return {
    handler: logged(handler, requests),
    requests,
    book,
    consent,
    introspect: (token) => activeToken(context, token),
    tokens: store.tokens,
    kept: store.size,
    reset() {
      store.clear();
      pending.clear();
      consent.set(undefined);
    },
  };
}
