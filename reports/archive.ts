import { createHash } from "node:crypto";
import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from "fflate";

/** The file that lists the SHA-256 of every other one, in the format of sha256sum. */
const sumsFile = "SHA256SUMS";
/** More than any run writes; what unpacks to more than this is no bundle but an attack. */
const mostBytes = 512 * 1024 * 1024;
const mostFiles = 5000;

/** A bundle that cannot be trusted or read; `file` names the part that is wrong. */
export class ArchiveError extends Error {
  readonly code: "NO_ARCHIVE" | "ARCHIVE_TOO_LARGE" | "FILE_CHANGED" | "FILE_MISSING" | "FILE_ADDED";
  readonly file: string | undefined;
  constructor(code: ArchiveError["code"], message: string, file?: string) {
    super(message);
    this.code = code;
    this.file = file;
  }
}

/** What a file holds, or how it is made; what is made is there only while it is packed. */
export type FileContent = string | Uint8Array | (() => string);

/** Packs files into a zip, with their SHA-256 sums beside them. The same files give the same bytes. */
export function pack(files: Readonly<Record<string, FileContent>>): Uint8Array {
  const packed: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    packed.push(piece);
  });
  const add = (name: string, content: Uint8Array) => {
    const file = new ZipDeflate(name, { level: 6 });
    // A fixed date (the first one that zip can say): when the archive was written is in the report, and nowhere else.
    file.mtime = new Date(1980, 0, 1);
    zip.add(file);
    file.push(content, true);
  };
  let sums = "";
  for (const name of Object.keys(files).toSorted()) {
    const content = bytesOf(files[name] ?? "");
    sums += `${digestOf(content)}  ${name}\n`;
    add(name, content);
  }
  add(sumsFile, strToU8(sums));
  zip.end();
  return Buffer.concat(packed);
}

function bytesOf(content: FileContent): Uint8Array {
  const made = typeof content === "function" ? content() : content;
  return typeof made === "string" ? Buffer.from(made) : made;
}

/** The files of a zip as text, every one checked against its sum. Throws {@link ArchiveError}. */
export function unpack(zip: Uint8Array): ReadonlyMap<string, string> {
  const files = unzipped(zip);
  const sums = files.get(sumsFile);
  if (sums === undefined) throw new ArchiveError("FILE_MISSING", `it has no ${sumsFile}`, sumsFile);
  files.delete(sumsFile);
  const listed = new Set<string>();
  for (const line of strFromU8(sums).split("\n").filter(Boolean)) {
    const { digest = "", name = "" } = /^(?<digest>[0-9a-f]{64}) {2}(?<name>.+)$/.exec(line)?.groups ?? {};
    if (name === "") throw new ArchiveError("FILE_CHANGED", `${sumsFile} is not as it was written`, sumsFile);
    const content = files.get(name);
    if (content === undefined) throw new ArchiveError("FILE_MISSING", `${name} is missing`, name);
    if (digestOf(content) !== digest) throw new ArchiveError("FILE_CHANGED", `${name} is not as it was written`, name);
    listed.add(name);
  }
  const added = [...files.keys()].find((name) => !listed.has(name));
  if (added !== undefined) throw new ArchiveError("FILE_ADDED", `${added} was added afterwards`, added);
  return new Map([...files].map(([name, content]) => [name, strFromU8(content)]));
}

function unzipped(zip: Uint8Array): Map<string, Uint8Array> {
  let total = 0;
  let count = 0;
  try {
    const files = unzipSync(zip, {
      filter({ originalSize, name }) {
        total += originalSize;
        count += 1;
        if (total > mostBytes || count > mostFiles) {
          throw new ArchiveError("ARCHIVE_TOO_LARGE", `it unpacks to more than a run can write (at ${name})`, name);
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError("NO_ARCHIVE", "it is no zip file, or a damaged one");
  }
}

function digestOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
