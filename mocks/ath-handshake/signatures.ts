import { type KeyObject, sign, verify } from "node:crypto";
import type { ServerKey } from "./keys.ts";

/** How ES256 signatures are encoded inside messages; Ed25519 has one encoding. */
export type SignatureEncoding = "raw" | "der";

const base64url = /^[\w-]+$/;

function dsaEncoding(encoding: SignatureEncoding) {
  return encoding === "raw" ? "ieee-p1363" : "der";
}

/** Whether bytes are the key's signature over a text; never throws. */
export function bytesVerify(
  key: KeyObject,
  text: string,
  signature: Uint8Array,
  encoding: SignatureEncoding = "raw",
): boolean {
  try {
    const data = Buffer.from(text, "utf8");
    return key.asymmetricKeyType === "ed25519"
      ? verify(null, data, key, signature)
      : verify("sha256", data, { key, dsaEncoding: dsaEncoding(encoding) }, signature);
  } catch {
    return false;
  }
}

/** Whether a base64url signature is the key's over the UTF-8 bytes of a text; never throws. */
export function textVerifies(key: KeyObject, text: string, signature: string, encoding: SignatureEncoding): boolean {
  return base64url.test(signature) && bytesVerify(key, text, Buffer.from(signature, "base64url"), encoding);
}

/** Signs the UTF-8 bytes of a text; base64url. */
export function signText(key: KeyObject, text: string, encoding: SignatureEncoding = "raw"): string {
  const data = Buffer.from(text, "utf8");
  const signature =
    key.asymmetricKeyType === "ed25519"
      ? sign(null, data, key)
      : sign("sha256", data, { key, dsaEncoding: dsaEncoding(encoding) });
  return signature.toString("base64url");
}

/** Signs as the gateway. */
export function signAs(server: ServerKey, text: string, encoding: SignatureEncoding = "raw"): string {
  return signText(server.privateKey, text, encoding);
}
