import { describe, expect, it } from "vitest";
import { hasUnstorableText } from "./unstorable-text.ts";

describe("hasUnstorableText", () => {
  it.each<[unknown, boolean]>([
    ["plain é \u{1f680}", false],
    ["\u0000", true],
    ["a\ud800", true],
    ["\udfffb", true],
    [{ a: ["b", { "\ud800": 1 }] }, true],
    [{ a: [{ b: "c\u0000" }] }, true],
    [{ a: [1, null, true] }, false],
  ])("%j: %s", (value, expected) => {
    expect(hasUnstorableText(value)).toBe(expected);
  });
});
