import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * A fresh EC key pair. It goes through DER because node 20 shares a lock between a generated key and the job that made it:
 * reading the key (JWK export, asymmetricKeyDetails) while the job is collected as garbage stops the process for ever.
 */
export function newKeyPair(curve: "P-256" | "P-384"): KeyPair {
  const der = generateKeyPairSync("ec", {
    namedCurve: curve,
    publicKeyEncoding: { type: "spki", format: "der" },
    privateKeyEncoding: { type: "pkcs8", format: "der" },
  });
  return {
    privateKey: createPrivateKey({ key: der.privateKey, type: "pkcs8", format: "der" }),
    publicKey: createPublicKey({ key: der.publicKey, type: "spki", format: "der" }),
  };
}
