import { readFile } from "node:fs/promises";
import { type Archive, openArchive } from "../../reports/archive.ts";
import { ArchiveError } from "../../reports/archive-error.ts";
import { isMessage, type Messages, type RecordedRun, type Report, validate } from "../../schemas/index.ts";
import type { Evidence } from "../../suites/engine/evidence.ts";
import { whyUnreadable } from "../config/file.ts";
import { CliError } from "../exit.ts";
import { bundleFiles } from "./files.ts";

/** A bundle whose sums hold and whose parts have the right shapes. */
export interface Bundle {
  readonly report: Report;
  readonly run: RecordedRun;
  /** Read anew each time; undefined: the check was not driven. Throws CliError with the name of the file. */
  evidenceOf(checkId: string): Evidence | undefined;
}

const whatIsOne =
  "give a file that `gateproof run … --report bundle=FILE.zip` wrote; a report alone has not all the evidence";

/** Reads a bundle. Throws CliError with the name of the file in it that is wrong. */
export async function readBundle(path: string, shown: string): Promise<Bundle> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new CliError({
      code: "BUNDLE_UNREADABLE",
      message: `cannot read ${shown}: ${whyUnreadable(error)}`,
      mend: whatIsOne,
    });
  });
  const files = opened(bytes, shown);
  const part = <Name extends keyof Messages>(file: string, shape: Name): Messages[Name] => {
    const value = parsed(read(files, file, shown), file, shown);
    if (isMessage(shape, value)) return value;
    throw misshapen(shape, value, file, shown);
  };
  const run = part(bundleFiles.run, "RecordedRun");
  const driven = new Set(run.checks.filter(({ attempts }) => attempts > 0).map(({ id }) => id));
  return {
    run,
    report: part(bundleFiles.report, "Report"),
    evidenceOf(id) {
      if (!driven.has(id)) return undefined;
      const file = bundleFiles.evidence(id);
      const value = parsed(read(files, file, shown), file, shown);
      if (!isEvidence(value)) throw misshapen("Evidence", value, file, shown);
      return value;
    },
  };
}

function opened(bytes: Uint8Array, shown: string): Archive {
  return refusing(shown, () => openArchive(bytes));
}

function read(files: Archive, file: string, shown: string): string | undefined {
  return refusing(shown, () => files.read(file));
}

function refusing<Part>(shown: string, read: () => Part): Part {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const message = `${shown} is refused: ${error.message}`;
    if (error.code === "NO_ARCHIVE") throw new CliError({ code: "NO_BUNDLE", message, mend: whatIsOne });
    const mend = "get it again from whoever made it; its verdicts are worth nothing";
    throw new CliError({ code: "BUNDLE_TAMPERED", message, mend });
  }
}

function parsed(text: string | undefined, file: string, shown: string): unknown {
  if (text === undefined) {
    const message = `${shown} is no bundle of a run: it has no ${file}`;
    throw new CliError({ code: "NO_BUNDLE", message, mend: whatIsOne });
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError({ code: "NO_BUNDLE", message: `${shown} is refused: ${file} in it is no JSON` });
  }
}

function misshapen(shape: keyof Messages, value: unknown, file: string, shown: string): CliError {
  const result = validate(shape, value);
  const problems = result.ok ? [] : result.errors.slice(0, 5);
  return new CliError({
    code: "NO_BUNDLE",
    message: `${shown} is refused: ${file} in it is not what this version writes`,
    details: problems.map(({ path, problem }) => `${path || "the whole of it"} ${problem}`),
  });
}

function isEvidence(value: unknown): value is Evidence {
  return isMessage("Evidence", value);
}
