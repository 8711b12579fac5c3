import { visible } from "./printable.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text for an element or an attribute. What XML 1.0 § 2.2 forbids is written as an escape by then; lines are kept. */
export function xmlText(text: string): string {
  return text
    .split("\n")
    .map((line) => visible(line).replaceAll(/[&<>"']/g, (character) => entities[character] ?? ""))
    .join("\n");
}

/** An element; attributes that are undefined are left out. `content` is XML already. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xmlText(String(value)).replaceAll("\n", "&#10;")}"`)
    .join("");
  return content.length === 0 ? `<${name}${given}/>` : `<${name}${given}>${content.join("")}</${name}>`;
}
