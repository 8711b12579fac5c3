import { freshKeyPair } from "../../drivers/key-pair.ts";

/** SPKI of a P-256 key is this header and the point (RFC 5480 § 2.1.1). */
const p256Algorithm = Buffer.from("301306072a8648ce3d020106082a8648ce3d030107", "hex");

function pemOf(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join("\n")}\n-----END PUBLIC KEY-----\n`;
}

/** A P-256 SPKI around any point, right or wrong; both lengths stay below 128. */
function spkiOf(point: Buffer): string {
  const bits = Buffer.concat([Buffer.from([0x03, point.length + 1, 0x00]), point]);
  return pemOf(Buffer.concat([Buffer.from([0x30, p256Algorithm.length + bits.length]), p256Algorithm, bits]));
}

/** The public half of a fresh key on another curve, SPKI PEM. */
function publicPem(curve: "P-384" | "X25519"): string {
  const { publicKey } = freshKeyPair(curve);
  return publicKey.export({ format: "pem", type: "spki" }).toString();
}

/** A point that has the form of one and lies beside the curve: y of a right one, in its last bit not. */
export function offCurveKey(): string {
  const { publicKey } = freshKeyPair("P-256");
  const point = publicKey.export({ format: "der", type: "spki" }).subarray(-65);
  point[64] = (point[64] ?? 0) ^ 1;
  return spkiOf(point);
}

/** The point at infinity: a lone zero octet (SEC 1 § 2.3.3). */
export function identityPointKey(): string {
  return spkiOf(Buffer.from([0x00]));
}

/** Valid keys on curves that were not agreed upon. */
export function wrongCurveKeys(): readonly string[] {
  return [publicPem("P-384"), publicPem("X25519")];
}

/** No key at all, and a PEM around nothing of use. */
export const garbageKeys: readonly string[] = ["not a key", pemOf(Buffer.alloc(91, 0x5a))];
