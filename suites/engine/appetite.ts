/** What a target may answer to one request, headers and body, before its answers count as more than was asked for. */
const fairBytes = 8 * 1024;
/** So much more than that may be read in one check, and so much of its text be kept. */
const mostRead = 4 * 1024 * 1024;
const mostKept = 1024 * 1024;

/** How much of a target's answers one check takes in. What is above it is left alone, so that no target fills the memory. */
export interface Appetite {
  /** The target was asked something. */
  asked(): void;
  /** Something came: bytes on the wire, and bytes in memory that stay in the evidence. */
  took(bytes: number, held: number): void;
  /** The target gives more than any answer of its protocol needs. */
  readonly isSated: boolean;
  /** Bytes of evidence above what was asked for. */
  readonly surplus: number;
}

/** What a text weighs in memory: where it is not all ASCII, each character takes two bytes. */
export function weightOf(text: string): number {
  return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length;
}

export function createAppetite(): Appetite {
  let fair = 0;
  let read = 0;
  let kept = 0;
  let sated = false;
  return {
    asked() {
      fair += fairBytes;
    },
    took(bytes, held) {
      read += bytes;
      kept += held;
      sated ||= read - fair > mostRead || kept - fair > mostKept;
    },
    get isSated() {
      return sated;
    },
    get surplus() {
      return Math.max(0, kept - fair);
    },
  };
}
