/** A GitHub table; the cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Plain text as a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll(/[\\|<*_`[\]]/g, (character) => `\\${character}`).replaceAll("\n", " ");
}

/** A page with its generated parts between their marks. Throws RangeError for a mark whose part or end there is not. */
export function withParts(page: string, parts: Readonly<Record<string, string>>): string {
  const [before = "", ...sections] = page.split("<!-- generated: ");
  const written = sections.map((section) => {
    const name = /^[\w-]+/.exec(section)?.[0] ?? "";
    const part = parts[name];
    const start = section.indexOf("-->\n");
    const end = section.indexOf(`<!-- end: ${name} -->`);
    if (part === undefined || start < 0 || end < start)
      throw new RangeError(`the generated part "${name}" is not whole`);
    return `${section.slice(0, start)}-->\n${part}\n${section.slice(end)}`;
  });
  return [before, ...written].join("<!-- generated: ");
}
