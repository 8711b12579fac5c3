import { describe, expect, it } from "vitest";
import { progressOn } from "./progress.ts";

function writing(isTTY: boolean, env: Record<string, string>, quiet = false): string {
  let written = "";
  const stream = { isTTY, columns: 30, write: (text: string) => (written += text) };
  const progress = progressOn(stream, env, quiet);
  progress.onEvent({ type: "planned", checks: 12 });
  const finding = {
    severity: "warning",
    whose: "target",
    what: "\u001b[2J hostile and much too long",
    mend: "",
  } as const;
  progress.onEvent({ type: "setup", finding });
  progress.end();
  return written;
}

describe("progress", () => {
  it("is one line that rewrites itself on a terminal, within its width, and goes away", () => {
    const lines = writing(true, {}).split("\r\u001b[K");
    expect(lines).toEqual(["", "0/12  first contact", "set-up: \\u{1b}[2J hostile and", ""]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(30);
  });

  it.each([
    ["a pipe", false, {}, false],
    ["CI", true, { CI: "1" }, false],
    ["NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["-q", true, {}, true],
    ["-q where lines are wished for", true, { GATEPROOF_PROGRESS: "lines" }, true],
  ])("is silent in %s", (_, isTTY, env, quiet) => {
    expect(writing(isTTY, env, quiet)).toBe("");
  });

  it("is a line for each step where lines are wished for", () => {
    expect(writing(false, { CI: "1", GATEPROOF_PROGRESS: "lines" })).toBe(
      "0/12  first contact\nset-up: \\u{1b}[2J hostile and much too long\n",
    );
  });
});
