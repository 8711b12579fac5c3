import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { signingKey, spkiPem } from "../key-pair.ts";
import { usableKey } from "../public-key.ts";
import { SetupError } from "../setup-error.ts";

/** Signature algorithms of the handshake: P-256 or Ed25519 keys. */
export type Algorithm = "ES256" | "EdDSA";

/** How ES256 signatures are encoded: r‖s as in JOSE, or DER as OpenSSL writes them. */
export type SignatureEncoding = "raw" | "der";

export interface HandshakeKey {
  readonly algorithm: Algorithm;
  /** SPKI PEM. */
  readonly publicPem: string;
  readonly privateKey: KeyObject;
  /** Signs the UTF-8 bytes; base64url, in the encoding that messages of this target use. */
  sign(text: string): string;
}

/** A new key of this algorithm. */
export function newHandshakeKey(algorithm: Algorithm, encoding: SignatureEncoding): HandshakeKey {
  const { privateKey, spki } = signingKey(algorithm === "ES256" ? "P-256" : "Ed25519");
  return new GeneratedKey({ algorithm, encoding, privateKey, publicPem: spkiPem(spki) });
}

/** The key of a configured user. Throws SetupError when it is none of the handshake's kinds; `setting` names its place. */
export function readHandshakeKey(pem: string, encoding: SignatureEncoding, setting: string): HandshakeKey {
  const wanted = "give a private key on P-256 or Ed25519 as PKCS#8 PEM";
  try {
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    const algorithm = algorithmOf(publicKey);
    const publicPem = publicKey.export({ format: "pem", type: "spki" }).toString();
    if (algorithm !== undefined) return new GeneratedKey({ algorithm, encoding, privateKey, publicPem });
  } catch {
    // What the library says of a broken PEM helps nobody, and must not show the key.
  }
  throw new SetupError("user-key", `${setting}: not a private key that the handshake can use`, wanted);
}

/** Which algorithm a public key signs with; undefined when the handshake does not know it. */
export function algorithmOf(key: KeyObject): Algorithm | undefined {
  if (key.asymmetricKeyType === "ed25519") return "EdDSA";
  if (key.asymmetricKeyType !== "ec") return undefined;
  return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? "ES256" : undefined;
}

/** A public key of unknown origin; undefined when it cannot be read. */
export function readPublicKey(pem: string): KeyObject | undefined {
  try {
    return usableKey(createPublicKey(pem));
  } catch {
    return undefined;
  }
}

interface Signed {
  readonly text: string;
  /** base64url. */
  readonly signature: string;
  /** SPKI PEM. */
  readonly publicPem: string;
  readonly encoding: SignatureEncoding;
}

/** Whether the signature over the UTF-8 bytes of the text verifies with the key; false for anything unreadable. */
export function signatureVerifies({ text, signature, publicPem, encoding }: Signed): boolean {
  const key = readPublicKey(publicPem);
  const algorithm = key === undefined ? undefined : algorithmOf(key);
  if (key === undefined || algorithm === undefined) return false;
  const bytes = Buffer.from(signature, "base64url");
  if (algorithm === "EdDSA") return verify(null, Buffer.from(text), key, bytes);
  return verify("sha256", Buffer.from(text), { key, dsaEncoding: dsaEncodings[encoding] }, bytes);
}

const dsaEncodings = { raw: "ieee-p1363", der: "der" } as const;

/** Signs as JOSE does, whatever the encoding of messages is. */
export function joseSignature({ algorithm, privateKey }: HandshakeKey, text: string): string {
  return signatureOf(algorithm, privateKey, "raw", text);
}

function signatureOf(algorithm: Algorithm, key: KeyObject, encoding: SignatureEncoding, text: string): string {
  const bytes =
    algorithm === "EdDSA"
      ? sign(null, Buffer.from(text), key)
      : sign("sha256", Buffer.from(text), { key, dsaEncoding: dsaEncodings[encoding] });
  return bytes.toString("base64url");
}

interface KeyParts {
  readonly algorithm: Algorithm;
  readonly encoding: SignatureEncoding;
  readonly privateKey: KeyObject;
  /** SPKI PEM. */
  readonly publicPem: string;
}

class GeneratedKey implements HandshakeKey {
  readonly algorithm: Algorithm;
  readonly privateKey: KeyObject;
  readonly publicPem: string;
  readonly #encoding: SignatureEncoding;
  constructor({ algorithm, encoding, privateKey, publicPem }: KeyParts) {
    this.algorithm = algorithm;
    this.privateKey = privateKey;
    this.publicPem = publicPem;
    this.#encoding = encoding;
  }
  sign(text: string): string {
    return signatureOf(this.algorithm, this.privateKey, this.#encoding, text);
  }
}
