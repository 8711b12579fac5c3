import { sign, verify } from "node:crypto";
import { expect, it } from "vitest";
import { newKeyPair } from "./key-pair.ts";

it.each([
  ["P-256", "prime256v1"],
  ["P-384", "secp384r1"],
] as const)("makes keys on %s that belong together, and new ones each time", (curve, name) => {
  const { privateKey, publicKey } = newKeyPair(curve);
  const other = newKeyPair(curve);
  const text = Buffer.from("text");
  const signature = sign("sha256", text, privateKey);
  expect([privateKey, publicKey].map((key) => key.asymmetricKeyDetails?.namedCurve)).toEqual([name, name]);
  expect(verify("sha256", text, publicKey, signature)).toBe(true);
  expect(verify("sha256", text, other.publicKey, signature)).toBe(false);
});
