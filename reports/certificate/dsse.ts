import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** A DSSE envelope (Dead Simple Signing Envelope, v1.0.2). */
export interface Envelope {
  readonly payloadType: string;
  /** Standard base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export const statementType = "application/vnd.in-toto+json";

/** A key that certificates cannot be signed or checked with. */
export class KeyError extends Error {
  readonly code = "KEY_UNUSABLE";
}

/** What the signature is over: type and body with their lengths, so that neither can be taken for the other. */
function preAuthentication(type: string, body: Buffer): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  return Buffer.concat([Buffer.from(head), body]);
}

/** The digest that Node signs with: none of its own for Ed25519 (RFC 8032), SHA-256 for P-256. Throws {@link KeyError}. */
function hashOf(key: KeyObject): "sha256" | null {
  if (key.asymmetricKeyType === "ed25519") return null;
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === "ec" && curve === "prime256v1") return "sha256";
  const kind = [key.asymmetricKeyType ?? key.type, curve].filter((word) => word !== undefined).join(" ");
  throw new KeyError(`the key is ${kind}; certificates are signed with Ed25519 or P-256 (ES256)`);
}

/** Recognises a key: SHA-256 of its SPKI, hex. Takes either half of the pair. */
export function keyId(key: KeyObject): string {
  const half = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(half.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** Signs a payload. ES256 signatures are in DER, as the tools around DSSE have them. Throws {@link KeyError}. */
export function seal(payload: string, privateKey: KeyObject, payloadType: string = statementType): Envelope {
  const body = Buffer.from(payload);
  const sig = sign(hashOf(privateKey), preAuthentication(payloadType, body), privateKey).toString("base64");
  return { payloadType, payload: body.toString("base64"), signatures: [{ keyid: keyId(privateKey), sig }] };
}

/** The payload when a signature by this key holds; undefined otherwise. Throws {@link KeyError}. */
export function opened(envelope: Envelope, publicKey: KeyObject): string | undefined {
  const body = Buffer.from(envelope.payload, "base64");
  const signed = preAuthentication(envelope.payloadType, body);
  const hash = hashOf(publicKey);
  const holds = envelope.signatures.some(({ sig }) => verify(hash, signed, publicKey, Buffer.from(sig, "base64")));
  return holds ? body.toString("utf8") : undefined;
}
