import { isJsonObject, type JsonObject, own, ownText } from "../../ath/json.ts";
import type { RandomSource } from "../../core/random.ts";
import { RpcError } from "../method.ts";

/** Codes of auth.connect (Gateway mode § error codes). */
export const connectCodes = {
  parameter: 4000,
  authentication: 4001,
  nonce: 4010,
  version: -32000,
  internal: 4500,
} as const;

/** How a client proves who it is. */
export const authMethods = ["pairing_code", "kite_token", "aid"] as const;
export type AuthMethod = (typeof authMethods)[number];

export function isAuthMethod(value: unknown): value is AuthMethod {
  return authMethods.some((method) => method === value);
}

/** What the three ways to authenticate have at hand. */
export interface AuthenticationInput {
  readonly auth: JsonObject;
  /** Throws {@link RpcError} 4001. */
  readonly verifyToken: (token: string) => { readonly aid: string };
  /** Throws {@link RpcError} 4000 or 4001. */
  readonly verifyAidLogin: (auth: JsonObject) => { readonly aid: string };
  readonly codes: { aidOf(code: string): string | undefined; use(code: string): void };
  /** Some AID of this issuer; undefined when there is none. */
  readonly anyAid: () => string | undefined;
}

/** What a client proves itself by; an honest gateway lets nobody stay anonymous. */
export type Credentials = { readonly auth: JsonObject; readonly anonymous?: false } | { readonly anonymous: true };

export interface ConnectRules {
  /** A14: code when the nonce is missing. */
  "connect.nonceMissingCode": () => number;
  /** A14, A15, A16, A18, A111: whether what was given is the nonce of this connection's challenge. */
  "connect.nonce": (input: {
    readonly given: unknown;
    readonly own: unknown;
    /** The nonces of every open connection. */
    readonly everyNonce: () => Iterable<unknown>;
  }) => "fits" | "missing" | "wrong";
  /** A19: what `auth` holds, or that the client may stay anonymous. Throws {@link RpcError}. */
  "connect.credentials": (input: { readonly given: unknown }) => Credentials;
  /** A19, A20: by which method the client authenticates. Throws {@link RpcError}. */
  "connect.method": (input: { readonly auth: JsonObject }) => AuthMethod;
  /** A21, A22, A32, A110: the AID of `auth.token`. Throws {@link RpcError}. */
  "connect.kiteToken": (input: AuthenticationInput) => string;
  /** A27: the AID of a signed login nonce. Throws {@link RpcError}. */
  "connect.aidLogin": (input: AuthenticationInput) => string;
  /** A31: the AID of `auth.code`. Throws {@link RpcError}. */
  "connect.pairingCode": (input: AuthenticationInput) => string;
  /** A41: whom the connection is of. */
  "connect.identity": (input: { readonly verified: string; readonly params: JsonObject }) => string;
  /** A33: whether the members of params are borne, known or not. */
  "connect.membersFit": (input: { readonly params: JsonObject }) => boolean;
  /** A33: whether this `device.type` is borne. */
  "connect.deviceTypeFits": (input: { readonly type: unknown }) => boolean;
  /** A42: a name for the connection. */
  "connect.id": (input: { readonly random: RandomSource }) => string;
  /** A45: what the server says it can do. */
  "connect.capabilities": (input: { readonly own: JsonObject; readonly client: JsonObject }) => JsonObject;
  /** A32: whether a token for the next connect comes with the result, and which. */
  "connect.token": (input: { readonly first: boolean; readonly issue: () => string }) => string | undefined;
  /** A40–A46: the result on its way out. */
  "connect.result": (input: { readonly result: JsonObject }) => JsonObject;
}

function missing(name: string): RpcError {
  return new RpcError(connectCodes.parameter, `missing parameter: ${name}`);
}

export const honestConnect: ConnectRules = {
  "connect.nonceMissingCode": () => connectCodes.parameter,
  "connect.nonce": ({ given, own: expected }) => {
    if (typeof given !== "string" || given === "") return "missing";
    return given === expected ? "fits" : "wrong";
  },
  "connect.credentials": ({ given }) => {
    if (!isJsonObject(given)) throw missing("auth");
    return { auth: given };
  },
  "connect.method": ({ auth }) => {
    const method = own(auth, "method");
    if (method === undefined || method === "") throw missing("auth.method");
    if (!isAuthMethod(method)) throw new RpcError(connectCodes.parameter, `auth.method must be one of ${authMethods}`);
    return method;
  },
  "connect.kiteToken": ({ auth, verifyToken }) => {
    const token = ownText(auth, "token");
    if (token === undefined) throw missing("auth.token");
    return verifyToken(token).aid;
  },
  "connect.aidLogin": ({ auth, verifyAidLogin }) => verifyAidLogin(auth).aid,
  "connect.pairingCode": ({ auth, codes }) => {
    const code = ownText(auth, "code");
    if (code === undefined) throw missing("auth.code");
    const aid = codes.aidOf(code);
    if (aid === undefined) throw new RpcError(connectCodes.authentication, "unknown, used or expired pairing code");
    codes.use(code);
    return aid;
  },
  "connect.identity": ({ verified }) => verified,
  "connect.membersFit": () => true,
  "connect.deviceTypeFits": () => true,
  "connect.id": ({ random }) => random.text(12),
  "connect.capabilities": ({ own }) => own,
  "connect.token": ({ first, issue }) => (first ? issue() : undefined),
  "connect.result": ({ result }) => result,
};
