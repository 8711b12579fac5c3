import { X509Certificate } from "node:crypto";
import { expect, it } from "vitest";
import { certificateOf } from "./certificate.ts";
import { freshKeyPair } from "./key-pair.ts";

it.each([
  ["P-256", "sha256"],
  ["P-384", "sha384"],
] as const)("makes a leaf that a signer on %s signed", (curve, hash) => {
  const [leaf, signer] = [freshKeyPair("P-256"), freshKeyPair(curve)];
  const notBefore = Date.UTC(2030, 0, 2, 3, 4, 5);
  const pem = certificateOf({
    subject: "alice.a.test",
    issuer: "a.test",
    publicKey: leaf.publicKey,
    notBefore,
    notAfter: notBefore + 1000,
    signer: signer.privateKey,
    hash,
  });
  const certificate = new X509Certificate(pem);
  expect([certificate.subject, certificate.issuer, certificate.ca]).toEqual(["CN=alice.a.test", "CN=a.test", false]);
  expect([Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]).toEqual([notBefore, notBefore + 1000]);
  expect(certificate.verify(signer.publicKey)).toBe(true);
  expect(certificate.verify(leaf.publicKey)).toBe(false);
  expect(certificate.publicKey.equals(leaf.publicKey)).toBe(true);
});
