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

const loopbackNames = [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "127.0.0.1" },
  { type: "ip", value: "::1" },
] as const;

const day = 24 * 60 * 60 * 1000;

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

function pem(label: string, bytes: ArrayBuffer): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

/**
 * Makes a certificate authority and a loopback server certificate (localhost, 127.0.0.1, ::1; more names on request),
 * P-256, good for 30 days. The authority's key is forgotten at once, so it can sign nothing else.
 */
export async function ownCertificates(moreNames: readonly string[] = []): Promise<OwnCertificates> {
  // The library is heavy and only servers over TLS need it.
  await import("reflect-metadata");
  const { BasicConstraintsExtension, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension } = await import(
    "@peculiar/x509"
  );
  const { AuthorityKeyIdentifierExtension, SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension } =
    await import("@peculiar/x509");
  const { X509CertificateGenerator } = await import("@peculiar/x509");
  const { webcrypto } = await import("node:crypto");
  const { isIP } = await import("node:net");

  const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const [authorityKeys, leafKeys] = await Promise.all([newKeys(), newKeys()]);
  // An hour back, for a client whose clock is behind.
  const notBefore = new Date(Date.now() - day / 24);
  const notAfter = new Date(Date.now() + 30 * day);

  const authority = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Gateproof mock authority",
    keys: authorityKeys,
    signingAlgorithm: algorithm,
    notBefore,
    notAfter,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const named = moreNames.map((value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value }) as const);
  const leaf = await X509CertificateGenerator.create({
    subject: "CN=localhost",
    issuer: authority.subject,
    publicKey: leafKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    notBefore,
    notAfter,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(["1.3.6.1.5.5.7.3.1"]),
      new SubjectAlternativeNameExtension([...loopbackNames, ...named]),
      await SubjectKeyIdentifierExtension.create(leafKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    authority: `${authority.toString("pem")}\n`,
    certificate: `${leaf.toString("pem")}\n`,
    key: pem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", leafKeys.privateKey)),
  };
}
