import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const publicKeyEncoding = { type: "spki", format: "der" } as const;
const privateKeyEncoding = { type: "pkcs8", format: "der" } as const;

/**
 * A fresh key pair. It goes through DER because node 20 shares a lock between a generated key and the job that made it:
 * reading the key (JWK export, asymmetricKeyDetails) while the job is collected as garbage stops the process for ever.
 */
export function newKeyPair(curve: "P-256" | "P-384" | "secp256k1" | "Ed25519"): KeyPair {
  const made =
    curve === "Ed25519"
      ? generateKeyPairSync("ed25519", { publicKeyEncoding, privateKeyEncoding })
      : generateKeyPairSync("ec", { namedCurve: curve, publicKeyEncoding, privateKeyEncoding });
  return {
    privateKey: createPrivateKey({ key: made.privateKey, type: "pkcs8", format: "der" }),
    publicKey: createPublicKey({ key: made.publicKey, type: "spki", format: "der" }),
  };
}
