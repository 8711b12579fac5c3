import { type KeyObject, sign } from "node:crypto";

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Object identifiers, DER content octets. */
const commonName = Buffer.from("550403", "hex");
const basicConstraints = Buffer.from("551d13", "hex");
const ecdsaWith = {
  sha256: Buffer.from("2a8648ce3d040302", "hex"),
  sha384: Buffer.from("2a8648ce3d040303", "hex"),
} as const;

/** One DER value (ITU-T X.690 § 8.1). */
function der(tag: keyof typeof tags, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tags[tag], ...size]), body]);
}

/** `YYMMDDHHMMSSZ` (RFC 5280 § 4.1.2.5.1). */
function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, "");
  return der("utcTime", Buffer.from(`${digits.slice(2, 14)}Z`));
}

function nameOf(text: string): Buffer {
  return der("sequence", der("set", der("sequence", der("oid", commonName), der("utf8", Buffer.from(text)))));
}

/** Not a certificate authority (RFC 5280 § 4.2.1.9). */
const leafOnly = der(
  "sequence",
  der("oid", basicConstraints),
  der("boolean", Buffer.from([0xff])),
  der("octets", der("sequence")),
);

/** What a certificate of the kit's own says. */
export interface CertificateClaims {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  /** Unix milliseconds, before 2050. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** EC key of whoever signs, and the hash that goes with its curve. */
  readonly signer: KeyObject;
  readonly hash: keyof typeof ecdsaWith;
}

/**
 * An X.509 v3 certificate of somebody who is no authority, PEM. Made by hand: a few forgeries need one, and the libraries
 * for certificates bring twenty packages.
 */
export function certificateOf(claims: CertificateClaims): string {
  const { subject, issuer, publicKey, notBefore, notAfter, signer, hash } = claims;
  const algorithm = der("sequence", der("oid", ecdsaWith[hash]));
  const signed = der(
    "sequence",
    der("version", der("integer", Buffer.from([2]))),
    der("integer", Buffer.from([1])),
    algorithm,
    nameOf(issuer),
    der("sequence", utcTime(notBefore), utcTime(notAfter)),
    nameOf(subject),
    publicKey.export({ format: "der", type: "spki" }),
    der("extensions", der("sequence", leafOnly)),
  );
  const signature = der("bitString", Buffer.from([0]), sign(hash, signed, signer));
  const lines =
    der("sequence", signed, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
