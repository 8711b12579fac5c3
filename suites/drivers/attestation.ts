import { randomUUID, sign } from "node:crypto";
import type { AgentKey, AttestationBend } from "./agent.ts";
import { privateKeyOf } from "./agent-key.ts";

export interface AttestationOptions {
  readonly agentId: string;
  readonly key: AgentKey;
  readonly audience: string;
  /** The kit's clock, milliseconds. */
  readonly now: number;
  readonly bend?: AttestationBend;
}

/**
 * How long an attestation lives, in seconds. Twice the window of ATT-4, so that one that is 6 minutes old by its `iat`
 * has not expired by its `exp`, and a refusal is for the reason under test.
 */
const lifetimeS = 600;

/**
 * An attestation: a compact JWT signed with ES256 (ATH 0.1 client/identity § Required Claims). Made by hand and not by a
 * JOSE library, since a library refuses to make most of what the bends ask for.
 */
export function signAttestation({ agentId, key, audience, now, bend = {} }: AttestationOptions): string {
  const iat = Math.floor(now / 1000);
  const header = { alg: "ES256", typ: "JWT", kid: (bend.key ?? key).kid, ...bend.header };
  const claims = {
    iss: agentId,
    sub: agentId,
    aud: audience,
    iat,
    exp: iat + lifetimeS,
    jti: randomUUID(),
    capabilities: [],
    ...bend.claims,
  };
  const signingInput = `${encode(header)}.${encode(claims)}`;
  const signature = bend.sign?.(signingInput) ?? signES256(signingInput, bend.key ?? key);
  const jwt = `${signingInput}.${signature}`;
  return bend.tamper?.(jwt) ?? jwt;
}

/** JSON leaves out members that are undefined: that is how a bend drops a claim. */
function encode(part: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** The signature part of a JWS: R and S concatenated (RFC 7518 § 3.4). */
function signES256(signingInput: string, key: AgentKey): string {
  const options = { key: privateKeyOf(key), dsaEncoding: "ieee-p1363" as const };
  return sign("sha256", Buffer.from(signingInput), options).toString("base64url");
}
