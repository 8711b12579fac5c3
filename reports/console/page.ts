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
  const label = (words: string) => indent + paint(words + " ".repeat(Math.max(0, labelWidth - columns(words))), "dim");
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

/** Words on lines of at most so many columns; a longer word is broken. */
function wrapped(text: string, width: number): readonly string[] {
  const room = Math.max(20, width);
  const lines: string[] = [];
  let line = "";
  for (const { text: word, gap } of text.split(" ").flatMap((long) => pieces(long, room))) {
    const space = line === "" ? "" : gap;
    if (line !== "" && columns(line) + space.length + columns(word) > room) {
      lines.push(line);
      line = word;
    } else {
      line += space + word;
    }
  }
  return [...lines, line];
}

/** What stays together on a line, and what stands before it when it does not begin one. */
interface Piece {
  readonly text: string;
  readonly gap: "" | " ";
}

/** Chinese is written without spaces and may be broken after each character, but not before closing punctuation. */
const unbroken = /[\p{Script=Han}（《“][，。；：、）》”？]*|[^\p{Script=Han}（《“]+/gu;

function pieces(word: string, room: number): readonly Piece[] {
  const texts = (word.match(unbroken) ?? [word]).flatMap((part) => shortened(part, room));
  return texts.map((text, index) => ({ text, gap: index === 0 ? " " : "" }));
}

function shortened(word: string, room: number): readonly string[] {
  if (columns(word) <= room) return [word];
  const characters = [...word];
  return Array.from({ length: Math.ceil(characters.length / room) }, (_, part) =>
    characters.slice(part * room, (part + 1) * room).join(""),
  );
}

const wide = /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/gu;

/** How many columns of a terminal a text takes: Chinese characters and their punctuation take two each. */
function columns(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}
