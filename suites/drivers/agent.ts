import type { Reply } from "./reply.ts";
import type { ConsentOptions, User } from "./user.ts";

/** A P-256 key pair of an agent; the private half never leaves the kit. */
export interface AgentKey {
  readonly kid: string;
  /** PKCS #8 PEM. */
  readonly privatePem: string;
  /** SPKI PEM. */
  readonly publicPem: string;
  readonly publicJwk: Readonly<Record<string, string>>;
}

/**
 * How an attestation is bent away from the valid one. A claim or header member given as `undefined` is left out; other
 * values replace or add. `key` signs instead of the agent's own; `sign` replaces the signing altogether (gives the
 * signature part for the signing input, "" for none); `tamper` changes the finished JWT.
 */
export interface AttestationBend {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly key?: AgentKey;
  readonly sign?: (signingInput: string) => string;
  readonly tamper?: (jwt: string) => string;
}

/** How any request of an agent is bent. Everything left out is as a conforming agent does it. */
export interface RequestBend {
  /** A bend, a finished JWT, or null to send none. */
  readonly attestation?: AttestationBend | string | null;
  /** Members to replace in the JSON body; `undefined` leaves the member out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent instead of the JSON body, byte for byte. */
  readonly rawBody?: string | Buffer;
  /** Headers to add or replace; null leaves a header out. Names are case-insensitive. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

export interface RegisterOptions extends RequestBend {
  /** Default: the first configured provider with all of its scopes. */
  readonly providers?: readonly { readonly provider_id: string; readonly scopes: readonly string[] }[];
  /** Default: the agent's landing page. null: the member is left out. */
  readonly redirectUris?: readonly string[] | null;
  readonly developer?: Readonly<Record<string, unknown>>;
}

export interface AuthorizeOptions extends RequestBend {
  /** Default: the first provider of the agent's registration. */
  readonly provider?: string;
  /** Default: all scopes approved for it. */
  readonly scopes?: readonly string[];
  /** Default: 256 fresh bits, base64url. null: left out. */
  readonly state?: string | null;
  /** Default: the agent's landing page. null: left out. */
  readonly redirectUri?: string | null;
  readonly resource?: string;
}

export interface TokenOptions extends RequestBend {
  /** Default: the code that the browser brought back, else a placeholder. */
  readonly code?: string;
}

export interface CallOptions {
  /** Default: the provider of the token. A native service has one, which is in no address. */
  readonly provider?: string;
  /** `METHOD /path`; default: the first operation of the token's first effective scope that has one. */
  readonly operation?: string;
  /** Sent as the path behind `/ath/proxy/{provider}` byte for byte, instead of the operation's path. */
  readonly rawPath?: string;
  /** With the leading "?"; a marker that tells the kit's upstream whose call this is, is added to it by default. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: Buffer | string;
  /** Sent as Bearer token; null: no Authorization header. Default: the token's. */
  readonly token?: string | null;
  /** X-ATH-Agent-ID; null: left out. Default: the token's agent. */
  readonly agentId?: string | null;
}

/** A registration that the target granted. */
export interface Registration {
  readonly reply: Reply;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly status: string;
  /** Scopes approved, by provider. */
  readonly approved: Readonly<Record<string, readonly string[]>>;
}

/** An authorization that the target started. */
export interface Session {
  readonly reply: Reply;
  readonly sessionId: string;
  readonly authorizationUrl: string;
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly state: string;
  /** The user_redirect_uri that was sent; undefined when none was. */
  readonly redirectUri?: string;
}

/** An access token that the target gave, and what belongs to it. */
export interface Grant {
  readonly reply: Reply;
  readonly session: Session;
  readonly token: string;
  readonly provider: string;
  readonly effectiveScopes: readonly string[];
  readonly expiresIn: number;
}

/**
 * An agent of the kit: a key, an identity document that the kit serves, and the ATH calls, each bendable at every
 * field. Single calls record and return what came. Journeys (`registered`, `session`, `consented`, `grant`) run the
 * valid steps up to a point and end the check as not-tested (`prerequisite-refused`) when the target refuses one.
 */
export interface Agent {
  /** The agent_id: the URI of the identity document. */
  readonly id: string;
  readonly key: AgentKey;
  readonly identity: IdentityDocumentHost;
  /** A page of the kit where the browser may land: the default redirect_uri. */
  readonly landingUri: string;

  /** A signed attestation. `audience` default: the target's base URL. */
  attestation(bend?: AttestationBend, audience?: string): Promise<string>;

  register(options?: RegisterOptions): Promise<Reply>;
  /** GET /ath/agents/{clientId}. `credentials` default: the first form that the target accepts for its own agent. */
  status(options?: {
    readonly clientId?: string;
    readonly credentials?: StatusCredentials | "none";
    readonly bend?: RequestBend;
  }): Promise<Reply>;
  /** Registers first (as a journey) when the agent is not registered. */
  authorize(options?: AuthorizeOptions): Promise<Reply>;
  token(session: Session, options?: TokenOptions): Promise<Reply>;
  call(grant: Grant, options?: CallOptions): Promise<Reply>;
  revoke(token: string, options?: RequestBend): Promise<Reply>;
  /** Sends the same request once more, byte for byte. */
  repeat(reply: Reply): Promise<Reply>;

  /** The registration, made now with `options` if there was none. Requires agent_status "approved". */
  registered(options?: RegisterOptions): Promise<Registration>;
  /** A started authorization. */
  session(options?: AuthorizeOptions): Promise<Session>;
  /** A session whose user has consented and whose browser has come back. */
  consented(options?: AuthorizeOptions & { readonly user?: User } & ConsentOptions): Promise<Session>;
  /** The whole flow: registration, authorization, consent, token. */
  grant(options?: AuthorizeOptions & { readonly user?: User } & ConsentOptions): Promise<Grant>;

  /** Reads a registration out of a granted reply; undefined when it is none. */
  readRegistration(reply: Reply): Registration | undefined;
  readSession(reply: Reply, sent: AuthorizeOptions): Session | undefined;
  readGrant(reply: Reply, session: Session): Grant | undefined;
}

/** The forms in which an agent may authenticate GET /ath/agents/{clientId} (position on AGT-1). */
export const statusCredentials = ["bearer-attestation", "basic-client", "attestation-header"] as const;
export type StatusCredentials = (typeof statusCredentials)[number];

/** The agent's side of its published identity document. */
export interface IdentityDocumentHost {
  /** The document as it is served now. */
  document(): Readonly<Record<string, unknown>>;
  /** Replaces members of the served document (`undefined` removes one). */
  publish(members: Readonly<Record<string, unknown>>): void;
  /** Publishes a new key and signs with it from now on; gives the old key. */
  rotate(): Promise<AgentKey>;
  /** How the host behaves from now on. `drip`: a byte now and then, for ever. */
  behave(how: "answer" | "never-answer" | "drip"): void;
  /** How often the document was fetched so far. */
  fetches(): number;
  /** Serves something else beside the document (a JWK set, a certificate) and gives its URL. */
  serveBeside(name: string, contentType: string, body: string): string;
}
