import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isMessage, type Report, validate } from "../../schemas/index.ts";
import { text } from "../../suites/engine/json.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { whyUnreadable } from "../config/file.ts";
import { CliError } from "../exit.ts";

/** The first bytes of a zip file. */
const zipSignature = Buffer.from("PK");

const whatIsOne = "give a file that `gateproof run … --report json=FILE` or `--report bundle=FILE` wrote";

/** Reads a report.json, or the report in a bundle. Throws CliError. */
export async function readReport(shown: string, cwd: string): Promise<Report> {
  const path = resolve(cwd, shown);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new CliError({
      code: "REPORT_UNREADABLE",
      message: `cannot read ${shown}: ${whyUnreadable(error)}`,
      mend: "correct the path",
    });
  });
  if (bytes.subarray(0, 2).equals(zipSignature)) return (await readBundle(path, shown)).report;
  const value = parsed(bytes.toString("utf8"), shown);
  if (isMessage("Report", value)) return value;
  const schema = text(value, "schema");
  if (schema?.startsWith("gateproof.report/") && schema !== "gateproof.report/1") {
    throw new CliError({
      code: "OTHER_VERSION",
      message: `${shown} was written by another version of the kit: ${schema}, and this one reads gateproof.report/1`,
      mend: "read it with the version that wrote it",
    });
  }
  const result = validate("Report", value);
  const problems = result.ok ? [] : result.errors.slice(0, 5);
  throw new CliError({
    code: "NO_REPORT",
    message: `${shown} is no report of this version`,
    details: problems.map((issue) => `${issue.path || "the whole of it"} ${issue.problem}`),
    mend: whatIsOne,
  });
}

function parsed(json: string, shown: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    const message = `${shown} is neither a report in JSON nor a bundle`;
    throw new CliError({ code: "NO_REPORT", message, mend: whatIsOne });
  }
}
