import { consoleReport, jsonReport, printable } from "../../reports/index.ts";
import type { Report } from "../../schemas/index.ts";
import { surroundingsOf, wantsColor, widthOf } from "../terminal.ts";

interface Wish {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

/** The report as the flags want it on stdout. */
export function rendered(report: Report, { json, quiet, verbose }: Wish): string {
  if (json) return jsonReport(report);
  if (quiet) return `${printable(report.verdict.sentence, 1000)}\n`;
  const surroundings = surroundingsOf(process.stdout);
  return consoleReport(report, {
    color: wantsColor(surroundings),
    verbose: verbose === true,
    width: widthOf(surroundings),
  });
}
