import { createECDH, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from "node:crypto";
import { newKeyPair } from "../core/key-pair.ts";

/** The gateway's side of a key exchange. */
export interface ExchangeKey {
  /** SPKI PEM. */
  readonly pem: string;
  readonly privateKey: KeyObject;
}

/** A fresh key on P-256. */
export function freshExchangeKey(): ExchangeKey {
  const { publicKey, privateKey } = newKeyPair("P-256");
  return { pem: publicKey.export({ format: "pem", type: "spki" }).toString(), privateKey };
}

/** The public half of a fresh key on P-256. */
export function strangersKey(): KeyObject {
  return createPublicKey(freshExchangeKey().pem);
}

/** SPKI PEM of 65 bytes that are no point of P-256. */
export function offCurvePem(): string {
  const ecdh = createECDH("prime256v1");
  const point = ecdh.generateKeys();
  point.writeUInt8(point.readUInt8(64) ^ 1, 64);
  const der = Buffer.concat([Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex"), point]);
  return `-----BEGIN PUBLIC KEY-----\n${der.toString("base64")}\n-----END PUBLIC KEY-----\n`;
}

/** The session key: HKDF-SHA-256 over the ECDH secret, salt = nonce A ‖ nonce B, info "ath-session", 32 bytes. */
export function sessionKey(own: ExchangeKey, agent: KeyObject, nonceA: string, nonceB: string): Buffer {
  const secret = diffieHellman({ privateKey: own.privateKey, publicKey: agent });
  return Buffer.from(hkdfSync("sha256", secret, nonceA + nonceB, "ath-session", 32));
}
