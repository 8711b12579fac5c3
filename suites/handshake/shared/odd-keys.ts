import { createPublicKey, type KeyObject, sign } from "node:crypto";
import type { HandshakeKey } from "../../drivers/handshake/keys.ts";
import { freshKeyPair } from "../../drivers/key-pair.ts";

/** A public key that no agent may have, with whoever signs for it. */
export interface OddKey {
  readonly name: string;
  /** Sent as client_pubkey. */
  readonly pem: string;
  /** Signs as the owner of that key would; undefined when nobody owns it. */
  readonly signer?: HandshakeKey;
}

/** SPKI of a P-256 key up to the coordinates (RFC 5480 § 2): the 64 bytes behind it are x and y. */
const coordinates = 64;

function pemOf(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join("\n")}\n-----END PUBLIC KEY-----\n`;
}

function publicPem(key: KeyObject): string {
  return key.export({ format: "pem", type: "spki" }).toString();
}

/** A key of a kind that the handshake does not know, which signs all the same. */
function owned(name: string, privateKey: KeyObject): OddKey {
  const pem = publicPem(createPublicKey(privateKey));
  const signer: HandshakeKey = {
    algorithm: "ES256",
    publicPem: pem,
    privateKey,
    sign: (text) =>
      sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url"),
  };
  return { name, pem, signer };
}

/** A point that is not on P-256: the y of a real one is changed in its last bit. */
function offCurve(publicKey: KeyObject): string {
  const der = Buffer.from(publicKey.export({ format: "der", type: "spki" }));
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  return pemOf(der);
}

/** The same key with zeros for its coordinates. */
function zeroPoint(publicKey: KeyObject): string {
  const der = Buffer.from(publicKey.export({ format: "der", type: "spki" }));
  return pemOf(der.fill(0, der.length - coordinates));
}

/** Public keys that must be refused at step 1, or at step 3 at the latest. */
export function oddKeys(own: HandshakeKey): readonly OddKey[] {
  const publicKey = createPublicKey(own.privateKey);
  return [
    { name: "garbage", pem: "not a key" },
    { name: "empty", pem: "" },
    { name: "truncated PEM", pem: own.publicPem.slice(0, Math.floor(own.publicPem.length / 2)), signer: own },
    {
      name: "truncated DER",
      pem: pemOf(Buffer.from(publicKey.export({ format: "der", type: "spki" })).subarray(0, 60)),
    },
    { name: "off the curve", pem: offCurve(publicKey), signer: own },
    { name: "all zeros", pem: zeroPoint(publicKey) },
    owned("RSA 1024", freshKeyPair("RSA-1024").privateKey),
    owned("P-384", freshKeyPair("P-384").privateKey),
    owned("secp256k1", freshKeyPair("secp256k1").privateKey),
    { name: "private key", pem: own.privateKey.export({ format: "pem", type: "pkcs8" }).toString(), signer: own },
  ];
}
