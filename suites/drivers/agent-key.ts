import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import type { AgentKey } from "./agent.ts";

/** Parsing PEM costs more than signing; a key that the kit made is kept as it was made. */
const privateKeys = new WeakMap<AgentKey, KeyObject>();

/** A new P-256 key. `kid` as the known agents have it. */
export function newAgentKey(kid = "default"): AgentKey {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty = "", crv = "", x = "", y = "" } = publicKey.export({ format: "jwk" });
  const key: AgentKey = {
    kid,
    privatePem: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    publicPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    publicJwk: { kty, crv, x, y, kid, alg: "ES256", use: "sig" },
  };
  privateKeys.set(key, privateKey);
  return key;
}

/** The private half as Node wants it for signing. */
export function privateKeyOf(key: AgentKey): KeyObject {
  const known = privateKeys.get(key) ?? createPrivateKey(key.privatePem);
  privateKeys.set(key, known);
  return known;
}
