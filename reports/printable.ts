/** What nobody sees on paper: controls, format characters (bidi marks, zero-width ones), separators, broken surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text that came from a target, made safe for a terminal and for a reader's eyes: every character that moves the cursor,
 * rings, colours, turns the direction of writing or hides is written as an escape. The result is one line.
 */
export function visible(text: string): string {
  return text.replaceAll(unprintable, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return named[character] ?? `\\u{${code.toString(16)}}`;
  });
}

/** Visible text of at most so many characters; what is cut off is said. */
export function printable(text: string, longest = 400): string {
  const whole = visible(text.slice(0, longest * 2));
  const characters = [...whole];
  if (characters.length <= longest && text.length <= longest * 2) return whole;
  return `${characters.slice(0, longest).join("")}… (${text.length} characters)`;
}
