import { describe, expect, it } from "vitest";
import { printable, visible } from "./printable.ts";
import { hostileText } from "./testing/report.ts";

describe("printable text", () => {
  it.each([
    ["ESC", "\u001b[2J", "\\u{1b}[2J"],
    ["BEL", "a\u0007", "a\\u{7}"],
    ["a carriage return", "100%\rfake", "100%\\rfake"],
    ["a line feed", "a\nb", "a\\nb"],
    ["C1", "\u009b31m", "\\u{9b}31m"],
    ["a bidi override", "\u202egnp", "\\u{202e}gnp"],
    ["a bidi isolate", "\u2066x", "\\u{2066}x"],
    ["a zero-width space", "a\u200bb", "a\\u{200b}b"],
    ["a line separator", "a\u2028b", "a\\u{2028}b"],
    ["a lone surrogate", "\ud800", "\\u{d800}"],
    ["an invisible tag", "\u{e0041}", "\\u{e0041}"],
  ])("writes %s as an escape", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it("leaves letters of every script alone", () => {
    expect(visible("Grüße, 你好, שלום, 👋")).toBe("Grüße, 你好, שלום, 👋");
  });

  it("cuts long text between characters and says how long it was", () => {
    expect(printable("👋".repeat(50), 10)).toBe(`${"👋".repeat(10)}… (100 characters)`);
    expect(printable("short", 10)).toBe("short");
  });

  it("does not take long for a body of several MiB", () => {
    expect(printable("\u001b".repeat(5_000_000), 10).length).toBeLessThan(60);
  });

  it("leaves nothing of a hostile answer that a terminal obeys", () => {
    expect(visible(hostileText)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  });
});
