const code = { quote: 0x22, backslash: 0x5c, openBracket: 0x5b, closeBracket: 0x5d, openBrace: 0x7b, closeBrace: 0x7d };

/** Whether JSON text nests no deeper than the limit; strings are skipped, nothing recurses. */
export function nestsWithin(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === code.backslash) at += 1;
      else if (char === code.quote) inString = false;
    } else if (char === code.quote) inString = true;
    else if (char === code.openBrace || char === code.openBracket) {
      depth += 1;
      if (depth > limit) return false;
    } else if (char === code.closeBrace || char === code.closeBracket) depth -= 1;
  }
  return true;
}
