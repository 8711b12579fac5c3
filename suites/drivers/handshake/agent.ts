import type { Reply } from "../reply.ts";
import type { HandshakeKey } from "./keys.ts";
import type { Answering, Confirmation, CredentialOptions, HandshakeUser } from "./user.ts";

/** Changes to a message on its way out. */
export interface MessageBend {
  /** Members to replace or add; undefined leaves one out. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Sent instead of the JSON, byte for byte. */
  readonly rawBody?: string | Buffer;
  /** Writes the finished message down, where that is not to be its JSON. */
  readonly write?: (message: Readonly<Record<string, unknown>>) => string;
  /** Headers to replace or add; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** The id sent, wherever the binding carries it; null: none. Messages 3, 5 and 9 only. */
  readonly handshakeId?: string | null;
  /** Seconds added to the timestamp. */
  readonly timeShiftS?: number;
}

export interface HelloOptions extends MessageBend {
  readonly versions?: readonly string[];
  readonly capabilities?: readonly string[];
  readonly nonce?: string;
}

export interface ProofOptions extends MessageBend {
  /** Default: the agent's own key. */
  readonly signWith?: HandshakeKey;
  /** What is signed; default: the gateway's nonce. */
  readonly over?: string;
}

export interface ScopeOptions extends MessageBend {
  /** Default: every configured scope. */
  readonly scopes?: readonly string[];
  /** Seconds asked for; default settings.handshake.ttlS. */
  readonly ttlS?: number;
  /** Whose credential is sent; default: the configured user. */
  readonly user?: HandshakeUser;
  /** How the credential departs from a right one, or a whole credential. Its scopes default to those requested. */
  readonly credential?: CredentialOptions | string;
  /** How the agent signs the credential; default: its own key, over the credential that is sent. */
  readonly agentSignature?: { readonly signWith?: HandshakeKey; readonly over?: string };
  readonly context?: unknown;
  /** What the user does when asked; default: approves what is asked. */
  readonly answer?: Answering;
}

export interface CompleteOptions extends MessageBend {
  readonly algorithm?: string;
  /** The agent's public key, SPKI PEM; default: a fresh one on P-256. */
  readonly keyExchange?: string;
  readonly cipher?: string;
}

/** What handshake_response told, as far as an agent must read it to go on. */
export interface Offer {
  /** As the configured binding carries it. */
  readonly handshakeId: string;
  readonly serverDid: string;
  /** SPKI PEM. */
  readonly serverKey: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  /** B. */
  readonly nonce: string;
  /** Over nonce A. */
  readonly signature: string;
}

/** The agent's side of one handshake. Its messages may be sent in any order and any number of times. */
export interface Handshake {
  readonly agent: HandshakeAgent;
  /** The answer to handshake_request. */
  readonly reply: Reply;
  /** Nonce A. */
  readonly nonce: string;
  /** undefined when the gateway told too little to go on; a refusal may tell enough. */
  readonly offer: Offer | undefined;
  /** Whether the gateway's signature over nonce A verifies with the key it sent; false when there is none to verify. */
  readonly serverSigned: boolean;
  /** Message 3. */
  prove(options?: ProofOptions): Promise<Reply>;
  /** Message 5; open until the user answered. */
  request(options?: ScopeOptions): Promise<Reply>;
  /** Message 9. */
  complete(options?: CompleteOptions): Promise<Reply>;
}

/** What scope_result granted. */
export interface ScopeGrant {
  /** The answer to scope_request. */
  readonly reply: Reply;
  readonly handshake: Handshake;
  readonly scopes: readonly string[];
  /** Seconds; NaN when it is no number. */
  readonly ttlS: number;
}

/** A finished handshake. */
export interface Connection extends ScopeGrant {
  /** The answer to handshake_complete. */
  readonly reply: Reply;
  readonly scopeReply: Reply;
  /** The access token. */
  readonly token: string;
}

export interface CallOptions {
  /** `METHOD /path`; default: the first operation of the first granted scope that has one. */
  readonly operation?: string;
  /** The token sent; null: none. */
  readonly token?: string | null;
  /** JSON body; default for methods that take one: the sample of the operation's system. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Parameters added to the query, beside the marker. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/**
 * An agent with its DID and key. The methods `opened`, `proven`, `granted` and `connected` go through the handshake up to
 * that step and stop the check as not-tested when the gateway refuses on the way; `hello` and the messages of a
 * {@link Handshake} never stop it.
 */
export interface HandshakeAgent {
  readonly did: string;
  readonly key: HandshakeKey;
  /** Message 1. */
  hello(options?: HelloOptions): Promise<Handshake>;
  opened(options?: HelloOptions): Promise<Handshake & { readonly offer: Offer }>;
  proven(options?: HelloOptions): Promise<Handshake & { readonly offer: Offer }>;
  granted(options?: ScopeOptions): Promise<ScopeGrant>;
  connected(options?: ScopeOptions): Promise<Connection>;
  /** Reads a connection out of a granted answer to handshake_complete; undefined when it holds no token. */
  connection(grant: ScopeGrant, reply: Reply): Connection | undefined;
  /** An API call through the gateway, with `gp=<marker>` in the query. */
  call(connection: Connection | undefined, options?: CallOptions): Promise<Reply>;
  /** What the users were asked about this agent, in order; strays (of no known agent) included while it waited. */
  confirmations(): readonly Confirmation[];
}
