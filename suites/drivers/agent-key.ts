import { createPrivateKey, type KeyObject } from "node:crypto";
import type { AgentKey } from "./agent.ts";
import { freshKeyPair } from "./key-pair.ts";

/** Parsing PEM costs more than signing; a key that the kit made is kept as it was made. */
const privateKeys = new WeakMap<AgentKey, KeyObject>();

/** Writes its PEM forms when they are asked for: few checks do, and writing them costs more than making the key. */
class GeneratedKey implements AgentKey {
  readonly kid: string;
  readonly publicJwk: AgentKey["publicJwk"];
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  constructor(kid: string, publicJwk: AgentKey["publicJwk"], privateKey: KeyObject, publicKey: KeyObject) {
    this.kid = kid;
    this.publicJwk = publicJwk;
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }
  get privatePem(): string {
    return this.#privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  }
  get publicPem(): string {
    return this.#publicKey.export({ format: "pem", type: "spki" }).toString();
  }
}

/** A new P-256 key. `kid` as the known agents have it. */
export function newAgentKey(kid = "default"): AgentKey {
  const { privateKey, publicKey } = freshKeyPair("P-256");
  const { kty = "", crv = "", x = "", y = "" } = publicKey.export({ format: "jwk" });
  const key = new GeneratedKey(kid, { kty, crv, x, y, kid, alg: "ES256", use: "sig" }, privateKey, publicKey);
  privateKeys.set(key, privateKey);
  return key;
}

/** The private half as Node wants it for signing. */
export function privateKeyOf(key: AgentKey): KeyObject {
  const known = privateKeys.get(key) ?? createPrivateKey(key.privatePem);
  privateKeys.set(key, known);
  return known;
}
