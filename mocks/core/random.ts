import { createHmac, randomBytes } from "node:crypto";

/** Where ids and secrets come from. */
export interface RandomSource {
  /** That many bytes, base64url. */
  text(bytes: number): string;
}

/** Asking the system costs as much for many bytes as for few. */
const poolBytes = 4096;

/** Bytes from the system, each given out once. */
function pooledRandom(): RandomSource {
  let pool = randomBytes(0);
  return {
    text(bytes) {
      if (bytes > poolBytes) return randomBytes(bytes).toString("base64url");
      if (pool.length < bytes) pool = randomBytes(poolBytes);
      const text = pool.toString("base64url", 0, bytes);
      pool = pool.subarray(bytes);
      return text;
    },
  };
}

/** Nobody can guess what comes. */
export const systemRandom: RandomSource = pooledRandom();

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
