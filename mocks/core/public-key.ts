import type { KeyObject } from "node:crypto";

/**
 * A public key that may be used, or undefined. The point at infinity can be read as a key, but using it aborts Node;
 * writing it back fails harmlessly, so that is what tells. For every key that somebody else made.
 */
export function harmlessKey(key: KeyObject): KeyObject | undefined {
  try {
    key.export({ format: "der", type: "spki" });
  } catch {
    return undefined;
  }
  return key;
}
