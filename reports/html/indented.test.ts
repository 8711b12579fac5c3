import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indented } from "./indented.ts";

describe("JSON for reading", () => {
  it.each([
    [
      '{"a":1,"b":[true,null],"c":{},"d":[]}',
      '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ],\n  "c": {},\n  "d": []\n}',
    ],
    ['{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['{"n":1.00000000000000000001}', '{\n  "n": 1.00000000000000000001\n}'],
    ['"\\u003c"', '"\\u003c"'],
    ['["a,b:{\\"}"]', '[\n  "a,b:{\\"}"\n]'],
  ])("sets %s in lines, and changes no token", (text, expected) => {
    expect(indented(text)).toBe(expected);
  });

  it.each(["", "plain", '{"a":', "<html>", "{} {}"])("leaves %j alone", (text) => {
    expect(indented(text)).toBe(text);
  });

  it("leaves a deep nest alone, which would grow beyond all bounds", () => {
    const deep = "[".repeat(3000) + "]".repeat(3000);
    expect(indented(deep)).toBe(deep);
  });

  it("means the same afterwards, whatever the value", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(indented(text))).toEqual(JSON.parse(text));
        expect(indented(indented(text))).toBe(indented(text));
      }),
      { numRuns: 200 },
    );
  });
});
