import { describe, expect, it } from "vitest";
import { faultsFor, parseFault, ruleBook, UnknownFaultError } from "./rules.ts";

const honest = {
  "number.isEven": (n: number): boolean => n % 2 === 0,
  "number.half": (n: number): number => n / 2,
};
const fault = faultsFor<typeof honest>();
const faults = [
  fault({
    id: "NUM-1.all-even",
    requirement: "NUM-1",
    sentence: "Every number is even.",
    rule: "number.isEven",
    wrong: () => () => true,
    kills: {},
  }),
  fault({
    id: "NUM-1.turned-round",
    requirement: "NUM-1",
    sentence: "Odd numbers are even.",
    rule: "number.isEven",
    wrong: (right) => (n) => !right(n),
    kills: {},
  }),
];

describe("ruleBook", () => {
  it("is honest until a fault is active, and again when it is cleared", () => {
    const book = ruleBook(honest, faults);
    const { rules } = book;
    expect(rules["number.isEven"](1)).toBe(false);
    book.activate({ id: "NUM-1.all-even" });
    expect(rules["number.isEven"](1)).toBe(true);
    expect(rules["number.half"](4)).toBe(2);
    expect(book.active()).toEqual([{ id: "NUM-1.all-even" }]);
    book.clear();
    expect(rules["number.isEven"](1)).toBe(false);
    expect(book.active()).toEqual([]);
  });

  it("fires on the n-th use only", () => {
    const { rules } = ruleBook(honest, faults, [{ id: "NUM-1.all-even", at: 2 }]);
    expect([1, 3, 5].map((n) => rules["number.isEven"](n))).toEqual([false, true, false]);
  });

  it("keeps when each fault fired, until it is honest again", () => {
    let now = Date.parse("2026-01-01T00:00:00Z");
    const book = ruleBook(honest, faults, [{ id: "NUM-1.all-even", at: 2 }], () => now);
    expect(book.fired()).toEqual([]);
    for (const n of [1, 3, 5]) {
      now += 1000;
      book.rules["number.isEven"](n);
    }
    const [first] = book.fired();
    expect(book.fired()).toHaveLength(1);
    expect(first).toEqual({
      id: "NUM-1.all-even",
      rule: "number.isEven",
      count: 1,
      times: ["2026-01-01T00:00:02.000Z"],
      last: "2026-01-01T00:00:02.000Z",
    });
    book.clear();
    expect(book.fired()).toEqual([]);
  });

  it("counts every time that a fault fires, and keeps the first ones", () => {
    const book = ruleBook(honest, faults, [{ id: "NUM-1.all-even" }]);
    for (let n = 0; n < 1000; n += 1) book.rules["number.isEven"](n);
    expect(book.fired()).toMatchObject([{ count: 1000 }]);
    expect(book.fired()[0]?.times.length).toBeLessThan(100);
  });

  it("lets a fault fall back to the honest rule", () => {
    const { rules } = ruleBook(honest, faults, [{ id: "NUM-1.turned-round" }]);
    expect([rules["number.isEven"](1), rules["number.isEven"](2)]).toEqual([true, false]);
  });

  it("does not touch the honest rules that it was made from", () => {
    ruleBook(honest, faults, [{ id: "NUM-1.all-even" }]);
    expect(honest["number.isEven"](1)).toBe(false);
  });

  it("names the faults near an unknown one", () => {
    expect(() => ruleBook(honest, faults, [{ id: "NUM-1.unknown" }])).toThrow(/NUM-1\.all-even, NUM-1\.turned-round/);
  });
});

describe("parseFault", () => {
  it.each([
    ["A-1.wrong", { id: "A-1.wrong" }],
    ["A-1.wrong@2", { id: "A-1.wrong", at: 2 }],
  ])("%s", (text, expected) => {
    expect(parseFault(text)).toEqual(expected);
  });

  it.each([["A-1.wrong@0"], ["A-1.wrong@x"], ["@2"], [""], ["A@1@2"]])("refuses %j", (text) => {
    expect(() => parseFault(text)).toThrow(UnknownFaultError);
  });
});
