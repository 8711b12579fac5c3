import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SetupError } from "../setup-error.ts";
import {
  type Algorithm,
  newHandshakeKey,
  readHandshakeKey,
  type SignatureEncoding,
  signatureVerifies,
} from "./keys.ts";

const kinds: readonly (readonly [Algorithm, SignatureEncoding])[] = [
  ["ES256", "raw"],
  ["ES256", "der"],
  ["EdDSA", "raw"],
  ["EdDSA", "der"],
];

describe("a signature", () => {
  it.each(kinds)("by %s, %s, verifies with its own key over its own text only", (algorithm, encoding) => {
    const key = newHandshakeKey(algorithm, encoding);
    const signed = { text: "nonce", signature: key.sign("nonce"), publicPem: key.publicPem, encoding };
    expect(signatureVerifies(signed)).toBe(true);
    expect(signatureVerifies({ ...signed, text: "another" })).toBe(false);
    expect(signatureVerifies({ ...signed, publicPem: newHandshakeKey(algorithm, encoding).publicPem })).toBe(false);
  });

  it("of P-256 counts in the configured encoding only", () => {
    const key = newHandshakeKey("ES256", "raw");
    const signed = { text: "nonce", signature: key.sign("nonce"), publicPem: key.publicPem };
    expect(Buffer.from(signed.signature, "base64url")).toHaveLength(64);
    expect(signatureVerifies({ ...signed, encoding: "der" })).toBe(false);
  });

  it.each(["", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"])(
    "verifies with no key like %j",
    (publicPem) => {
      expect(signatureVerifies({ text: "a", signature: "AA", publicPem, encoding: "raw" })).toBe(false);
    },
  );
});

describe("readHandshakeKey", () => {
  const pemOf = (kind: "ed25519" | "x25519" | "P-256" | "P-384") => {
    const made =
      kind === "ed25519" || kind === "x25519"
        ? kind === "ed25519"
          ? generateKeyPairSync("ed25519")
          : generateKeyPairSync("x25519")
        : generateKeyPairSync("ec", { namedCurve: kind });
    return made.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  };

  it.each([
    ["P-256", "ES256"],
    ["ed25519", "EdDSA"],
  ] as const)("reads %s as %s", (kind, algorithm) => {
    expect(readHandshakeKey(pemOf(kind), "raw", "handshake.user.key").algorithm).toBe(algorithm);
  });

  it.each(["P-384", "x25519"] as const)("refuses %s, names the setting and shows no key", (kind) => {
    const pem = pemOf(kind);
    const read = () => readHandshakeKey(pem, "raw", "handshake.user.key");
    expect(read).toThrow(SetupError);
    expect(read).toThrow(/^handshake\.user\.key: not a private key/);
  });

  it("refuses what is no PEM", () => {
    expect(() => readHandshakeKey("secret", "raw", "handshake.user.key")).toThrow(/^(?!.*secret)/);
  });
});
