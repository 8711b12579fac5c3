import { createHash } from "node:crypto";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { openArchive, pack } from "./archive.ts";
import { ArchiveError } from "./archive-error.ts";

const files = { "report.json": '{"a":1}', "evidence/ATT-5.replayed.json": "{}", "ünï.txt": "x" };
const refusal = (zip: Uint8Array, most?: Parameters<typeof openArchive>[1]) => {
  try {
    openArchive(zip, most);
  } catch (error) {
    return error instanceof ArchiveError ? { code: error.code, file: error.file } : error;
  }
  return "accepted";
};
/** So many megabytes of them, one at a time. */
function* zeros(megabytes: number): Generator<string> {
  for (let made = 0; made < megabytes; made += 1) yield "0".repeat(1e6);
}
/** The archive with its files changed, and its sums as they were. */
const tampered = (change: (all: Record<string, Uint8Array>) => void) => {
  const all = unzipSync(pack(files));
  change(all);
  return zipSync(all);
};

describe("an archive", () => {
  it("gives back what was packed, and the same files give the same bytes", () => {
    const archive = openArchive(pack(files));
    for (const [name, content] of Object.entries(files)) expect(archive.read(name)).toBe(content);
    expect(archive.read("nothing.json")).toBeUndefined();
    expect(pack(files)).toEqual(pack(files));
  });

  it("packs what is made piece by piece as if it were there whole", () => {
    const made = { ...files, "report.json": () => ['{"a"', ":1}"] };
    expect(openArchive(pack(made)).read("report.json")).toBe(files["report.json"]);
    expect(strFromU8(unzipSync(pack(made))["SHA256SUMS"] ?? new Uint8Array())).toContain(
      createHash("sha256").update(files["report.json"]).digest("hex"),
    );
  });

  it("reads what another program packed, stored or deflated", () => {
    const others = zipSync(unzipSync(pack(files)), { level: 0, comment: "PK" });
    expect(openArchive(others).read("ünï.txt")).toBe("x");
  });

  it("refuses a bomb by the name of the file, before it is unpacked", () => {
    const bomb = pack({ ...files, "evidence/bomb.json": () => zeros(70) });
    expect(bomb.length).toBeLessThan(1e6);
    expect(refusal(bomb)).toEqual({ code: "ARCHIVE_TOO_LARGE", file: "evidence/bomb.json" });
  });

  it("refuses many files that are too much together, by the name of the one that is", () => {
    const many = pack(Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, () => zeros(1)])));
    expect(refusal(many)).toBe("accepted");
    expect(refusal(many, { fileBytes: 2e6, bytes: 2.5e6 })).toEqual({ code: "ARCHIVE_TOO_LARGE", file: "c" });
    expect(refusal(many, { fileBytes: 1e5, bytes: 1e7 })).toEqual({ code: "ARCHIVE_TOO_LARGE", file: "a" });
  });

  it("does not believe the size that a bomb says it has", () => {
    const bomb = Buffer.from(pack({ "bomb.json": () => zeros(2) }));
    const directory = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), 0);
    bomb.writeUInt32LE(1, bomb.indexOf("bomb.json", directory) - 46 + 24);
    expect(refusal(bomb, { fileBytes: 1e6, bytes: 1e9 })).toEqual({ code: "ARCHIVE_TOO_LARGE", file: "bomb.json" });
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
    [
      "two files of one name",
      Buffer.from(
        Buffer.from(pack({ "a1.json": "1", "a2.json": "2" }))
          .toString("latin1")
          .replaceAll("a2.json", "a1.json"),
        "latin1",
      ),
      { code: "FILE_ADDED", file: "a1.json" },
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
