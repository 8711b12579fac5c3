// RFC 9110 § 5.6.2 (token) and § 5.5 (field values), and no more than that: what cannot be sent must not be configured.
const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** What is wrong with a header field, its value never repeated; undefined when it can be sent. */
export function headerProblem(name: string, value: string): string | undefined {
  if (!fieldName.test(name)) return `${JSON.stringify(name.slice(0, 40))} is no header name`;
  if (!fieldValue.test(value)) return `the value of ${name} has characters that no header can carry (not shown)`;
  return undefined;
}

export type HeaderFile =
  | { readonly headers: Readonly<Record<string, string>> }
  | { readonly line: number; readonly problem: string };

/** The fields of a header file: `Name: value` lines; empty lines and lines that begin with # are left out. */
export function parseHeaderFile(text: string): HeaderFile {
  const headers: Record<string, string> = {};
  for (const [index, source] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    if (source.trim() === "" || source.startsWith("#")) continue;
    const colon = source.indexOf(":");
    if (colon < 1) return { line, problem: "is not of the form `Name: value` (not shown)" };
    const name = source.slice(0, colon).trim();
    const value = source.slice(colon + 1).trim();
    const problem = headerProblem(name, value);
    if (problem !== undefined) return { line, problem };
    if (Object.keys(headers).some((other) => other.toLowerCase() === name.toLowerCase())) {
      return { line, problem: `gives ${name} a second time` };
    }
    headers[name] = value;
  }
  return { headers };
}

/** Both, where `over` wins whatever the case of the names. */
export function mergedHeaders(
  under: Readonly<Record<string, string>>,
  over: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = new Set(Object.keys(over).map((name) => name.toLowerCase()));
  const kept = Object.entries(under).filter(([name]) => !names.has(name.toLowerCase()));
  return Object.fromEntries([...kept, ...Object.entries(over)]);
}
