import type { JsonObject } from "../../ath/json.ts";
import type { RandomSource } from "../../core/random.ts";

export interface ChallengeRules {
  /** A10, A11: what the client must repeat in auth.connect. */
  "challenge.nonce": (input: { readonly random: RandomSource }) => unknown;
  /** A17, A74: for how long a nonce is good, in milliseconds; a connection has as long to authenticate. */
  "challenge.lifeMs": () => number;
  /** A9, A12, A13: the frames sent after the upgrade, given the challenge. */
  "challenge.frames": (input: { readonly challenge: JsonObject }) => readonly JsonObject[];
}

export const honestChallenge: ChallengeRules = {
  "challenge.nonce": ({ random }) => random.text(24),
  "challenge.lifeMs": () => 30_000,
  "challenge.frames": ({ challenge }) => [challenge],
};
