/** Markup that is safe to send; only {@link html} makes it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: text (escaped), markup made before, lists of them; undefined and false are nothing. */
export type HtmlPart = string | number | Html | undefined | false | readonly HtmlPart[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function toMarkup(part: HtmlPart): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(toMarkup).join("");
  return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** A template whose values are all escaped; attribute values must stand in quotes. */
export function html(literals: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  let markup = literals[0] ?? "";
  for (const [index, part] of parts.entries()) markup += toMarkup(part) + (literals[index + 1] ?? "");
  return new Html(markup);
}
