import { createECDH, createPublicKey, type ECDH, hkdfSync, type KeyObject } from "node:crypto";

/** The gateway's side of a key exchange. */
export interface ExchangeKey {
  /** SPKI PEM. */
  readonly pem: string;
  readonly ecdh: ECDH;
}

/** SubjectPublicKeyInfo of P-256 up to its uncompressed point (RFC 5480 § 2.1.1). */
const spkiHead = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex");
const pointBytes = 65;

function pemOf(point: Buffer): string {
  const lines =
    Buffer.concat([spkiHead, point])
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join("\n")}\n-----END PUBLIC KEY-----\n`;
}

/** A fresh key on P-256. Key objects for what lives for one message would cost more than the exchange itself. */
export function freshExchangeKey(): ExchangeKey {
  const ecdh = createECDH("prime256v1");
  return { pem: pemOf(ecdh.generateKeys()), ecdh };
}

/** The public half of a fresh key on P-256. */
export function strangersKey(): KeyObject {
  return createPublicKey(freshExchangeKey().pem);
}

/** SPKI PEM of 65 bytes that are no point of P-256. */
export function offCurvePem(): string {
  const point = createECDH("prime256v1").generateKeys();
  point.writeUInt8(point.readUInt8(64) ^ 1, 64);
  return pemOf(point);
}

/** The session key: HKDF-SHA-256 over the ECDH secret, salt = nonce A ‖ nonce B, info "ath-session", 32 bytes. */
export function sessionKey(own: ExchangeKey, agent: KeyObject, nonceA: string, nonceB: string): Buffer {
  const point = agent.export({ type: "spki", format: "der" }).subarray(-pointBytes);
  return Buffer.from(hkdfSync("sha256", own.ecdh.computeSecret(point), nonceA + nonceB, "ath-session", 32));
}
