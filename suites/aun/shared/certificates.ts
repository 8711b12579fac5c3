import { X509Certificate } from "node:crypto";
import { usableKey } from "../../drivers/public-key.ts";

/** A certificate from PEM; undefined when it is none. */
export function certificateIn(pem: string | undefined): X509Certificate | undefined {
  if (pem === undefined || !pem.includes("-----BEGIN CERTIFICATE-----")) return undefined;
  try {
    const certificate = new X509Certificate(pem);
    return usableKey(certificate.publicKey) && certificate;
  } catch {
    return undefined;
  }
}

/** The certificates of a PEM bundle, in its order. */
export function certificatesIn(bundle: string): readonly X509Certificate[] {
  const found = bundle.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return found.flatMap((pem) => certificateIn(pem) ?? []);
}

/** The common name of the subject, when there is exactly one; node has no text for an empty subject, whatever the type says. */
export function commonNameOf({ subject = "" }: X509Certificate): string | undefined {
  const names = subject.split("\n").filter((line) => line.startsWith("CN="));
  return names.length === 1 ? names[0]?.slice("CN=".length) : undefined;
}

/** The subject on one line, for findings. */
export function subjectOf({ subject = "" }: X509Certificate): string {
  return subject.replaceAll("\n", ", ");
}

/** The public key as auth.create_aid takes it: SPKI DER in standard base64. */
export function keyOf({ publicKey }: X509Certificate): string {
  return publicKey.export({ format: "der", type: "spki" }).toString("base64");
}

/** The serial number in lower-case hex. */
export function serialOf({ serialNumber }: X509Certificate): string {
  return serialNumber.toLowerCase();
}

/** Begin and end in Unix milliseconds. */
export function periodOf({ validFrom, validTo }: X509Certificate): {
  readonly notBefore: number;
  readonly notAfter: number;
} {
  return { notBefore: Date.parse(validFrom), notAfter: Date.parse(validTo) };
}

/** Lower-case hex without separators, so that all usual forms compare. */
export function plainHex(hex: string): string {
  return hex
    .toLowerCase()
    .replace(/^sha256:/, "")
    .replaceAll(/[^0-9a-f]/g, "");
}

/** Whether this authority signed the certificate, by name and by key. */
export function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  try {
    return certificate.issuer === authority.subject && certificate.verify(authority.publicKey);
  } catch {
    return false;
  }
}

/**
 * What is wrong with a chain that should lead from a certificate's issuer to a self-signed root, authorities only;
 * undefined when nothing is.
 */
export function chainProblem(leaf: X509Certificate, chain: readonly X509Certificate[]): string | undefined {
  const links = [leaf, ...chain];
  const root = links.at(-1);
  for (const [level, certificate] of links.entries()) {
    const name = subjectOf(certificate);
    if (level > 0 && !certificate.ca) return `${name} is no authority`;
    const above = links[level + 1];
    if (above !== undefined && !isIssuedBy(certificate, above)) return `${name} is not signed by ${subjectOf(above)}`;
  }
  if (root === undefined || !isIssuedBy(root, root)) return `the chain ends at ${subjectOf(root ?? leaf)}, no root`;
  return undefined;
}
