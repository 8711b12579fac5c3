import { createHmac, randomBytes } from "node:crypto";

/** Where ids and secrets come from. */
export interface RandomSource {
  /** That many bytes, base64url. */
  text(bytes: number): string;
}

/** Nobody can guess what comes. */
export const systemRandom: RandomSource = { text: (bytes) => randomBytes(bytes).toString("base64url") };

/** The same ids and secrets at every start, for whoever wants to repeat what happened; everybody can guess them. */
export function seededRandom(seed: number): RandomSource {
  let count = 0;
  return {
    text(bytes) {
      let text = Buffer.alloc(0);
      for (; text.length < bytes; count += 1) {
        text = Buffer.concat([text, createHmac("sha256", String(seed)).update(String(count)).digest()]);
      }
      return text.subarray(0, bytes).toString("base64url");
    },
  };
}
