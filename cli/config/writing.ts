import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CliError } from "../exit.ts";

/** Writes a file that the user asked for with `flag`. Throws CliError where the system does not let it. */
export async function writeWanted(path: string, flag: string, content: Uint8Array | Iterable<string>): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw unwritable(path, flag, error);
  }
}

/** Why the system would not write, in words. `flag` is what the user asked for it with. */
export function unwritable(path: string, flag: string, error: unknown): CliError {
  const system = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: existsSync(dirname(path))
      ? ["the system lets nothing be created there", "give another path"]
      : [`there is no folder ${dirname(path)}`, "create the folder, or give another path"],
    ENOTDIR: [`${dirname(path)} is no folder`, "give another path"],
    EISDIR: ["it is a folder", "give the path of a file"],
    EACCES: ["this user may not write there", "give a path that this user may write to"],
    EROFS: ["the file system is read-only", "give a path on another one"],
    ENOSPC: ["the disk is full", "make room, or give a path on another one"],
  };
  const [reason, mend] = reasons[system] ?? [`the system says ${system}`, "give another path"];
  return new CliError({ code: "NOT_WRITABLE", message: `${flag}: cannot write ${path}: ${reason}`, mend });
}
