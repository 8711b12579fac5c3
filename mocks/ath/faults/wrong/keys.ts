import { createHmac, createPublicKey, type KeyObject } from "node:crypto";
import { harmlessKey } from "../../../core/public-key.ts";
import { isJsonObject, type JsonObject, own, ownText } from "../../json.ts";

/** A public key from a JWK of an elliptic curve, or from a PEM (a certificate's too); undefined when it is neither. */
export function keyFrom(published: unknown): KeyObject | undefined {
  try {
    if (typeof published === "string") return harmlessKey(createPublicKey(published));
    if (!isJsonObject(published)) return undefined;
    const [kty, crv, x, y] = ["kty", "crv", "x", "y"].map((name) => ownText(published, name));
    if (kty === undefined || crv === undefined || x === undefined || y === undefined) return undefined;
    return createPublicKey({ key: { kty, crv, x, y }, format: "jwk" });
  } catch {
    return undefined;
  }
}

/** The key with this id of a JWK set (RFC 7517 § 5), else its first; undefined when there is none. */
export function keyOfSet(text: string, kid: string | undefined): KeyObject | undefined {
  const set: unknown = JSON.parse(text);
  const listed = isJsonObject(set) ? own(set, "keys") : undefined;
  const keys = Array.isArray(listed) ? listed.filter(isJsonObject) : [];
  return keyFrom(keys.find((key) => own(key, "kid") === kid) ?? keys[0]);
}

/** Whether this is an HMAC whose secret is the public key, as the document gives it or as PEM. */
export function isHmacOfPublicKey(
  { document, key }: { readonly document: JsonObject; readonly key: KeyObject },
  signingInput: string,
  signature: Uint8Array,
): boolean {
  const published = own(document, "public_key");
  const text = typeof published === "string" ? published : JSON.stringify(published);
  return [text, key.export({ type: "spki", format: "pem" })].some((secret) =>
    createHmac("sha256", secret).update(signingInput).digest().equals(signature),
  );
}
