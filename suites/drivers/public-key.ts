import type { KeyObject } from "node:crypto";

/**
 * The key, or undefined when its point is the one at infinity. OpenSSL reads such a key without complaint, and Node ends
 * the whole process when it is verified with or asked for its details; it cannot be written, though, and that is safe to
 * try. Every public key that a target sends goes through here.
 */
export function usableKey(key: KeyObject): KeyObject | undefined {
  try {
    key.export({ type: "spki", format: "der" });
    return key;
  } catch {
    return undefined;
  }
}
