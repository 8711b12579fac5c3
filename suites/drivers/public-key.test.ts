import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { harmlessKey } from "../../mocks/core/public-key.ts";
import { usableKey } from "./public-key.ts";

/** SubjectPublicKeyInfo of P-256 whose point is a lone zero octet (SEC 1 § 2.3.3). */
const infinity = Buffer.from("3019301306072a8648ce3d020106082a8648ce3d03010703020000", "hex");

describe.each([
  ["the kit", usableKey],
  ["the mocks", harmlessKey],
])("a public key that %s got from somebody else", (_name, guard) => {
  it("is taken when it can be used", () => {
    for (const { publicKey } of [generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ed25519")]) {
      expect(guard(publicKey)).toBe(publicKey);
    }
  });

  it("is refused when it would end the process", () => {
    expect(guard(createPublicKey({ key: infinity, format: "der", type: "spki" }))).toBeUndefined();
  });
});
