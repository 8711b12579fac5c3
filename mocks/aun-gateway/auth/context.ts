import type { KeyObject } from "node:crypto";
import { type JsonObject, own } from "../../ath/json.ts";
import type { Clock } from "../../core/clock.ts";
import type { RandomSource } from "../../core/random.ts";
import { RpcError } from "../method.ts";
import type { AuthorityChain } from "../pki/authority.ts";
import type { AuthServiceRules } from "../rules/auth-service.ts";
import type { AuthIdentity } from "./auth-identity.ts";
import type { AuthState } from "./state.ts";

/** What the methods of the auth service work with. */
export interface AuthContext {
  readonly issuer: string;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly rules: AuthServiceRules;
  readonly state: AuthState;
  readonly chain: AuthorityChain;
  /** The auth service's own key and certificate. */
  readonly auth: AuthIdentity;
}

/** The codes of AUN 01 § 1.8 and 07; where these are silent, what the public clients expect. */
export const rpcCode = {
  parameter: -32602,
  missing: 4000,
  authentication: 4001,
  loginState: -32002,
  signature: -32003,
  forbidden: -32004,
  notFound: -32008,
  notInitialised: -32013,
  aidTaken: 4090,
  full: -32029,
} as const;

/** A text parameter that must be there. Throws {@link RpcError} -32602. */
export function textOf(params: JsonObject, name: string, maxLength: number): string {
  const value = own(params, name);
  if (typeof value !== "string") throw new RpcError(rpcCode.parameter, `${name} must be a text`);
  if (value.length > maxLength) throw new RpcError(rpcCode.parameter, `${name} is longer than ${maxLength} characters`);
  return value;
}

/** A text that is named in parameters and bounded: names, nonces, ids. */
export const MAX_NAME = 512;
/** Signatures, keys, certificates. */
export const MAX_BLOB = 16 * 1024;

/** The public key of the AID's current certificate. */
export function keyOf({ state }: AuthContext, aid: string): KeyObject | undefined {
  return state.identities.get(aid)?.current.publicKey;
}
