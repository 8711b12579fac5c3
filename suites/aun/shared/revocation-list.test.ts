import { describe, expect, it } from "vitest";
import { authorityChain } from "../../../mocks/aun-gateway/pki/authority.ts";
import { pem } from "../../../mocks/core/x509/der.ts";
import { revocationList } from "../../../mocks/core/x509/revocation.ts";
import { revocationListIn } from "./revocation-list.ts";

const now = Date.UTC(2026, 10, 21);
const { issuer, root } = authorityChain("a.test", now, () => Buffer.alloc(16, 0x21));
const revoked = [
  { serial: "7fff00", at: now - 1000 },
  { serial: "8000ff", at: now },
];
const der = (entries: typeof revoked) => revocationList(entries, issuer, { thisUpdate: now, nextUpdate: now + 5000 });

describe("a revocation list", () => {
  it.each(["X509 CRL", "CRL"])("is read from PEM with the label %s", (label) => {
    const list = revocationListIn(pem(label, der(revoked)));
    expect(list?.serials).toEqual(["7fff00", "8000ff"]);
    expect(list?.nextUpdate).toBe(now + 5000);
  });

  it("may list nothing", () => {
    expect(revocationListIn(pem("X509 CRL", der([])))?.serials).toEqual([]);
  });

  it("verifies under the key that signed it, and under no other", () => {
    const list = revocationListIn(pem("X509 CRL", der(revoked)));
    expect(list?.isSignedBy(issuer.publicKey)).toBe(true);
    expect(list?.isSignedBy(root.publicKey)).toBe(false);
  });

  it("does not verify once a byte of its content has changed", () => {
    const bytes = der(revoked);
    const at = bytes.indexOf(Buffer.from("7fff00", "hex"));
    bytes[at] = 0x7e;
    const list = revocationListIn(pem("X509 CRL", bytes));
    expect(list?.serials).toEqual(["7eff00", "8000ff"]);
    expect(list?.isSignedBy(issuer.publicKey)).toBe(false);
  });

  it("is none when it is cut off, wherever that is", () => {
    const whole = der(revoked);
    for (let length = 0; length < whole.length; length += 1) {
      expect(revocationListIn(pem("X509 CRL", whole.subarray(0, length))), `${length} bytes`).toBeUndefined();
    }
  });

  it.each(["", "garbage", pem("X509 CRL", Buffer.from("3080", "hex")), pem("CERTIFICATE", der(revoked))])(
    "is none in %j",
    (text) => {
      expect(revocationListIn(text)).toBeUndefined();
    },
  );
});
