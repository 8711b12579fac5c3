/** Deeper than this nobody reads, and the indentation would outgrow the text. */
const deepest = 16;

/**
 * JSON text on lines of its own, for reading. Only white space outside of strings changes: members that come twice,
 * numbers beyond doubles and odd escapes stay as they were sent. What is no JSON comes back as it is.
 */
export function indented(text: string): string {
  if (!isJson(text)) return text;
  const parts: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[^\s",:{}[\]]+|[,:{}[\]]/g)) {
    const before = parts.at(-1);
    if (token === "}" || token === "]") {
      depth -= 1;
      const isEmpty = before === "{" || before === "[";
      parts.push(...(isEmpty ? [] : [newLine(depth)]), token);
    } else {
      if (before === "{" || before === "[") parts.push(newLine(depth));
      parts.push(token);
      if (token === "{" || token === "[") depth += 1;
      if (token === ",") parts.push(newLine(depth));
      if (token === ":") parts.push(" ");
    }
    if (depth > deepest) return text;
  }
  return parts.join("");
}

function newLine(depth: number): string {
  return `\n${"  ".repeat(Math.max(0, depth))}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
