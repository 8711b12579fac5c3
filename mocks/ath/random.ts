import { createHash, timingSafeEqual } from "node:crypto";

/** What is stored instead of a secret: SHA-256, base64url. The secrets are random, so no salt is needed. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Compares without telling by its duration how much of the text was right. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
