import { createPublicKey } from "node:crypto";
import { jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { claimsOf, headerOf, signJwt, tamperJwt } from "./jwt.ts";
import { newHandshakeKey } from "./keys.ts";

const claims = { sub: "did:ath:user:alice", exp: 4_000_000_000 };

describe("signJwt", () => {
  it.each(["ES256", "EdDSA"] as const)(
    "signs with %s as other libraries verify it, whatever messages use",
    async (algorithm) => {
      const key = newHandshakeKey(algorithm, "der");
      const { payload } = await jwtVerify(signJwt({ claims, signer: key }), createPublicKey(key.publicPem));
      expect(payload).toEqual(claims);
    },
  );

  it("makes unsigned and HMAC tokens, which no verifier should take", () => {
    const unsigned = signJwt({ claims, signer: "none" });
    expect(unsigned.endsWith(".")).toBe(true);
    expect(headerOf(unsigned)).toMatchObject({ alg: "none" });
    expect(headerOf(signJwt({ claims, signer: { hmac: "a public key" } }))).toMatchObject({ alg: "HS256" });
  });
});

describe("tamperJwt", () => {
  it("changes claims and keeps the signature of the old ones", async () => {
    const key = newHandshakeKey("ES256", "raw");
    const token = signJwt({ claims, signer: key });
    const tampered = tamperJwt(token, { sub: "did:ath:user:bob" });
    expect(claimsOf(tampered)).toEqual({ ...claims, sub: "did:ath:user:bob" });
    expect(tampered.split(".")[2]).toBe(token.split(".")[2]);
    await expect(jwtVerify(tampered, createPublicKey(key.publicPem))).rejects.toThrow("signature");
  });
});

describe("claimsOf", () => {
  it.each(["", "x", "a.b", "e30", "..", ".W10."])("reads nothing out of %j", (text) => {
    expect(claimsOf(text)).toBeUndefined();
  });
});
