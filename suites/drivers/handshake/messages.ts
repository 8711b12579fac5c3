import { randomBytes } from "node:crypto";
import { publicExchangeKey } from "../key-pair.ts";
import type { HandshakeAgent, HelloOptions, Offer, ProofOptions, ScopeOptions } from "./agent.ts";
import type { HandshakeUser } from "./user.ts";

type Message = Readonly<Record<string, unknown>>;

/** Offered beside the algorithm of the agent's key. */
const transport = "TLS1.3";

/** 32 random bytes, base64url. */
export function newNonce(): string {
  return randomBytes(32).toString("base64url");
}

/** Message 1. */
export function handshakeRequest(
  agent: HandshakeAgent,
  nonce: string,
  options: HelloOptions & { readonly versions: readonly string[] },
  timestamp: number,
): Message {
  const { versions, capabilities = [agent.key.algorithm, transport] } = options;
  return {
    type: "handshake_request",
    timestamp,
    client_did: agent.did,
    client_pubkey: agent.key.publicPem,
    versions,
    capabilities,
    nonce,
  };
}

/** Message 3. */
export function identityProof(
  agent: HandshakeAgent,
  offer: Offer | undefined,
  options: ProofOptions,
  timestamp: number,
): Message {
  const { signWith = agent.key, over = offer?.nonce ?? "" } = options;
  return { type: "identity_proof", timestamp, signature: signWith.sign(over), credentials: [] };
}

/** What of a scope_request the options leave to the settings. */
export interface ScopeDefaults {
  readonly scopes: readonly string[];
  readonly ttlS: number;
  readonly user: HandshakeUser;
}

/** Message 5. */
export function scopeRequest(
  agent: HandshakeAgent,
  options: ScopeOptions,
  defaults: ScopeDefaults,
  timestamp: number,
): Message {
  const { scopes = defaults.scopes, ttlS = defaults.ttlS, user = defaults.user, agentSignature = {} } = options;
  const credential =
    typeof options.credential === "string"
      ? options.credential
      : user.credential(agent.did, { scopes, ...options.credential });
  const { signWith = agent.key, over = credential } = agentSignature;
  return {
    type: "scope_request",
    timestamp,
    scopes,
    ttl: ttlS,
    user_authorization: { credential, signature: signWith.sign(over) },
    context: options.context ?? { purpose: "conformance test of this gateway" },
  };
}

/** Message 9. */
export function handshakeComplete(
  options: { readonly algorithm?: string; readonly keyExchange?: string; readonly cipher?: string },
  timestamp: number,
): Message {
  const { algorithm = "ECDH-P256", keyExchange = publicExchangeKey(), cipher = "AES-256-GCM" } = options;
  return {
    type: "handshake_complete",
    timestamp,
    key_exchange_alg: algorithm,
    key_exchange_params: keyExchange,
    cipher_suite: cipher,
  };
}
