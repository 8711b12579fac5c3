import { createPublicKey, sign } from "node:crypto";
import type { AgentKey } from "../../drivers/agent.ts";

/** Object identifiers, DER content octets. */
const ecdsaWithSha256 = Buffer.from("2a8648ce3d040302", "hex");
const commonName = Buffer.from("550403", "hex");

const tags = {
  integer: 0x02,
  bitString: 0x03,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One DER value (ITU-T X.690 § 8.1). */
function der(tag: keyof typeof tags, ...content: readonly Buffer[]): Buffer {
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

/**
 * A self-signed X.509 v1 certificate of an agent's key, PEM, good for an hour before and a day after `now` (ms). Made by
 * hand: a forged attestation needs this one certificate, and the certificate library costs more to load than all the
 * other work of a run.
 */
export function selfSignedCertificate(key: AgentKey, now: number): string {
  const hour = 3_600_000;
  const algorithm = der("sequence", der("oid", ecdsaWithSha256));
  const name = der(
    "sequence",
    der("set", der("sequence", der("oid", commonName), der("utf8", Buffer.from("Gateproof forger")))),
  );
  const publicKey = createPublicKey(key.publicPem).export({ format: "der", type: "spki" });
  const validity = der("sequence", utcTime(now - hour), utcTime(now + 24 * hour));
  const serial = der("integer", Buffer.from([1]));
  const signed = der("sequence", serial, algorithm, name, validity, name, publicKey);
  const signature = der("bitString", Buffer.from([0]), sign("sha256", signed, key.privatePem));
  const lines =
    der("sequence", signed, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
