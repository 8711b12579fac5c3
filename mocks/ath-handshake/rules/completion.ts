import type { KeyObject } from "node:crypto";
import type { JsonObject } from "../../ath/json.ts";
import type { ExchangeKey } from "../exchange-key.ts";
import { readPublicKey, type ServerKey } from "../keys.ts";

/** Claims of an access token; times in seconds. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly user_did?: string;
  readonly scopes: readonly string[];
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly handshake_id: string;
}

/** Step 9 (HS-19, HS-20). */
export interface CompletionRules {
  /** HS-20: the one algorithm and the one cipher of this gateway. */
  "exchange.suiteIsKnown": (input: { readonly algorithm: string; readonly cipher: string }) => boolean;
  /** HS-20: the agent's public key, a point of P-256; undefined: it is none. */
  "exchange.agentKey": (input: { readonly pem: string }) => KeyObject | undefined;
  /** HS-20: the gateway's own key, fresh for each handshake. */
  "exchange.ownKey": (input: { readonly fresh: () => ExchangeKey }) => ExchangeKey;
  /** HS-19: what the token says. */
  "token.claims": (input: { readonly claims: TokenClaims; readonly requested: readonly string[] }) => JsonObject;
  /** HS-19: the key that signs it. */
  "token.signingKey": (input: { readonly announced: ServerKey; readonly fresh: () => ServerKey }) => ServerKey;
}

export const EXCHANGE_ALGORITHM = "ECDH-P256";
export const CIPHER_SUITE = "AES-256-GCM";

export const honestCompletion: CompletionRules = {
  "exchange.suiteIsKnown": ({ algorithm, cipher }) => algorithm === EXCHANGE_ALGORITHM && cipher === CIPHER_SUITE,
  "exchange.agentKey": ({ pem }) => {
    const read = readPublicKey(pem);
    return read?.algorithm === "ES256" ? read.key : undefined;
  },
  "exchange.ownKey": ({ fresh }) => fresh(),
  "token.claims": ({ claims }) => ({ ...claims }),
  "token.signingKey": ({ announced }) => announced,
};
