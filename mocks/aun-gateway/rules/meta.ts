import type { JsonObject } from "../../ath/json.ts";

export interface MetaRules {
  /** A106: whether meta.ping may be called with these params. */
  "meta.pingAllowed": (input: { readonly given: boolean }) => boolean;
  /** A106: the result of meta.ping. */
  "meta.pong": (input: { readonly now: number; readonly params: JsonObject }) => JsonObject;
  /** A107: the result of meta.status. */
  "meta.status": (input: {
    readonly aid: string;
    /** Milliseconds since the epoch. */
    readonly connectedAt: number;
    readonly protocol: string;
    readonly params: JsonObject;
  }) => JsonObject;
  /** A108: the result of meta.trust_roots. */
  "meta.trustRoots": (input: { readonly roots: JsonObject }) => JsonObject;
}

export const honestMeta: MetaRules = {
  "meta.pingAllowed": () => true,
  "meta.pong": ({ now }) => ({ pong: true, timestamp: Math.floor(now / 1000) }),
  "meta.status": ({ aid, connectedAt, protocol }) => ({
    mode: "gateway",
    aid,
    role: "agent",
    connected_at: connectedAt,
    protocol_version: protocol,
  }),
  "meta.trustRoots": ({ roots }) => roots,
};
