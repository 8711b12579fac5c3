import { createHash, type Hash } from "node:crypto";
import { Zip, ZipDeflate } from "fflate";
import { ArchiveError } from "./archive-error.ts";
import { entriesOf, inflated, type ZipEntry } from "./zip-entries.ts";

/** The file that lists the SHA-256 of every other one, in the format of sha256sum. */
const sumsFile = "SHA256SUMS";
/** More than any run writes, in one file and in all; what unpacks to more than this is no bundle but an attack. */
const mostOfAll = { fileBytes: 64 * 1024 * 1024, bytes: 512 * 1024 * 1024 };

/** What a file holds, or how it is made, whole or piece by piece; what is made is there only while it is packed. */
export type FileContent = string | (() => string) | (() => Iterable<string>);

/** Packs files into a zip, with their SHA-256 sums beside them. The same files give the same bytes. */
export function pack(files: Readonly<Record<string, FileContent>>): Uint8Array {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    packed.push(piece);
  });
  const add = (name: string, pieces: Iterable<string>, hash?: Hash) => {
    const file = new ZipDeflate(name, { level: 6 });
    // A fixed date (the first one that zip can say): when the archive was written is in the report, and nowhere else.
    file.mtime = new Date(1980, 0, 1);
    zip.add(file);
    for (const piece of pieces) {
      const bytes = Buffer.from(piece);
      hash?.update(bytes);
      file.push(bytes);
    }
    file.push(new Uint8Array(), true);
  };
  let sums = "";
  for (const name of Object.keys(files).toSorted()) {
    const hash = createHash("sha256");
    add(name, piecesOf(files[name] ?? ""), hash);
    sums += `${hash.digest("hex")}  ${name}\n`;
  }
  add(sumsFile, [sums]);
  zip.end();
  return Buffer.concat(packed);
}

function piecesOf(content: FileContent): Iterable<string> {
  const made = typeof content === "function" ? content() : content;
  return typeof made === "string" ? [made] : made;
}

/** An archive whose every file has the sum that is written in it. */
export interface Archive {
  /** The text of a file; undefined: it is not in the archive. It is unpacked anew each time. */
  read(name: string): string | undefined;
}

/**
 * Opens a zip and checks every file against its sum, one after the other, so that no more than one of them is in memory.
 * Throws {@link ArchiveError}.
 */
export function openArchive(zip: Uint8Array, most = mostOfAll): Archive {
  const entries = entriesOf(zip);
  let left = most.bytes;
  const digests = new Map<string, string>();
  for (const [name, entry] of entries) {
    const hash = createHash("sha256");
    for (const piece of inflated(entry, Math.min(most.fileBytes, left))) {
      hash.update(piece);
      left -= piece.length;
    }
    digests.set(name, hash.digest("hex"));
  }
  const textOf = (entry: ZipEntry) => Buffer.concat([...inflated(entry, most.fileBytes)]).toString("utf8");
  const sums = entries.get(sumsFile);
  if (sums === undefined) throw new ArchiveError("FILE_MISSING", `it has no ${sumsFile}`, sumsFile);
  const listed = new Set<string>([sumsFile]);
  for (const line of textOf(sums).split("\n").filter(Boolean)) {
    const { digest = "", name = "" } = /^(?<digest>[0-9a-f]{64}) {2}(?<name>.+)$/.exec(line)?.groups ?? {};
    if (name === "") throw new ArchiveError("FILE_CHANGED", `${sumsFile} is not as it was written`, sumsFile);
    const found = digests.get(name);
    if (found === undefined) throw new ArchiveError("FILE_MISSING", `${name} is missing`, name);
    if (found !== digest) throw new ArchiveError("FILE_CHANGED", `${name} is not as it was written`, name);
    listed.add(name);
  }
  const added = [...entries.keys()].find((name) => !listed.has(name));
  if (added !== undefined) throw new ArchiveError("FILE_ADDED", `${added} was added afterwards`, added);
  return {
    read(name) {
      const entry = entries.get(name);
      return entry && textOf(entry);
    },
  };
}
