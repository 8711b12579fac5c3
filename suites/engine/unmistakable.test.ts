import { describe, expect, it } from "vitest";
import { isUnmistakable } from "./unmistakable.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Of so many random texts of base64url, the same each time, how many would stay visible in the evidence of other checks. */
function missed(length: number, of: number): number {
  let state = 1;
  const letter = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return letters.charAt(state >>> 26);
  };
  const texts = Array.from({ length: of }, () => Array.from({ length }, letter).join(""));
  return texts.filter((text) => !isUnmistakable(text)).length;
}

describe("what looks like nothing but a secret", () => {
  it.each([
    "ath_t4ieMJaQp6wHKZwEQRhr",
    "qXvTzBnLkPwRsYdFgHjMcVbNxZaQeWrTyUiOpAsDfGh",
    "-_qXvTzBnLkPwRsYdFgHjM",
    "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",
    "0123456789abcdef0123456789abcdef",
  ])("%s", (secret) => {
    expect(isUnmistakable(secret)).toBe(true);
  });

  it.each([
    "invalid_attestation",
    "authorization_endpoint",
    "X-ATH-Agent-Attestation",
    "Sec-WebSocket-Protocol",
    "Access-Control-Allow-Credentials",
    "handshakeRequestIdentifier",
    "INSUFFICIENT_PERMISSION",
    "gateway.example.com/agent",
    "1732200000000000",
    "t4ieMJaQp6wHKZw",
  ])("is not %s", (word) => {
    expect(isUnmistakable(word)).toBe(false);
  });

  it("is a random token, with digits or without", () => {
    expect(missed(43, 20_000)).toBe(0);
    expect(missed(22, 20_000)).toBeLessThan(10);
  });
});
