import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

const publicKeyEncoding = { type: "spki", format: "der" } as const;
const privateKeyEncoding = { type: "pkcs8", format: "der" } as const;

function onCurve(namedCurve: string) {
  return generateKeyPairSync("ec", { namedCurve, publicKeyEncoding, privateKeyEncoding });
}

/** Keys that the kit makes; the last ones are those that a target must refuse. */
const makers = {
  "P-256": () => onCurve("P-256"),
  Ed25519: () => generateKeyPairSync("ed25519", { publicKeyEncoding, privateKeyEncoding }),
  "P-384": () => onCurve("P-384"),
  secp256k1: () => onCurve("secp256k1"),
  X25519: () => generateKeyPairSync("x25519", { publicKeyEncoding, privateKeyEncoding }),
  "RSA-1024": () => generateKeyPairSync("rsa", { modulusLength: 1024, publicKeyEncoding, privateKeyEncoding }),
};

/**
 * A fresh pair. Made as bytes and read back: a key object that node 20 generated shares a lock with the job that made it,
 * and where that job is collected while the key is exported, the process stands still for ever.
 */
export function freshKeyPair(kind: keyof typeof makers): {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
} {
  const { privateKey, publicKey } = makers[kind]();
  return {
    privateKey: createPrivateKey({ key: privateKey, type: "pkcs8", format: "der" }),
    publicKey: createPublicKey({ key: publicKey, type: "spki", format: "der" }),
  };
}
