import type { TokenResponse } from "../../../schemas/index.ts";
import { digest, sameText } from "../random.ts";
import type { Agent, Consent, ProviderGrant, Session } from "../state.ts";

/** Where client credentials are presented. */
export type CredentialEndpoint = "token" | "revoke" | "status";

/** How POST /ath/token decides (ATH 0.1 server/token § Behavior), in the order of asking. */
export interface TokenRules {
  /** TOK-9: authorization_code and nothing else. */
  "token.grantTypeIsSupported": (input: { readonly grantType: unknown }) => boolean;
  /** TOK-5, REV-2: the secret is this agent's. */
  "credentials.areValid": (input: {
    readonly endpoint: CredentialEndpoint;
    readonly agent: Agent;
    readonly clientSecret: string | undefined;
    readonly agents: ReadonlyMap<string, Agent>;
  }) => boolean;
  /** TOK-6: the session that the request names. */
  "token.session": (input: {
    readonly sessionId: string | undefined;
    readonly agent: Agent;
    /** By id, oldest first. */
    readonly sessions: ReadonlyMap<string, Session>;
  }) => Session | undefined;
  /** TOK-6: the session was opened by this agent. */
  "token.sessionIsOwn": (input: { readonly session: Session; readonly agent: Agent }) => boolean;
  /**
   * TOK-6: a code that we issued is good for its own session only. Agents of a gateway may send a placeholder, since
   * the standard does not say where their code comes from.
   */
  "token.codeFits": (input: {
    readonly code: string | undefined;
    readonly session: Session;
    /** ath_session_id by issued code. */
    readonly codes: ReadonlyMap<string, string>;
  }) => boolean;
  /** TOK-10: what the user agreed to; undefined while consent is not complete. */
  "token.consent": (input: {
    readonly session: Session;
    /** By id, oldest first. */
    readonly sessions: ReadonlyMap<string, Session>;
  }) => Consent | undefined;
  /** TOK-8: claims the session for this one exchange, without letting another request in between; false: used before. */
  "token.claim": (input: { readonly session: Session }) => boolean | Promise<boolean>;
  /** TOK-2: approved ∩ consented ∩ requested. */
  "scopes.effective": (input: {
    readonly approved: readonly string[];
    readonly consented: readonly string[];
    readonly requested: readonly string[];
  }) => readonly string[];
  /** TOK-3: no token for nothing. */
  "token.isWorthIssuing": (input: { readonly effective: readonly string[] }) => boolean;
  /** TOK-12: at most an hour. */
  "token.lifetimeSeconds": (input: { readonly configured: number }) => number;
  /** TOK-1, TOK-2, BRG-2: the body of the answer. */
  "token.body": (input: {
    readonly response: TokenResponse;
    readonly agent: Agent;
    readonly session: Session;
    readonly grant: ProviderGrant | undefined;
  }) => unknown;
  /** TOK-11, BRG-2: header fields of the answer beside its content type. */
  "token.headers": (input: { readonly grant: ProviderGrant | undefined }) => Readonly<Record<string, string>>;
}

/** The longest life of a token, in seconds (ATH 0.1 server/handshake-flow § Security). */
const LONGEST_LIFE = 3600;

export const honestToken: TokenRules = {
  "token.grantTypeIsSupported": ({ grantType }) => grantType === "authorization_code",
  "credentials.areValid": ({ agent, clientSecret }) =>
    clientSecret !== undefined && sameText(digest(clientSecret), agent.secretDigest),
  "token.session": ({ sessionId, sessions }) => sessions.get(sessionId ?? ""),
  "token.sessionIsOwn": ({ session, agent }) => session.clientId === agent.clientId,
  "token.codeFits": ({ code, session, codes }) => {
    const issuedFor = code === undefined ? undefined : codes.get(code);
    return issuedFor === undefined || issuedFor === session.id;
  },
  "token.consent": ({ session }) => session.consent,
  "token.claim": ({ session }) => {
    if (session.status === "exchanged") return false;
    session.status = "exchanged";
    return true;
  },
  "scopes.effective": ({ approved, consented, requested }) =>
    requested.filter((scope) => approved.includes(scope) && consented.includes(scope)),
  "token.isWorthIssuing": ({ effective }) => effective.length > 0,
  "token.lifetimeSeconds": ({ configured }) => Math.min(configured, LONGEST_LIFE),
  "token.body": ({ response }) => response,
  "token.headers": () => ({ "cache-control": "no-store", pragma: "no-cache" }),
};
