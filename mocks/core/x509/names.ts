import { createHash, type KeyObject, sign } from "node:crypto";
import { nothing, objectIdentifier, sequence, setOf, utf8String } from "./der.ts";

/** A distinguished name; the common name comes first, since clients read it off the beginning. */
export interface DistinguishedName {
  readonly commonName: string;
  readonly organization?: string;
}

/** `Name` (RFC 5280 § 4.1.2.4). */
export function nameOf({ commonName, organization }: DistinguishedName): Buffer {
  const part = (type: string, text: string) => setOf(sequence(objectIdentifier(type), utf8String(text)));
  const parts = [part("2.5.4.3", commonName)];
  if (organization !== undefined) parts.push(part("2.5.4.10", organization));
  return sequence(...parts);
}

const ecdsaWithSha256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const ecdsaWithSha384 = sequence(objectIdentifier("1.2.840.10045.4.3.3"));

/** SHA-256 as OCSP names it; the NULL is what everybody writes. */
export const sha256Identifier = sequence(objectIdentifier("2.16.840.1.101.3.4.2.1"), nothing());

/** The curve of an EC key in the words of AUN; undefined for every other key. */
export function curveOf(key: KeyObject): "P-256" | "P-384" | undefined {
  const curve = key.asymmetricKeyType === "ec" ? key.asymmetricKeyDetails?.namedCurve : undefined;
  if (curve === "prime256v1") return "P-256";
  return curve === "secp384r1" ? "P-384" : undefined;
}

/** AlgorithmIdentifier of what {@link signatureBy} makes with this key. */
export function signatureAlgorithmOf(key: KeyObject): Buffer {
  return curveOf(key) === "P-384" ? ecdsaWithSha384 : ecdsaWithSha256;
}

/** ECDSA in DER; SHA-384 for a P-384 key, SHA-256 otherwise (RFC 5758 § 3.2). */
export function signatureBy(key: KeyObject, bytes: Uint8Array): Buffer {
  return sign(curveOf(key) === "P-384" ? "sha384" : "sha256", bytes, key);
}

/** Writing a key costs more than signing with it, and one key is written for its certificate and for who looks it up. */
const written = new WeakMap<KeyObject, Buffer>();

/** SubjectPublicKeyInfo. */
export function spkiOf(publicKey: KeyObject): Buffer {
  const spki = written.get(publicKey) ?? publicKey.export({ type: "spki", format: "der" });
  written.set(publicKey, spki);
  return spki;
}

/** The public point itself, which is what key identifiers are hashed from (RFC 5280 § 4.2.1.2). */
export function publicPointOf(publicKey: KeyObject): Buffer {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return Buffer.concat([Uint8Array.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
}

export function keyIdentifierOf(publicKey: KeyObject): Buffer {
  return createHash("sha1").update(publicPointOf(publicKey)).digest();
}
