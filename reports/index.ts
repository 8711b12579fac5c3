import type { Report } from "../schemas/index.ts";
import { consoleReport } from "./console.ts";
import { jsonReport } from "./json.ts";
import { junitReport } from "./junit.ts";

export type { Layout } from "./console/page.ts";
export { consoleReport } from "./console.ts";
export { jsonReport } from "./json.ts";
export { printable, visible } from "./printable.ts";

/** The kinds of report that can be written to a file. */
export const renderers = {
  json: jsonReport,
  junit: junitReport,
  console: (report) => consoleReport(report, { color: false, verbose: false, width: Number.POSITIVE_INFINITY }),
} as const satisfies Record<string, (report: Report) => string>;

export type ReportKind = keyof typeof renderers;

export const reportKinds: readonly string[] = Object.keys(renderers);

export function isReportKind(kind: string): kind is ReportKind {
  return Object.hasOwn(renderers, kind);
}
