import { type KeyObject, X509Certificate } from "node:crypto";
import { harmlessKey } from "../public-key.ts";
import {
  bitString,
  boolean,
  integer,
  objectIdentifier,
  octetString,
  pem,
  sequence,
  tagged,
  taggedPrimitive,
  time,
} from "./der.ts";
import { type DistinguishedName, keyIdentifierOf, nameOf, signatureAlgorithmOf, signatureBy, spkiOf } from "./names.ts";

/** Who signs: its name and its key. */
export interface Signer {
  readonly name: DistinguishedName;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What stands in a certificate. */
export interface CertificateFields {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  /** Big-endian, first bit clear. */
  readonly serial: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** How many authorities may follow below; undefined: this is no authority. */
  readonly pathLength?: number | undefined;
  /** Where the issuer's certificate lies (authority information access). */
  readonly issuerUrl?: string | undefined;
  readonly ocspUrl?: string | undefined;
  readonly crlUrl?: string | undefined;
  /** Whole extensions besides ({@link extension}). */
  readonly more?: readonly Uint8Array[] | undefined;
}

/** A certificate as issued. */
export interface Certificate {
  readonly pem: string;
  readonly der: Uint8Array;
  /** Lower-case hex. */
  readonly serial: string;
}

const criticalTrue = boolean("true");

/** `Extension` (RFC 5280 § 4.1): its identifier in dotted form, its value, `TRUE` where it is critical. */
export function extension(id: string, value: Uint8Array, ...critical: readonly Uint8Array[]): Buffer {
  return sequence(objectIdentifier(id), ...critical, octetString(value));
}

const uri = (text: string) => taggedPrimitive(6, Buffer.from(text, "latin1"));

const accessDescription = (method: string, url: string | undefined) =>
  url === undefined ? [] : [sequence(objectIdentifier(method), uri(url))];

function authorityAccess({ issuerUrl, ocspUrl }: CertificateFields): readonly Buffer[] {
  const ways = [
    ...accessDescription("1.3.6.1.5.5.7.48.2", issuerUrl),
    ...accessDescription("1.3.6.1.5.5.7.48.1", ocspUrl),
  ];
  return ways.length === 0 ? [] : [extension("1.3.6.1.5.5.7.1.1", sequence(...ways))];
}

function revocationList({ crlUrl }: CertificateFields): readonly Buffer[] {
  return crlUrl === undefined ? [] : [extension("2.5.29.31", sequence(sequence(tagged(0, tagged(0, uri(crlUrl))))))];
}

/** digitalSignature + keyCertSign + cRLSign for authorities, digitalSignature for the others. */
const authorityUsage = bitString(Uint8Array.of(0b1000_0110), 1);
const leafUsage = bitString(Uint8Array.of(0b1000_0000), 7);

/** keyIdentifier of the signer (RFC 5280 § 4.2.1.1). */
export function authorityKeyIdentifier(signer: Signer): Buffer {
  return extension("2.5.29.35", sequence(taggedPrimitive(0, keyIdentifierOf(signer.publicKey))));
}

function extensions(fields: CertificateFields, signer: Signer): Buffer {
  const { pathLength, publicKey } = fields;
  const constraints = pathLength === undefined ? sequence() : sequence(boolean("true"), integer(pathLength));
  return sequence(
    extension("2.5.29.19", constraints, criticalTrue),
    extension("2.5.29.15", pathLength === undefined ? leafUsage : authorityUsage, criticalTrue),
    extension("2.5.29.14", octetString(keyIdentifierOf(publicKey))),
    authorityKeyIdentifier(signer),
    ...authorityAccess(fields),
    ...revocationList(fields),
    ...(fields.more ?? []),
  );
}

/** Whatever is signed in X.509: the content, the algorithm, the signature. */
export function signedBy(signer: Signer, content: Uint8Array, ...more: readonly Uint8Array[]): Buffer {
  const { privateKey } = signer;
  const signature = bitString(signatureBy(privateKey, content));
  return sequence(content, signatureAlgorithmOf(privateKey), signature, ...more);
}

/** A version 3 certificate (RFC 5280 § 4.1). */
export function certificate(fields: CertificateFields, signer: Signer): Certificate {
  const { serial, notBefore, notAfter, subject, publicKey } = fields;
  const content = sequence(
    tagged(0, integer(2)),
    integer(serial),
    signatureAlgorithmOf(signer.privateKey),
    nameOf(signer.name),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    spkiOf(publicKey),
    tagged(3, extensions(fields, signer)),
  );
  const der = signedBy(signer, content);
  return { pem: pem("CERTIFICATE", der), der, serial: Buffer.from(serial).toString("hex") };
}

/** Longer than any certificate of an agent. */
const MAX_PEM = 16 * 1024;

/** The certificate in a text from outside; undefined when there is none. */
export function certificateIn(text: string): X509Certificate | undefined {
  if (text.length > MAX_PEM || !text.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    const certificate = new X509Certificate(text);
    return harmlessKey(certificate.publicKey) && certificate;
  } catch {
    return undefined;
  }
}
