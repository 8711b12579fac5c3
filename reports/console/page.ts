import { styleText } from "node:util";
import { visible } from "../printable.ts";

export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan" | "magenta";

/** How a console report is laid out. */
export interface Layout {
  readonly color: boolean;
  readonly verbose: boolean;
  /** Columns (Infinity: never wrapped); command lines that a reader copies and the verdict stay whole. */
  readonly width: number;
}

/** Lines of a console report, wrapped and painted. Nothing gets in that was not made printable. */
export interface Page {
  /** A line of plain words. */
  line(text?: string, style?: Style): void;
  /** One line, however long. */
  whole(text: string, style: Style): void;
  /** `label  text`, the text wrapped under itself. */
  labelled(label: string, text: string, style?: Style): void;
  /** `label  text` on one line, however long. */
  verbatim(label: string, text: string): void;
  text(): string;
}

const labelWidth = 10;
const indent = "  ";

export function newPage({ color, width }: Layout): Page {
  const lines: string[] = [];
  const paint = (text: string, style: Style | undefined) =>
    color && style !== undefined ? styleText(style, text, { validateStream: false }) : text;
  const label = (words: string) => indent + paint(words.padEnd(labelWidth), "dim");
  return {
    line(text = "", style) {
      if (text === "") lines.push("");
      const lead = /^ */.exec(text)?.[0] ?? "";
      const rest = text === "" ? [] : wrapped(visible(text.trimStart()), width - lead.length);
      for (const part of rest) lines.push(lead + paint(part, style));
    },
    whole(text, style) {
      lines.push(paint(visible(text), style));
    },
    labelled(words, text, style) {
      const [first = "", ...rest] = wrapped(visible(text), width - indent.length - labelWidth);
      lines.push(label(words) + paint(first, style));
      for (const part of rest) lines.push(label("") + paint(part, style));
    },
    verbatim(words, text) {
      lines.push(label(words) + visible(text));
    },
    text: () => `${lines.map((line) => line.trimEnd()).join("\n")}\n`,
  };
}

/** Words on lines of at most so many characters; a longer word is broken. */
function wrapped(text: string, width: number): readonly string[] {
  const room = Math.max(20, width);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, room))) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function pieces(word: string, room: number): readonly string[] {
  if (word.length <= room) return [word];
  const characters = [...word];
  return Array.from({ length: Math.ceil(characters.length / room) }, (_, part) =>
    characters.slice(part * room, (part + 1) * room).join(""),
  );
}
