import type { CheckResult } from "../../schemas/index.ts";
import type { Source } from "../../specs/index.ts";
import { sourceWords } from "../wording.ts";
import type { Words } from "../words/en.ts";
import { html, type Markup, type MarkupValue } from "./markup.ts";

/** The fragment by which a check or a requirement is linked, for example `#ATT-1.wrong-key`. */
export function anchorOf(id: string): string {
  return id.replaceAll(/[^\w.-]/g, "_");
}

/** An outcome as a word in its colour. */
export function badge(outcome: CheckResult["outcome"], { outcomes }: Words): Markup {
  return html`<span class="badge ${outcome}">${outcomes[outcome].one}</span>`;
}

/** A row of a definition list; nothing when there is nothing to say. */
export function fact(name: string, value: MarkupValue): Markup | undefined {
  return value === undefined || value === "" ? undefined : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

/** Where something is said, linked when the text is public. */
export function sourceLink(source: Source): Markup {
  return link(source.url, sourceWords(source));
}

/** A link, if it leads to the web; a report never carries `javascript:` or `file:` links that a configuration named. */
export function link(url: string | undefined, words: string): Markup {
  if (url === undefined || !/^https?:\/\/[^\s]+$/i.test(url)) return html`${words}`;
  return html`<a href="${url}" rel="noreferrer noopener">${words}</a>`;
}
