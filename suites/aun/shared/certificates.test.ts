import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { authorityChain, validity } from "../../../mocks/aun-gateway/pki/authority.ts";
import { newKeyPair } from "../../../mocks/core/key-pair.ts";
import { certificate } from "../../../mocks/core/x509/certificate.ts";
import { certificateIn, certificatesIn, chainProblem, commonNameOf, plainHex } from "./certificates.ts";
import { foreignIdentity } from "./foreign-certificate.ts";

const now = Date.now();
let count = 0x20;
const serial = () => {
  count += 1;
  return Buffer.alloc(16, count);
};
const authorities = authorityChain("a.test", now, serial);
const { publicKey } = newKeyPair("P-256");
const fields = { subject: { commonName: "alice.a.test" }, publicKey, serial: serial(), ...validity(now, 2) };
const leaf = new X509Certificate(certificate(fields, authorities.issuer).pem);
const [issuer, registry, root] = [authorities.issuer, authorities.registry, authorities.root].map(
  (authority) => new X509Certificate(authority.certificate.pem),
);

/** The chain in this order, without what is not there. */
const chain = (...links: readonly (X509Certificate | undefined)[]) => links.filter((link) => link !== undefined);

describe("a chain", () => {
  it("leads from the issuer to the root", () => {
    expect(chainProblem(leaf, chain(issuer, registry, root))).toBeUndefined();
  });

  it.each([
    ["ends below the root", chain(issuer, registry), /no root/],
    ["lacks a link", chain(issuer, root), /CN=a\.test is not signed by/],
    ["begins with the root", chain(root, registry, issuer), /CN=alice\.a\.test is not signed by/],
    ["is empty", [], /no root/],
    ["goes through a leaf", chain(leaf, issuer, registry, root), /alice/],
  ])("that %s is told", (_what, links, told) => {
    expect(chainProblem(leaf, links)).toMatch(told);
  });

  it("does not take an authority of the same name", () => {
    const forged = certificateIn(foreignIdentity("alice.a.test", "a.test", now).certificate);
    expect(forged).toBeDefined();
    expect(forged && commonNameOf(forged)).toBe("alice.a.test");
    expect(forged?.issuer).toBe(leaf.issuer);
    expect(forged && chainProblem(forged, chain(issuer, registry, root))).toMatch(/not signed by CN=a\.test/);
  });
});

describe("certificates in texts", () => {
  it("are found in a bundle, in order", () => {
    const bundle = [authorities.issuer, authorities.root].map((authority) => authority.certificate.pem).join("\n");
    expect(certificatesIn(`# chain\n${bundle}`).map(({ subject }) => subject)).toEqual([
      issuer?.subject,
      root?.subject,
    ]);
  });

  it.each([undefined, "", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"])(
    "are not found in %j",
    (text) => {
      expect(certificateIn(text)).toBeUndefined();
    },
  );

  it("compare in all usual forms of hex", () => {
    expect(plainHex("sha256:0A:ff")).toBe("0aff");
  });
});
