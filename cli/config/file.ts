import { readFile, stat } from "node:fs/promises";
import { CliError } from "../exit.ts";

const largest = 1024 * 1024;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

/** Why a file could not be read, in words. */
export function whyUnreadable(error: unknown): string {
  const system = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  return reasons[system] ?? `the system says ${system}`;
}

/** The text of a file that a flag names. `what` says what the file is for. */
export async function readText(path: string, what: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > largest)
      throw new CliError({
        code: "FILE_TOO_LARGE",
        message: `${what} ${path} is larger than ${largest} bytes`,
        mend: "correct the path",
      });
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError({
      code: "FILE_UNREADABLE",
      message: `cannot read ${what} ${path}: ${whyUnreadable(error)}`,
      mend: "correct the path",
    });
  }
}

/** Whether there is something at this path. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
