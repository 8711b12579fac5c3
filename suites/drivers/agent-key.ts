import { createPrivateKey, type KeyObject } from "node:crypto";
import type { AgentKey } from "./agent.ts";
import { type SigningKey, signingKey, spkiPem } from "./key-pair.ts";

/** Parsing PEM costs more than signing; a key that the kit made is kept as it was made. */
const privateKeys = new WeakMap<AgentKey, KeyObject>();

/** Writes its PEM forms when they are asked for: few checks do, and writing them costs more than making the key. */
class GeneratedKey implements AgentKey {
  readonly kid: string;
  readonly publicJwk: AgentKey["publicJwk"];
  readonly #privateKey: KeyObject;
  readonly #spki: Buffer;
  constructor(kid: string, publicJwk: AgentKey["publicJwk"], { privateKey, spki }: SigningKey) {
    this.kid = kid;
    this.publicJwk = publicJwk;
    this.#privateKey = privateKey;
    this.#spki = spki;
  }
  get privatePem(): string {
    return this.#privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  }
  get publicPem(): string {
    return spkiPem(this.#spki);
  }
}

/** A new P-256 key. `kid` as the known agents have it. */
export function newAgentKey(kid = "default"): AgentKey {
  const made = signingKey("P-256");
  // The point ends the SubjectPublicKeyInfo: 32 bytes each (RFC 5480 § 2.2, RFC 7518 § 6.2.1).
  const [x, y] = [made.spki.subarray(-64, -32), made.spki.subarray(-32)].map((bytes) => bytes.toString("base64url"));
  const jwk = { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "", kid, alg: "ES256", use: "sig" };
  const key = new GeneratedKey(kid, jwk, made);
  privateKeys.set(key, made.privateKey);
  return key;
}

/** The private half as Node wants it for signing. */
export function privateKeyOf(key: AgentKey): KeyObject {
  const known = privateKeys.get(key) ?? createPrivateKey(key.privatePem);
  privateKeys.set(key, known);
  return known;
}
