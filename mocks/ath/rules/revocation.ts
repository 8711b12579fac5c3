import type { Agent, Token } from "../state.ts";

/** How POST /ath/revoke decides (ATH 0.1 server/revocation; RFC 7009). */
export interface RevocationRules {
  /** REV-2: the agent that asks, by its client credentials; undefined when they do not hold. */
  "revocation.caller": (input: {
    readonly clientId: string | undefined;
    readonly clientSecret: string | undefined;
    /** The token to be revoked, when it is known. */
    readonly token: Token | undefined;
    readonly agents: ReadonlyMap<string, Agent>;
    readonly secretIsRight: (agent: Agent, clientSecret: string | undefined) => boolean;
  }) => Agent | undefined;
  /** REV-3: an agent revokes its own tokens only. */
  "revocation.isOwn": (input: { readonly token: Token; readonly caller: Agent }) => boolean;
  /** REV-4: a token that is unknown (to this agent) is as good as revoked (RFC 7009 § 2.2). */
  "revocation.whenUnknown": () => "accept" | "refuse";
  /** REV-1: ends the token at once. `now` in milliseconds. */
  "revocation.end": (input: { readonly token: Token; readonly now: number }) => void;
}

export const honestRevocation: RevocationRules = {
  "revocation.caller": ({ clientId, clientSecret, agents, secretIsRight }) => {
    const agent = agents.get(clientId ?? "");
    return agent !== undefined && secretIsRight(agent, clientSecret) ? agent : undefined;
  },
  "revocation.isOwn": ({ token, caller }) => token.clientId === caller.clientId,
  "revocation.whenUnknown": () => "accept",
  "revocation.end": ({ token, now }) => {
    token.revokedAt ??= now;
  },
};
