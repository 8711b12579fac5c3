import { newKeyPair } from "../../core/key-pair.ts";
import { type Certificate, type CertificateFields, certificate, type Signer } from "../../core/x509/certificate.ts";
import type { DistinguishedName } from "../../core/x509/names.ts";

/** A certificate authority: it signs in its name, and its certificate says so. */
export interface Authority extends Signer {
  readonly certificate: Certificate;
}

/** Serial numbers: positive, 16 bytes, and never with a leading zero nibble, which clients print differently. */
export type SerialSource = () => Uint8Array;

export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
export const YEAR_MS = 365 * DAY_MS;

/** A clock of a client may be this far behind. */
const BACKDATED_MS = HOUR_MS;

/** When a certificate made now begins and ends. */
export function validity(now: number, years: number): Pick<CertificateFields, "notBefore" | "notAfter"> {
  return { notBefore: now - BACKDATED_MS, notAfter: now + years * YEAR_MS };
}

interface Level {
  readonly name: DistinguishedName;
  readonly years: number;
  readonly pathLength: number;
}

/** The three upper levels of a chain (AUN 02 § certificate chain). */
export interface AuthorityChain {
  readonly root: Authority;
  readonly registry: Authority;
  /** Signs the certificates of agents and of the auth service. */
  readonly issuer: Authority;
}

/** Makes root, registry and issuer with P-384 keys, for 30, 10 and 10 years. */
export function authorityChain(issuer: string, now: number, serial: SerialSource): AuthorityChain {
  const authority = ({ name, years, pathLength }: Level, above?: Authority): Authority => {
    const signer: Signer = { name, ...newKeyPair("P-384") };
    const fields = {
      subject: name,
      publicKey: signer.publicKey,
      serial: serial(),
      pathLength,
      ...validity(now, years),
    };
    return { ...signer, certificate: certificate(fields, above ?? signer) };
  };
  const rootName = { commonName: "Gateproof mock AUN Root CA", organization: "Gateproof" };
  const registryName = { commonName: "Gateproof mock AUN Registry CA", organization: "Gateproof" };
  const root = authority({ name: rootName, years: 30, pathLength: 2 });
  const registry = authority({ name: registryName, years: 10, pathLength: 1 }, root);
  return { root, registry, issuer: authority({ name: { commonName: issuer }, years: 10, pathLength: 0 }, registry) };
}
