import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { newKeyPair } from "../core/key-pair.ts";

/** Signature algorithms of the handshake: P-256 or Ed25519 keys. */
export const algorithms = ["ES256", "EdDSA"] as const;
export type Algorithm = (typeof algorithms)[number];

export function isAlgorithm(text: string): text is Algorithm {
  return text === "ES256" || text === "EdDSA";
}

/** A public key as it came, and what it is known by. */
export interface PublicKey {
  readonly key: KeyObject;
  readonly algorithm: Algorithm;
  /** SHA-256 of the SPKI bytes, base64url. */
  readonly fingerprint: string;
}

/** A key of the gateway's own. */
export interface ServerKey {
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly pem: string;
}

/** The gateway's keys, one for each algorithm that an agent may be able to check. */
export type ServerKeys = Readonly<Record<Algorithm, ServerKey>>;

/** A PEM longer than this holds no key of ours. */
const MAX_PEM = 1_024;
const pemForm = /^\s*-----BEGIN PUBLIC KEY-----\s+(?<base64>[A-Za-z0-9+/=\s]+?)\s*-----END PUBLIC KEY-----\s*$/;

const p256Point = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d03010703420004", "hex");
const p256Compressed = Buffer.from("3039301306072a8648ce3d020106082a8648ce3d030107032200", "hex");
const ed25519Prefix = Buffer.from("302a300506032b6570032100", "hex");

function begins(der: Buffer, prefix: Buffer, length: number): boolean {
  return der.length === length && der.subarray(0, prefix.length).equals(prefix);
}

/** Ed25519 points of small order, sign bit cleared: a signature under them proves nothing (RFC 8032 § 5.1). */
const smallOrder = new Set([
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
]);

function isSmallOrder(der: Buffer): boolean {
  const point = Buffer.from(der.subarray(ed25519Prefix.length));
  point[31] = (point[31] ?? 0) & 0x7f;
  return smallOrder.has(point.toString("hex"));
}

/**
 * The form of the DER is judged before OpenSSL sees it: it takes the point at infinity for a P-256 key, and node aborts
 * the process when it is asked for that key's details.
 */
function algorithmOf(der: Buffer): Algorithm | undefined {
  if (begins(der, p256Point, p256Point.length + 64) || begins(der, p256Compressed, p256Compressed.length + 33)) {
    return "ES256";
  }
  return begins(der, ed25519Prefix, ed25519Prefix.length + 32) && !isSmallOrder(der) ? "EdDSA" : undefined;
}

/** By way of its numbers, which is twice as fast as by way of DER; OpenSSL looks whether the point is on the curve. */
function keyOf(der: Buffer): KeyObject {
  const text = (from: number, to?: number) => der.subarray(from, to).toString("base64url");
  if (begins(der, p256Point, p256Point.length + 64)) {
    const x = text(p256Point.length, p256Point.length + 32);
    const y = text(p256Point.length + 32);
    return createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  }
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

/** Reads a P-256 or Ed25519 public key (SPKI PEM); undefined: it is none, or its point is not on the curve. */
export function readPublicKey(pem: string): PublicKey | undefined {
  const base64 = pem.length > MAX_PEM ? undefined : pemForm.exec(pem)?.groups?.["base64"];
  if (base64 === undefined) return undefined;
  const der = Buffer.from(base64, "base64");
  const algorithm = algorithmOf(der);
  if (algorithm === undefined) return undefined;
  try {
    const key = keyOf(der);
    // A compressed point and its long form are the same key.
    const canonical = der.length === p256Compressed.length + 33 ? key.export({ format: "der", type: "spki" }) : der;
    return { key, algorithm, fingerprint: createHash("sha256").update(canonical).digest("base64url") };
  } catch {
    return undefined;
  }
}

function pair(algorithm: Algorithm): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return newKeyPair(algorithm === "ES256" ? "P-256" : "Ed25519");
}

/** A fresh key. */
export function serverKey(algorithm: Algorithm): ServerKey {
  const { publicKey, privateKey } = pair(algorithm);
  return { algorithm, privateKey, publicKey, pem: publicKey.export({ format: "pem", type: "spki" }).toString() };
}

/** Fresh keys. */
export function serverKeys(): ServerKeys {
  return { ES256: serverKey("ES256"), EdDSA: serverKey("EdDSA") };
}
