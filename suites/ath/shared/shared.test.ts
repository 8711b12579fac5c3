import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newAgentKey } from "../../drivers/agent-key.ts";
import { approvalOf, partitionFlaw } from "./approvals.ts";
import { bitsOf, variationOf } from "./secret-strength.ts";
import { selfSignedCertificate } from "./self-signed-certificate.ts";

test("the forger's certificate is one that Node reads, of the forger's key, and signed with it", () => {
  const key = newAgentKey();
  const now = Date.parse("2026-06-01T12:00:00Z");
  const certificate = new X509Certificate(selfSignedCertificate(key, now));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.publicKey.export({ format: "pem", type: "spki" })).toBe(key.publicPem);
  expect(Date.parse(certificate.validFrom)).toBe(now - 3_600_000);
  expect(Date.parse(certificate.validTo)).toBe(now + 24 * 3_600_000);
});

describe("the strength of secrets", () => {
  const bits = (secrets: readonly string[]) => bitsOf(variationOf(secrets));
  test("a counter carries what its digits carry", () => {
    expect(bits(["secret-000001", "secret-000002", "secret-000003"])).toBeCloseTo(Math.log2(10));
  });
  test("a long common part carries nothing, however random it looks", () => {
    const common = "kq8ZcV1mXw0Rk3sTn5uYb7LpQ2dGf4Hj";
    expect(bits([`${common}1`, `${common}2`])).toBeLessThan(4);
  });
  test("random hexadecimal carries four bits at each position", () => {
    const secrets = ["9f86d081884c7d65", "60303ae22b998861", "fd61a03af4f77d87", "a4e624d686e03ed2"];
    expect(bits(secrets)).toBeCloseTo(16 * 4);
  });
  test("equal secrets carry nothing", () => {
    expect(bits(["same", "same"])).toBe(0);
  });
  test("secrets of different length vary where one has ended", () => {
    expect(variationOf(["9", "10"])).toMatchObject({ varying: 2, alphabet: 10 });
  });
});

describe("what a registration decides", () => {
  test("an entry is found by its provider, and malformed lists count as empty", () => {
    const body = {
      approved_providers: [null, { provider_id: "mail", approved_scopes: "read", denied_scopes: ["send"] }],
    };
    expect(approvalOf(body, "mail")).toEqual({ approved: [], denied: ["send"] });
    expect(approvalOf(body, "calendar")).toBeUndefined();
    expect(approvalOf({ approved_providers: {} }, "mail")).toBeUndefined();
  });
  test("order and repetition do not matter", () => {
    expect(partitionFlaw(["a", "b", "b"], { approved: ["b", "b"], denied: ["a"] })).toBeUndefined();
  });
});
