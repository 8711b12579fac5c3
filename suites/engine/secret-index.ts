/** Where a known text stands in another one. */
export interface Found<Meaning> {
  readonly start: number;
  /** After its last character. */
  readonly end: number;
  readonly meaning: Meaning;
}

/**
 * Many texts to look for at once. Looking takes as long as the text that is searched is long, however many texts are
 * looked for: a target can make a run learn thousands of them.
 */
export interface SecretIndex<Meaning> {
  /** Looks for this text from now on. It must be at least {@link shortestIndexed} characters long. */
  add(text: string, meaning: Meaning): void;
  /** Whether texts of so many lengths end like this one that looking for another one would take long. */
  isCrowded(text: string): boolean;
  /** How many texts are looked for. */
  readonly size: number;
  /** Where texts of the index stand, by where they end: of those that end at one place the longest. */
  findIn(source: string): readonly Found<Meaning>[];
}

/** A text is found by the hash of its last characters: many tokens begin alike, and few end alike. */
export const shortestIndexed = 6;
/** Of texts that end alike, one of each length is compared with what stands there. */
const mostLengths = 50;
const factor = 0x01000193;
/** Takes the first of the hashed characters away again. */
const oldest = Array.from({ length: shortestIndexed }).reduce<number>((power) => Math.imul(power, factor), 1);
const filterBits = 1 << 15;

/** Texts of one length. */
interface Row<Meaning> {
  readonly length: number;
  readonly meanings: Map<string, Meaning>;
}

export function createSecretIndex<Meaning extends object>(): SecretIndex<Meaning> {
  const byEnd = new Map<number, Row<Meaning>[]>();
  let filter: Uint8Array | undefined;
  let size = 0;
  const endingAt = (source: string, end: number, hash: number): Found<Meaning> | undefined => {
    for (const { length, meanings } of byEnd.get(hash) ?? []) {
      const meaning = length > end ? undefined : meanings.get(source.slice(end - length, end));
      if (meaning !== undefined) return { start: end - length, end, meaning };
    }
    return undefined;
  };
  return {
    add(text, meaning) {
      const hash = hashOfEnd(text);
      const rows = byEnd.get(hash) ?? [];
      const row = rows.find(({ length }) => length === text.length);
      if (row?.meanings.has(text)) return;
      size += 1;
      if (row !== undefined) {
        row.meanings.set(text, meaning);
        return;
      }
      rows.push({ length: text.length, meanings: new Map([[text, meaning]]) });
      byEnd.set(
        hash,
        rows.toSorted((a, b) => b.length - a.length),
      );
      filter ??= new Uint8Array(filterBits >> 3);
      filter[byteOf(hash)] = (filter[byteOf(hash)] ?? 0) | bitOf(hash);
    },
    isCrowded: (text) => (byEnd.get(hashOfEnd(text))?.length ?? 0) > mostLengths,
    get size() {
      return size;
    },
    findIn: (source) =>
      filter === undefined ? [] : ending(source, filter, (end, hash) => endingAt(source, end, hash)),
  };
}

/**
 * Asks at every place that the filter lets through, which few are. One loop for one index and nothing in it but numbers:
 * every character of the evidence comes through here.
 */
function ending<Meaning>(
  source: string,
  filter: Uint8Array,
  endingAt: (end: number, hash: number) => Found<Meaning> | undefined,
): readonly Found<Meaning>[] {
  const found: Found<Meaning>[] = [];
  let hash = 0;
  for (let at = 0; at < source.length; at += 1) {
    hash = (Math.imul(hash, factor) + source.charCodeAt(at)) | 0;
    if (at >= shortestIndexed) hash = (hash - Math.imul(oldest, source.charCodeAt(at - shortestIndexed))) | 0;
    if (((filter[byteOf(hash)] ?? 0) & bitOf(hash)) === 0 || at + 1 < shortestIndexed) continue;
    const one = endingAt(at + 1, hash);
    if (one !== undefined) found.push(one);
  }
  return found;
}

function hashOfEnd(text: string): number {
  let hash = 0;
  for (let at = text.length - shortestIndexed; at < text.length; at += 1) {
    hash = (Math.imul(hash, factor) + text.charCodeAt(at)) | 0;
  }
  return hash;
}

function mixed(hash: number): number {
  return (hash ^ (hash >>> 15)) & (filterBits - 1);
}

function byteOf(hash: number): number {
  return mixed(hash) >> 3;
}

function bitOf(hash: number): number {
  return 1 << (mixed(hash) & 7);
}
