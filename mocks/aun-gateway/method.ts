import type { KeyObject } from "node:crypto";
import type { JsonObject } from "../ath/json.ts";

/** Who calls: the session object itself may be one. */
export interface Caller {
  /** The authenticated AID; undefined before `auth.connect`. */
  readonly aid?: string | undefined;
  readonly connectionId: string;
}

export interface Call {
  /** An empty object when the request has no params. */
  readonly params: JsonObject;
  readonly session: Caller;
}

/** A JSON-RPC method: gives the result or throws {@link RpcError}. */
export type Method = (call: Call) => Promise<JsonObject> | JsonObject;

/** A JSON-RPC error on its way out. */
export class RpcError extends Error {
  /** JSON-RPC or AUN error code. */
  readonly code: number;
  readonly data: JsonObject | undefined;
  constructor(code: number, message: string, data?: JsonObject) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Whom a token of `auth.connect` is of. */
export interface VerifiedToken {
  readonly aid: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * The auth service of one issuer and its public key infrastructure. Nothing in it is bound to a connection: every call of
 * a login may come on a socket of its own, as the public clients do it.
 */
export interface AuthService {
  /** `auth.create_aid` … by name; the gate before `auth.connect` is the session's. */
  readonly methods: ReadonlyMap<string, Method>;
  /** `auth.connect` with method kite_token. Throws {@link RpcError} 4001. */
  verifyToken(token: string): VerifiedToken;
  /**
   * `auth.connect` with method aid; takes the whole `auth` member. Throws {@link RpcError}: 4000 for what is missing or
   * malformed, 4001 for what is wrong. Uses the login nonce up.
   */
  verifyAidLogin(auth: JsonObject): { readonly aid: string };
  /** A fresh access token of an AID whose connect was granted, for the `token` of the result. */
  issueToken(aid: string): string;
  /** Signs for the domain towards other gateways: ECDSA-SHA256 in DER, standard base64, by the key of `auth.{issuer}`. */
  signAsIssuer(text: string): string;
  /** `/.well-known/aun-gateway`, `/health`, `/pki/…`, `/ca/cert`; undefined when the path is none of these. */
  http(request: Request): Response | undefined;
  /** The result of `meta.trust_roots`. */
  trustRoots(): JsonObject;
  /** Whether this issuer has made the AID. */
  known(aid: string): boolean;
  /** The public key of the AID's current certificate. */
  keyOf(aid: string): KeyObject | undefined;
  /** PEM of the AID's current certificate. */
  certificateOf(aid: string): string | undefined;
  /** PEM of the root that clients have to trust. */
  readonly rootCertificate: string;
  /** Every AID with what was issued to it, without secrets. */
  issued(): readonly IssuedIdentity[];
  /** Forgets AIDs, logins, tokens and revocations; the chain stays. */
  reset(): void;
}

/** An AID as the control API shows it. */
export interface IssuedIdentity {
  readonly aid: string;
  /** Serial numbers of its certificates, hex, oldest first. */
  readonly serials: readonly string[];
  readonly revoked: readonly string[];
}
