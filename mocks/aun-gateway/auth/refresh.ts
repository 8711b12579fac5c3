import { own, ownText } from "../../ath/json.ts";
import { type Call, RpcError } from "../method.ts";
import type { RefreshProblem } from "../rules/refresh.ts";
import { type AuthContext, rpcCode } from "./context.ts";
import { MAX_CHAINS, makeRoom, type RefreshChain } from "./state.ts";
import { accessToken, digestOf } from "./tokens.ts";

/** Starts the chain of a login; gives its first refresh token. */
export function startChain({ random, clock, state }: AuthContext, aid: string, accessJti: string): string {
  const token = random.text(32);
  makeRoom(state.chains, MAX_CHAINS);
  state.chains.set(digestOf(token), { aid, startedAt: clock.now(), count: 0, accessJti });
  return token;
}

/** A refresh that failed is a result, not an error: clients log in again on `relogin_required` only (AUN 01 § 1.5). */
function failure({ rules }: AuthContext, token: string, error: RefreshProblem, reason: string) {
  return rules["refresh.failure"]({
    failure: { success: false, error, relogin_required: true, retryable: false, diagnostic: { reason } },
    token,
  });
}

/** Moves the chain on to its next refresh token, and gives that. */
function nextToken(
  context: AuthContext,
  used: string,
  chain: RefreshChain,
  next: Pick<RefreshChain, "count" | "accessJti">,
): string {
  const { rules, state, random } = context;
  for (const jti of rules["refresh.killed"]({ chain })) state.deadTokens.add(jti);
  if (rules["refresh.isSpent"]()) state.chains.delete(digestOf(used));
  const token = rules["refresh.next"]({ used, make: () => random.text(32) });
  makeRoom(state.chains, MAX_CHAINS);
  state.chains.set(digestOf(token), { ...chain, ...next });
  return token;
}

/** `auth.refresh_token` (AUN 01 § 1.5). */
export function refreshToken(context: AuthContext, { params, session }: Call) {
  const { rules, state, clock } = context;
  if (!rules["refresh.connectionFits"]({ sessionAid: session.aid })) {
    throw new RpcError(rpcCode.notInitialised, "a token is not refreshed on this connection");
  }
  const presented = own(params, "refresh_token");
  const token = typeof presented === "string" ? presented : "";
  const now = clock.now();
  const chain = rules["refresh.chain"]({
    token,
    find: (text) => state.chains.get(digestOf(text)),
    aids: () => state.identities.keys(),
    now,
  });
  if (chain === undefined) {
    return token === ""
      ? failure(context, token, "missing refresh_token", "missing")
      : failure(context, token, "invalid_or_expired_refresh_token", "unknown");
  }
  if ((ownText(params, "aid") ?? chain.aid) !== chain.aid) {
    return failure(context, token, "invalid_or_expired_refresh_token", "unknown");
  }
  if (!rules["refresh.chainIsOpen"]({ chain, now })) {
    state.chains.delete(digestOf(token));
    return failure(context, token, "invalid_or_expired_refresh_token", "chain_exhausted");
  }
  const access = accessToken(context, chain.aid, "refresh");
  const count = rules["refresh.count"]({ count: chain.count });
  const next = nextToken(context, token, chain, { count, accessJti: access.jti });
  const result = {
    success: true,
    aid: chain.aid,
    access_token: access.text,
    token: access.text,
    refresh_token: next,
    expires_in: access.expiresIn,
    refresh_count: count,
    relogin_required: false,
    retryable: false,
    diagnostic: { reason: "refreshed" },
  };
  return rules["auth.result"]({ method: "refresh_token", result });
}
