import { strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { ArchiveError, pack, unpack } from "./archive.ts";

const files = { "report.json": '{"a":1}', "evidence/ATT-5.replayed.json": "{}", "ünï.txt": "x" };
const refusal = (zip: Uint8Array) => {
  try {
    unpack(zip);
  } catch (error) {
    return error instanceof ArchiveError ? { code: error.code, file: error.file } : error;
  }
  return "accepted";
};
/** The archive with its files changed, and its sums as they were. */
const tampered = (change: (all: Record<string, Uint8Array>) => void) => {
  const all = unzipSync(pack(files));
  change(all);
  return zipSync(all);
};

describe("an archive", () => {
  it("gives back what was packed, and the same files give the same bytes", () => {
    expect(Object.fromEntries(unpack(pack(files)))).toEqual(files);
    expect(pack(files)).toEqual(pack(files));
  });

  it.each<[string, Uint8Array, unknown]>([
    [
      "a file that was changed",
      tampered((all) => {
        all["report.json"] = strToU8('{"a":2}');
      }),
      { code: "FILE_CHANGED", file: "report.json" },
    ],
    [
      "a file that was taken out",
      tampered((all) => {
        delete all["report.json"];
      }),
      { code: "FILE_MISSING", file: "report.json" },
    ],
    [
      "a file that was put in",
      tampered((all) => {
        all["evidence/more.json"] = strToU8("{}");
      }),
      { code: "FILE_ADDED", file: "evidence/more.json" },
    ],
    [
      "sums that are none",
      tampered((all) => {
        all["SHA256SUMS"] = strToU8("nothing\n");
      }),
      { code: "FILE_CHANGED", file: "SHA256SUMS" },
    ],
    [
      "no sums",
      tampered((all) => {
        delete all["SHA256SUMS"];
      }),
      { code: "FILE_MISSING", file: "SHA256SUMS" },
    ],
    ["text", strToU8("PK but no zip"), { code: "NO_ARCHIVE", file: undefined }],
    ["half an archive", pack(files).subarray(0, 100), { code: "NO_ARCHIVE", file: undefined }],
    [
      "more files than a run writes",
      zipSync(Object.fromEntries(Array.from({ length: 5001 }, (_, index) => [`f${index}`, new Uint8Array()]))),
      { code: "ARCHIVE_TOO_LARGE", file: "f5000" },
    ],
  ])("refuses %s", (_name, zip, expected) => {
    expect(refusal(zip)).toEqual(expected);
  });
});
