import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { signingKey } from "../key-pair.ts";
import type { ListedIdentity } from "./settings.ts";
import type { Identity } from "./world.ts";

/** An identity with a fresh P-256 key, which nobody has certified. */
export function newIdentity(aid: string): Identity {
  const { privateKey, spki: der } = signingKey("P-256");
  return { aid, name: nameOf(aid), privateKey, publicKey: der.toString("base64"), certificate: "" };
}

/** An identity of the configuration. Throws what node:crypto throws when the key is none. */
export function listedIdentity({ aid, certificate, privateKey: pem }: ListedIdentity): Identity {
  const privateKey = createPrivateKey(pem);
  return { aid, name: nameOf(aid), privateKey, publicKey: spki(createPublicKey(privateKey)), certificate };
}

/** SPKI DER of a public key in standard base64, as the public clients send keys. */
export function spki(publicKey: KeyObject): string {
  return publicKey.export({ format: "der", type: "spki" }).toString("base64");
}

/** The name of an AID: what stands before its first dot. The rest is its issuer. */
export function nameOf(aid: string): string {
  return aid.split(".")[0] ?? aid;
}

/** ECDSA with SHA-256 over the UTF-8 bytes, DER in standard base64 (AUN docs 01 § 1.4; all public clients). */
export function signText(text: string, key: KeyObject): string {
  return sign("sha256", Buffer.from(text, "utf8"), { key, dsaEncoding: "der" }).toString("base64");
}
