import "reflect-metadata";
import { KeyObject, randomBytes, sign, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Character } from "./character.ts";

type Curve = Character["curve"];
type Pair = webcrypto.CryptoKeyPair;

x509.cryptoProvider.set(webcrypto);

const algorithmOf = (curve: Curve) => ({
  name: "ECDSA",
  namedCurve: curve,
  hash: curve === "P-256" ? "SHA-256" : "SHA-384",
});
const keyPair = (curve: Curve): Promise<Pair> =>
  webcrypto.subtle.generateKey(algorithmOf(curve), true, ["sign", "verify"]);

const yearMs = 365 * 24 * 3_600_000;

/** Never begins with a zero nibble. */
const serial = () => `7${randomBytes(16).toString("hex").slice(1)}`;

/** The certificates of one domain. */
export interface Authority {
  readonly root: x509.X509Certificate;
  readonly issuer: x509.X509Certificate;
  readonly auth: x509.X509Certificate;
  /** DER in base64 where `der`, otherwise r‖s. */
  signAsService(text: string, form: "der" | "raw"): string;
  /** A certificate of an agent; `key` is SPKI DER in base64. */
  certify(aid: string, key: string, curve: Curve, now: number): Promise<x509.X509Certificate>;
  revocations(serials: readonly string[], now: number): Promise<string>;
}

export async function openAuthority({ issuer: domain, curve }: Character, now: number): Promise<Authority> {
  const [rootKeys, issuerKeys, authKeys] = await Promise.all([keyPair("P-384"), keyPair("P-384"), keyPair(curve)]);
  const from = new Date(now - 60_000);
  const signing = algorithmOf("P-384");
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: "CN=Stranger Root, O=Strangers",
    notBefore: from,
    notAfter: new Date(now + 30 * yearMs),
    keys: rootKeys,
    signingAlgorithm: signing,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  const under = (keys: Pair, above: x509.X509Certificate, signer: Pair, name: string, extensions: x509.Extension[]) =>
    x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: name,
      issuer: above.subject,
      notBefore: from,
      notAfter: new Date(now + 10 * yearMs),
      publicKey: keys.publicKey,
      signingKey: signer.privateKey,
      signingAlgorithm: signing,
      extensions,
    });
  const authority = [new x509.BasicConstraintsExtension(true, 0, true)];
  const issuer = await under(issuerKeys, root, rootKeys, `CN=${domain}`, authority);
  const auth = await under(authKeys, issuer, issuerKeys, `CN=auth.${domain}`, []);
  const service = KeyObject.from(authKeys.privateKey);
  return {
    root,
    issuer,
    auth,
    signAsService(text, form) {
      const dsaEncoding = form === "der" ? "der" : "ieee-p1363";
      const bytes = sign(curve === "P-256" ? "sha256" : "sha384", Buffer.from(text), { key: service, dsaEncoding });
      return bytes.toString(form === "der" ? "base64" : "base64url");
    },
    async certify(aid, key, namedCurve, at) {
      const publicKey = await webcrypto.subtle.importKey(
        "spki",
        Buffer.from(key, "base64"),
        { name: "ECDSA", namedCurve },
        true,
        ["verify"],
      );
      return x509.X509CertificateGenerator.create({
        serialNumber: serial(),
        subject: `CN=${aid}`,
        issuer: issuer.subject,
        notBefore: new Date(at - 1000),
        notAfter: new Date(at + yearMs),
        publicKey,
        signingKey: issuerKeys.privateKey,
        signingAlgorithm: signing,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, false),
          new x509.AuthorityInfoAccessExtension({ caIssuers: [`http://${domain}/ca/cert`] }),
        ],
      });
    },
    async revocations(serials, at) {
      const list = await x509.X509CrlGenerator.create({
        issuer: issuer.subject,
        thisUpdate: new Date(at - 1000),
        nextUpdate: new Date(at + 3_600_000),
        entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: new Date(at) })),
        signingKey: issuerKeys.privateKey,
        signingAlgorithm: signing,
      });
      return list.toString("pem");
    },
  };
}
