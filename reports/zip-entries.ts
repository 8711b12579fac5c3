import { Inflate } from "fflate";
import { ArchiveError } from "./archive-error.ts";

/** A file in a zip, still packed. */
export interface ZipEntry {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly isDeflated: boolean;
}

const mostFiles = 5000;
/** So much is unpacked at a time: deflate makes at most 1032 bytes of one. */
const sliceBytes = 16 * 1024;

/** Signatures and sizes of the records of a zip file (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.16). */
const local = { signature: 0x04034b50, size: 30 };
const central = { signature: 0x02014b50, size: 46 };
const end = { signature: 0x06054b50, size: 22 };
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;

/**
 * The files that the directory of a zip lists, in its order. Throws {@link ArchiveError} for what is no zip, for more
 * files than a run writes, and for two of one name, of which a reader would take one and a checker the other.
 */
export function entriesOf(zip: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  try {
    return directoryOf(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw notOne();
    throw error;
  }
}

function directoryOf(bytes: Buffer): ReadonlyMap<string, ZipEntry> {
  const directory = endOf(bytes);
  const count = bytes.readUInt16LE(directory + 10);
  let at = bytes.readUInt32LE(directory + 16);
  const entries = new Map<string, ZipEntry>();
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== central.signature) throw notOne();
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const nameEnd = at + central.size + (nameBytes ?? 0);
    const name = bytes.toString("utf8", at + central.size, nameEnd);
    if (entries.has(name)) throw new ArchiveError("FILE_ADDED", `${name} is in it twice`, name);
    if (entries.size === mostFiles) throw tooLarge(name);
    const method = bytes.readUInt16LE(at + 10);
    if (method !== stored && method !== deflated) throw notOne();
    const packed = packedAt(bytes, bytes.readUInt32LE(at + 42), bytes.readUInt32LE(at + 20));
    entries.set(name, { name, packed, isDeflated: method === deflated });
    at = nameEnd + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}

/** Where the end record begins; a comment may follow it. */
function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - end.size - longestComment);
  for (let at = bytes.length - end.size; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === end.signature) return at;
  }
  throw notOne();
}

function packedAt(bytes: Buffer, at: number, length: number): Uint8Array {
  if (bytes.readUInt32LE(at) !== local.signature) throw notOne();
  const start = at + local.size + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + length > bytes.length) throw notOne();
  return bytes.subarray(start, start + length);
}

/**
 * The content of a file, piece by piece. Throws {@link ArchiveError} as soon as it is more than `most` bytes, whatever the
 * directory says of its size.
 */
export function* inflated({ name, packed, isDeflated }: ZipEntry, most: number): Generator<Uint8Array> {
  let length = 0;
  let pieces: Uint8Array[] = [];
  const inflate = new Inflate((piece) => void pieces.push(piece));
  for (let at = 0; at === 0 || at < packed.length; at += sliceBytes) {
    const slice = packed.subarray(at, at + sliceBytes);
    if (isDeflated) pushed(inflate, slice, at + sliceBytes >= packed.length, name);
    else pieces.push(slice);
    for (const piece of pieces) {
      length += piece.length;
      if (length > most) throw tooLarge(name);
      yield piece;
    }
    pieces = [];
  }
}

function pushed(inflate: Inflate, slice: Uint8Array, isLast: boolean, name: string): void {
  try {
    inflate.push(slice, isLast);
  } catch {
    throw new ArchiveError("FILE_CHANGED", `${name} cannot be unpacked`, name);
  }
}

function tooLarge(name: string): ArchiveError {
  return new ArchiveError("ARCHIVE_TOO_LARGE", `it unpacks to more than a run can write (at ${name})`, name);
}

function notOne(): ArchiveError {
  return new ArchiveError("NO_ARCHIVE", "it is no zip file, or a damaged one");
}
