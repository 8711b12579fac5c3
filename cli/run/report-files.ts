import { open, stat, unlink } from "node:fs/promises";
import { parse, resolve } from "node:path";
import { isReportKind, piecesAs, type RenderOptions, type ReportKind, reportKinds } from "../../reports/index.ts";
import type { Report } from "../../schemas/index.ts";
import { unwritable, writeWanted } from "../config/writing.ts";
import { CliError } from "../exit.ts";

/** What a run leaves behind. */
export interface Judged {
  readonly report: Report;
  /** What was recorded; left out where only the report is at hand. */
  readonly evidenceOf?: RenderOptions["evidenceOf"];
  /** The run with all its evidence, packed. */
  bundle(): Promise<Uint8Array>;
}

/** The one kind that takes more than the report. */
const bundleKind = "bundle";
const allKinds = [...reportKinds, bundleKind].join(", ");

/** One `--report KIND=PATH`. */
export interface ReportFile {
  readonly kind: ReportKind | typeof bundleKind;
  readonly path: string;
  /** As the user wrote it. */
  readonly flag: string;
}

/** The reports that are asked for. Throws CliError for a kind that does not exist. */
export function reportFiles(flags: readonly string[], cwd: string, name = "--report"): readonly ReportFile[] {
  const files = flags.map((given): ReportFile => {
    const flag = `${name} ${given}`;
    const { kind = "", path = "" } = /^(?<kind>[^=]*)=(?<path>.+)$/s.exec(given)?.groups ?? {};
    if (path === "" || kind === "") {
      throw new CliError({
        code: "BAD_REPORT",
        message: `${flag} is not of the form KIND=PATH`,
        mend: `for example --report junit=gateproof.xml; kinds: ${allKinds}`,
      });
    }
    if (isReportKind(kind) || kind === bundleKind) return { kind, path: resolve(cwd, path), flag };
    throw new CliError({
      code: "UNKNOWN_REPORT_KIND",
      message: `${flag}: there is no kind of report called "${kind}"`,
      mend: `kinds: ${allKinds}`,
    });
  });
  for (const [index, { path, flag }] of files.entries()) {
    if (files.findIndex((other) => other.path === path) === index) continue;
    throw new CliError({
      code: "REPORT_TWICE",
      message: `${flag} would overwrite another report`,
      mend: "give each its own path",
    });
  }
  return files;
}

/** Finds out before the run, and not after it, that a report cannot be written. Leaves nothing behind. */
export async function assertWritable(files: readonly ReportFile[]): Promise<void> {
  for (const { path, flag } of files) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    try {
      const handle = await open(path, "a");
      await handle.close();
    } catch (error) {
      throw unwritable(path, flag, error);
    }
    if (!isThere) await unlink(path);
  }
}

/** Writes every report that was asked for; a bundle is evidence and the same in every language. */
export async function writeReports(
  files: readonly ReportFile[],
  judged: Judged,
  options: RenderOptions = {},
): Promise<void> {
  for (const { kind, path, flag } of files) {
    const content =
      kind === bundleKind
        ? await judged.bundle()
        : await piecesAs(kind, judged.report, { ...options, evidenceOf: judged.evidenceOf });
    await writeWanted(path, flag, content);
  }
}

/** Several profiles in one command each write their own files: `report.json` becomes `report.ath-gateway.json`. */
export function filesOfProfile(files: readonly ReportFile[], profile: string): readonly ReportFile[] {
  return files.map((file) => {
    const { dir, name, ext } = parse(file.path);
    return { ...file, path: resolve(dir, `${name}.${profile}${ext}`) };
  });
}
