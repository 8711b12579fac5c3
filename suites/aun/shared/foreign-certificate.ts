import { KeyObject, webcrypto } from "node:crypto";
import { nameOf, spki } from "../../drivers/aun/identity.ts";
import type { Identity } from "../../drivers/aun/world.ts";

const dayMs = 24 * 60 * 60 * 1000;
const leafKeys = { name: "ECDSA", namedCurve: "P-256" } as const;
const authorityKeys = { name: "ECDSA", namedCurve: "P-384" } as const;
const signingAlgorithm = { name: "ECDSA", hash: "SHA-384" } as const;

/**
 * An identity of this AID that the kit has certified itself: by an authority with the issuer's name and another key. All
 * that is wrong with it is that key. `now` in Unix milliseconds.
 */
export async function foreignIdentity(aid: string, issuer: string, now: number): Promise<Identity> {
  // The library is heavy, and few checks need it.
  await import("reflect-metadata");
  const { BasicConstraintsExtension, X509CertificateGenerator } = await import("@peculiar/x509");
  const { subtle } = webcrypto;
  const [leaf, authority] = await Promise.all([
    subtle.generateKey(leafKeys, true, ["sign", "verify"]),
    subtle.generateKey(authorityKeys, true, ["sign", "verify"]),
  ]);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${aid}`,
    issuer: `CN=${issuer}`,
    publicKey: leaf.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + 30 * dayMs),
    extensions: [new BasicConstraintsExtension(false, undefined, true)],
  });
  return {
    aid,
    name: nameOf(aid),
    privateKey: KeyObject.from(leaf.privateKey),
    publicKey: spki(KeyObject.from(leaf.publicKey)),
    certificate: certificate.toString("pem"),
  };
}
