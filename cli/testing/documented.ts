/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(?<language>[a-z]+)\n(?<text>[\s\S]*?)^```/gm)].map(({ groups }) => ({
    language: groups?.["language"] ?? "",
    text: groups?.["text"] ?? "",
  }));
}

/** A command as a page tells it. */
export interface Command {
  readonly line: string;
  /** What the page says that it ends with (`# exit code 1`); 0 where it says nothing. */
  readonly exitCode: number;
}

/** The commands of a shell block, one a line, without their remarks. */
export function commandsIn({ text }: Block): readonly Command[] {
  return text
    .split("\n")
    .map((line) => ({
      line: line.replace(/(^|\s+)#(?=\s).*$/, "").trim(),
      exitCode: Number(/#.*\bexit code (?<code>\d+)/.exec(line)?.groups?.["code"] ?? 0),
    }))
    .filter(({ line }) => line !== "");
}
