import type { Report } from "../schemas/index.ts";
import type { EvidenceOf } from "./har.ts";
import type { Words } from "./words/en.ts";
import { type Language, wordsIn } from "./words/languages.ts";

export type { Layout } from "./console/page.ts";
export { consoleReport } from "./console.ts";
export { jsonReport } from "./json.ts";
export { printable, visible } from "./printable.ts";
export { type Language, languages, wordsIn } from "./words/languages.ts";

type Render = (report: Report, words: Words, evidenceOf?: EvidenceOf) => string | Iterable<string>;

/** The kinds of report that can be written to a file, each loaded when it is asked for. */
const renderers = {
  json: async () => (await import("./json.ts")).jsonReport,
  junit: async () => (await import("./junit.ts")).junitReport,
  sarif: async () => (await import("./sarif.ts")).sarifReport,
  markdown: async () => (await import("./markdown.ts")).markdownReport,
  html: async () => (await import("./html.ts")).htmlReport,
  har: async () => {
    const { harPieces } = await import("./har.ts");
    return (report, _words, evidenceOf) => harPieces(report, evidenceOf);
  },
  badge: async () => (await import("./badge.ts")).badgeReport,
  console: async () => {
    const { consoleReport } = await import("./console.ts");
    return (report, words) =>
      consoleReport(report, { color: false, verbose: false, width: Number.POSITIVE_INFINITY }, words);
  },
} as const satisfies Record<string, () => Promise<Render>>;

export type ReportKind = keyof typeof renderers;

export const reportKinds: readonly string[] = Object.keys(renderers);

export function isReportKind(kind: string): kind is ReportKind {
  return Object.hasOwn(renderers, kind);
}

/** How a report is rendered. */
export interface RenderOptions {
  /** For the kinds that people read (console, markdown, html); English when it is left out. */
  readonly lang?: Language | undefined;
  /** For the kinds that show all that was recorded (har); what decided is in the report. */
  readonly evidenceOf?: EvidenceOf | undefined;
}

/** A report in a form that can be written to a file, with a newline at its end. */
export async function renderedAs(
  kind: ReportKind,
  report: Report,
  { lang, evidenceOf }: RenderOptions = {},
): Promise<string> {
  return [...(await piecesAs(kind, report, { lang, evidenceOf }))].join("");
}

/** The same in pieces, where it may be so long that it should not be in memory whole. */
export async function piecesAs(
  kind: ReportKind,
  report: Report,
  { lang, evidenceOf }: RenderOptions = {},
): Promise<Iterable<string>> {
  const render: Render = await renderers[kind]();
  const made = render(report, await wordsIn(lang), evidenceOf);
  return typeof made === "string" ? [made] : made;
}
