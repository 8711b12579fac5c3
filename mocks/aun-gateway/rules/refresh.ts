import type { JsonObject } from "../../ath/json.ts";
import type { RefreshChain } from "../auth/state.ts";
import { DAY_MS } from "../pki/authority.ts";

/** Why a refresh failed, in the words that clients compare. */
export type RefreshProblem = "missing refresh_token" | "invalid_or_expired_refresh_token";

/** How a session goes on without a new login (AUN 01 § 1.5). */
export interface RefreshRules {
  /** Whether a connection like this may refresh (A100). */
  "refresh.connectionFits"(input: { readonly sessionAid: string | undefined }): boolean;
  /** The chain that a refresh token belongs to (A99). */
  "refresh.chain"(input: {
    readonly token: string;
    readonly find: (token: string) => RefreshChain | undefined;
    readonly aids: () => Iterable<string>;
    readonly now: number;
  }): RefreshChain | undefined;
  /** A101. */
  "refresh.chainIsOpen"(input: { readonly chain: RefreshChain; readonly now: number }): boolean;
  /** Whether the token is dead from now on (A97). */
  "refresh.isSpent"(): boolean;
  /** The next refresh token (A96). */
  "refresh.next"(input: { readonly used: string; readonly make: () => string }): string;
  /** How many refreshes the chain has now (A96). */
  "refresh.count"(input: { readonly count: number }): number;
  /** Which access tokens die with a refresh, by jti (A98). */
  "refresh.killed"(input: { readonly chain: RefreshChain }): readonly string[];
  /** The result that says no (A99). */
  "refresh.failure"(input: { readonly failure: JsonObject; readonly token: string }): JsonObject;
}

/** A chain ends after so many refreshes, or after so long (AUN 01 § 1.5). */
const MAX_REFRESHES = 720;
const MAX_AGE_MS = 30 * DAY_MS;

export const honestRefresh: RefreshRules = {
  "refresh.connectionFits": () => true,
  "refresh.chain": ({ token, find }) => find(token),
  "refresh.chainIsOpen": ({ chain: { count, startedAt }, now }) =>
    count < MAX_REFRESHES && now - startedAt <= MAX_AGE_MS,
  "refresh.isSpent": () => true,
  "refresh.next": ({ make }) => make(),
  "refresh.count": ({ count }) => count + 1,
  // Old access tokens stay good until they expire.
  "refresh.killed": () => [],
  "refresh.failure": ({ failure }) => failure,
};
