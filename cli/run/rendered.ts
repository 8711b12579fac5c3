import { consoleReport, jsonReport, type Language, printable, wordsIn } from "../../reports/index.ts";
import type { Report } from "../../schemas/index.ts";
import { surroundingsOf, wantsColor, widthOf } from "../terminal.ts";

interface Wish {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly lang?: Language | undefined;
}

/** The report as the flags want it on stdout. */
export async function rendered(report: Report, { json, quiet, verbose, lang }: Wish): Promise<string> {
  if (json) return jsonReport(report);
  const words = await wordsIn(lang);
  if (quiet) return `${printable(words.sentence(report), 1000)}\n`;
  const surroundings = surroundingsOf(process.stdout);
  const layout = { color: wantsColor(surroundings), verbose: verbose === true, width: widthOf(surroundings) };
  return consoleReport(report, layout, words);
}
