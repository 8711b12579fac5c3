import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { newKeyPair } from "./key-pair.ts";
import { certificate, extension, type Signer } from "./x509/certificate.ts";
import { objectIdentifier, sequence, taggedPrimitive } from "./x509/der.ts";

/** A certificate with its key, and the TLS versions a server offers. */
export interface TlsOptions {
  /** PEM; the leaf first, then whatever chain goes with it. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
}

export type TlsVersion = "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3";

/** A certificate authority of one run and the server certificate that it signed; everything is PEM. */
export interface OwnCertificates {
  /** What a client has to trust. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

const loopbackAddresses = ["127.0.0.1", "::1"] as const;

const day = 24 * 60 * 60 * 1000;

/** For servers (RFC 5280 § 4.2.1.12). */
const serverAuthentication = "1.3.6.1.5.5.7.3.1";

/** `GeneralName` of an address or a host name (RFC 5280 § 4.2.1.6). */
function subjectName(text: string): Buffer {
  if (isIP(text) === 0) return taggedPrimitive(2, Buffer.from(text, "latin1"));
  return taggedPrimitive(7, addressBytes(text));
}

function addressBytes(text: string): Buffer {
  if (isIP(text) === 4) return Buffer.from(text.split(".").map(Number));
  const [head = "", tail] = new URL(`http://[${text}]`).hostname.slice(1, -1).split("::");
  const words = (part: string) => (part === "" ? [] : part.split(":"));
  const [before, after] = [words(head), words(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const all = [...before, ...zeros, ...after].map((word) => Number.parseInt(word, 16));
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

/** 16 bytes, positive, never zero. */
function serial(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

/**
 * Makes a certificate authority and a loopback server certificate (localhost, 127.0.0.1, ::1; more names on request),
 * P-256, good for 30 days. The authority's key is forgotten at once, so it can sign nothing else.
 */
export function ownCertificates(moreNames: readonly string[] = []): OwnCertificates {
  const authority: Signer = { name: { commonName: "Gateproof mock authority" }, ...newKeyPair("P-256") };
  const leaf = newKeyPair("P-256");
  const now = Date.now();
  // An hour back, for a client whose clock is behind.
  const validity = { notBefore: now - day / 24, notAfter: now + 30 * day };
  const own = certificate(
    { subject: authority.name, publicKey: authority.publicKey, serial: serial(), pathLength: 0, ...validity },
    authority,
  );
  const names = ["localhost", ...loopbackAddresses, ...moreNames].map(subjectName);
  const served = certificate(
    {
      subject: { commonName: "localhost" },
      publicKey: leaf.publicKey,
      serial: serial(),
      ...validity,
      more: [
        extension("2.5.29.37", sequence(objectIdentifier(serverAuthentication))),
        extension("2.5.29.17", sequence(...names)),
      ],
    },
    authority,
  );
  return {
    authority: own.pem,
    certificate: served.pem,
    key: leaf.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** The same as a server takes it, with the certificate of the authority that clients have to trust. */
export function ownTls(minVersion: TlsVersion = "TLSv1.2"): { readonly authority: string; readonly tls: TlsOptions } {
  const { authority, certificate: served, key } = ownCertificates();
  return { authority, tls: { certificate: served, key, minVersion } };
}
