import type { Report } from "../schemas/index.ts";

/** Characters that JSON allows as they are and that a terminal or a reader stumbles over. */
const unseen = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The report as pretty JSON with a newline at the end; same report, same bytes. */
export function jsonReport(report: Report): string {
  return seenJson(report);
}

/** A value as pretty JSON in which every character that nobody would see is written as an escape. */
export function seenJson(value: unknown): string {
  return `${seen(JSON.stringify(value, null, 2))}\n`;
}

/** The same on one line, without a newline. */
export function seenJsonLine(value: unknown): string {
  return seen(JSON.stringify(value));
}

function seen(json: string): string {
  return json.replaceAll(unseen, (character) =>
    [...Array(character.length).keys()]
      .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}
