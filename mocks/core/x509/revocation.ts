import { createHash } from "node:crypto";
import { authorityKeyIdentifier, type Signer, signedBy } from "./certificate.ts";
import {
  enumerated,
  generalizedTime,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  tagged,
  taggedPrimitive,
  time,
} from "./der.ts";
import { nameOf, publicPointOf, sha256Identifier, signatureAlgorithmOf } from "./names.ts";

/** A revoked certificate: serial number in hex, and when it was revoked. */
export interface Revocation {
  readonly serial: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** From when to when an answer about revocation holds. */
export interface Currency {
  readonly thisUpdate: number;
  readonly nextUpdate: number;
}

const number = (serial: string) => integer(Buffer.from(serial, "hex"));

/** A version 2 certificate revocation list in DER (RFC 5280 § 5.1). */
export function revocationList(revoked: readonly Revocation[], signer: Signer, currency: Currency): Buffer {
  const { thisUpdate, nextUpdate } = currency;
  const entries = revoked.map(({ serial, at }) => sequence(number(serial), time(at)));
  // The list must be absent when it is empty (RFC 5280 § 5.1.2.6).
  const listed = entries.length === 0 ? [] : [sequence(...entries)];
  const listNumber = Buffer.alloc(8);
  listNumber.writeBigUInt64BE(BigInt(thisUpdate));
  const firstByte = listNumber.findIndex((byte) => byte !== 0);
  const crlNumber = sequence(objectIdentifier("2.5.29.20"), octetString(integer(listNumber.subarray(firstByte))));
  return signedBy(
    signer,
    sequence(
      integer(1),
      signatureAlgorithmOf(signer.privateKey),
      nameOf(signer.name),
      time(thisUpdate),
      time(nextUpdate),
      ...listed,
      tagged(0, sequence(authorityKeyIdentifier(signer), crlNumber)),
    ),
  );
}

/** What OCSP says of a certificate. */
export type CertificateStatus =
  | { readonly status: "good" }
  | { readonly status: "unknown" }
  | { readonly status: "revoked"; readonly at: number };

const nothing = Buffer.alloc(0);

function statusOf(certificate: CertificateStatus): Buffer {
  if (certificate.status === "good") return taggedPrimitive(0, nothing);
  return certificate.status === "unknown" ? taggedPrimitive(2, nothing) : tagged(1, generalizedTime(certificate.at));
}

/** A successful OCSP response in DER about one serial number, signed by the issuer itself (RFC 6960 § 4.2.1). */
export function ocspResponse(serial: string, status: CertificateStatus, signer: Signer, currency: Currency): Buffer {
  const hashed = (bytes: Uint8Array) => octetString(createHash("sha256").update(bytes).digest());
  const name = nameOf(signer.name);
  const certificateId = sequence(
    sha256Identifier,
    hashed(name),
    hashed(publicPointOf(signer.publicKey)),
    number(serial),
  );
  const single = sequence(
    certificateId,
    statusOf(status),
    generalizedTime(currency.thisUpdate),
    tagged(0, generalizedTime(currency.nextUpdate)),
  );
  const content = sequence(tagged(1, name), generalizedTime(currency.thisUpdate), sequence(single));
  const response = sequence(objectIdentifier("1.3.6.1.5.5.7.48.1.1"), octetString(signedBy(signer, content)));
  return sequence(enumerated(0), tagged(0, response));
}
