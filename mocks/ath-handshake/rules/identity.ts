import type { Handshake, Stage } from "../state.ts";

/** What identity_result tells of the gateway's policy. */
export interface Metadata {
  readonly scopes_supported: readonly string[];
  readonly token_max_ttl: number;
  readonly require_user_confirmation: boolean;
}

/** Steps 3 and 4 (HS-7, HS-9, HS-10). */
export interface IdentityRules {
  /** HS-7: the signature is the agent's key's over this handshake's nonce B. */
  "identity.proofHolds": (input: {
    readonly handshake: Handshake;
    readonly signature: string;
    readonly verifies: (by: Handshake, text: string) => boolean;
    /** Every handshake that is remembered. */
    readonly handshakes: () => Iterable<Handshake>;
  }) => boolean;
  /** HS-9: whether a proof is taken again, unseen, in a handshake that has one. */
  "identity.takesAgain": (input: { readonly stage: Stage }) => boolean;
  /** HS-7: where a handshake stands after a proof that does not hold. */
  "identity.stageAfterFailure": () => Stage;
  /** HS-10: what a success tells. */
  "identity.metadata": (input: { readonly metadata: Metadata }) => Metadata | undefined;
  /** HS-10: what a failure tells. */
  "identity.error": (input: { readonly error: string }) => string | undefined;
}

export const honestIdentity: IdentityRules = {
  "identity.proofHolds": ({ handshake, verifies }) => verifies(handshake, handshake.nonceB),
  "identity.takesAgain": () => false,
  "identity.stageAfterFailure": () => "ended",
  "identity.metadata": ({ metadata }) => metadata,
  "identity.error": ({ error }) => error,
};
