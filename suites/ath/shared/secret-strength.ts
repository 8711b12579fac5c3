import { hash } from "node:crypto";

/** What several secrets of one maker have in common. A type and not an interface: it goes into the evidence as JSON. */
export type Variation = {
  readonly samples: number;
  /** Positions at which not all of them have the same character. */
  readonly varying: number;
  /** How many characters such a position can hold, judged by the kinds of characters that appear there. */
  readonly alphabet: number;
};

const kinds = [
  { pattern: /[0-9]/, size: 10 },
  { pattern: /[a-f]/, size: 6 },
  { pattern: /[A-F]/, size: 6 },
  { pattern: /[g-z]/, size: 20 },
  { pattern: /[G-Z]/, size: 20 },
  { pattern: /[^0-9A-Za-z]/, size: 2 },
] as const;

/**
 * Compares secrets position by position. A counter or a time stamp changes few positions, a random value nearly all of
 * them; what is common to all is known to everyone who has registered once.
 */
export function variationOf(secrets: readonly string[]): Variation {
  const longest = Math.max(0, ...secrets.map(({ length }) => length));
  const positions = Array.from({ length: longest }, (_, at) => new Set(secrets.map((secret) => secret[at] ?? "")));
  const varying = positions.filter(({ size }) => size > 1);
  const seen = varying.flatMap((characters) => [...characters]).join("");
  const alphabet = kinds.filter(({ pattern }) => pattern.test(seen)).reduce((sum, { size }) => sum + size, 0);
  return { samples: secrets.length, varying: varying.length, alphabet };
}

/** The most that the varying positions can carry, in bits. */
export function bitsOf({ varying, alphabet }: Pick<Variation, "varying" | "alphabet">): number {
  return alphabet < 2 ? 0 : varying * Math.log2(alphabet);
}

/** Counters up to here are tried; who has registered knows about where the counter stands. */
const mostCounted = 2_000;
const digests = ["md5", "sha1", "sha256", "sha512"] as const;
const encodings = ["hex", "base64", "base64url"] as const;

/**
 * How a secret can be made of what is known of its owner, by name, or of a small number: as it is, encoded or digested.
 * A random beginning (`secret_`) is of no account. Undefined: it was not found out.
 */
export function derivationOf(secret: string, known: Readonly<Record<string, string>>): string | undefined {
  const endsWith = (bytes: Buffer, encoding: (typeof encodings)[number]) => secret.endsWith(bytes.toString(encoding));
  const candidates = [
    ...Object.entries(known),
    ...Array.from({ length: mostCounted }, (_, number): [string, string] => ["a counter", String(number)]),
  ];
  for (const [name, value] of candidates) {
    const bytes = Buffer.from(value);
    // A number in base64 is a few letters, which the end of a random secret may be.
    const encoded = name === "a counter" ? undefined : encodings.find((encoding) => endsWith(bytes, encoding));
    if (encoded !== undefined) return `${encoded} of ${name}`;
    const digested = digests.find((algorithm) => {
      const digest = hash(algorithm, bytes, "buffer");
      return encodings.some((encoding) => endsWith(digest, encoding));
    });
    if (digested !== undefined) return `${digested} of ${name}`;
  }
  return undefined;
}
