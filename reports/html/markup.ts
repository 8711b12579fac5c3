import { visible } from "../printable.ts";

/** Text that is HTML already. Only this file makes it, so nothing gets into a page that was not escaped on its way. */
export class Markup {
  readonly #source: string;

  private constructor(source: string) {
    this.#source = source;
  }

  toString(): string {
    return this.#source;
  }

  /** The literal parts of a template are ours; whatever stands between them is escaped. */
  static of(literals: TemplateStringsArray, values: readonly MarkupValue[]): Markup {
    const parts = literals.map((literal, index) => literal + (index < values.length ? sourceOf(values[index]) : ""));
    return new Markup(parts.join(""));
  }
}

/** What may stand in a template: text and numbers (escaped), markup, lists of those; undefined leaves nothing. */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/**
 * HTML or SVG from a template. Every value is escaped for elements and for quoted attributes alike; what a reader would
 * not see (controls, bidi marks, zero-width characters) is written out, so that nobody is shown a text that is another.
 */
export function html(literals: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return Markup.of(literals, values);
}

/** The same for text of several lines, for `<pre>`: line ends and tabs stay. */
export function lines(text: string): Markup {
  const [first = "", ...rest] = text.split("\n");
  return rest.reduce((before, line) => html`${before}\n${tabbed(line)}`, tabbed(first));
}

function tabbed(line: string): Markup {
  const [first = "", ...rest] = line.split("\t");
  return rest.reduce((before, part) => html`${before}\t${part}`, html`${first}`);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function sourceOf(value: MarkupValue): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.toString();
  if (typeof value === "string")
    return visible(value).replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? "");
  return typeof value === "number" ? String(value) : value.map(sourceOf).join("");
}
