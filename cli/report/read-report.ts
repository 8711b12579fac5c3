import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isMessage, type Report, validate } from "../../schemas/index.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { CliError } from "../exit.ts";

/** The first bytes of a zip file. */
const zipSignature = Buffer.from("PK");

/** Reads a report.json, or the report in a bundle. Throws CliError. */
export async function readReport(shown: string, cwd: string): Promise<Report> {
  const path = resolve(cwd, shown);
  const bytes = await readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new CliError({
      code: "REPORT_UNREADABLE",
      message: `cannot read ${shown} (${code})`,
      mend: "correct the path",
    });
  });
  if (bytes.subarray(0, 2).equals(zipSignature)) return (await readBundle(path, shown)).report;
  const value = parsed(bytes.toString("utf8"), shown);
  if (isMessage("Report", value)) return value;
  const result = validate("Report", value);
  const problems = result.ok ? [] : result.errors.slice(0, 5);
  throw new CliError({
    code: "NO_REPORT",
    message: `${shown} is no report of this version`,
    details: problems.map((issue) => `${issue.path || "the whole of it"} ${issue.problem}`),
    mend: "give a file that `gateproof run … --report json=FILE` or `--report bundle=FILE` wrote",
  });
}

function parsed(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CliError({ code: "NO_REPORT", message: `${shown} is neither a report in JSON nor a bundle` });
  }
}
