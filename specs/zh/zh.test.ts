import { describe, expect, it } from "vitest";
import { positions } from "../ath-0.1/positions.ts";
import { aunPositions } from "../aun-gateway/positions.ts";
import { requirements } from "../index.ts";
import { athPositions, aunReadings, chineseTexts, positionInChinese, requirementInChinese } from "./index.ts";

/** Whole sentences in Chinese, without the punctuation of English ones. */
const sentence = /^.*\p{Script=Han}.*[。？]$/su;
/** Identifiers, codes, paths and numbers that a reader searches for; plain English words are translated. */
const names = (text: string) =>
  new Set(text.match(/\b(?:[A-Z]{2,}(?:_[A-Z]+)+|[a-z]+(?:_[a-z]+)+|-?\d{3,5}|[a-z]+\.[a-z]+(?:_[a-z]+)*)\b/g) ?? []);

describe("the catalogue in Chinese", () => {
  it("has the words of every requirement, and of nothing else", () => {
    expect(Object.keys(chineseTexts).toSorted()).toEqual(
      requirements()
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  it.each(requirements())("$id says it in whole sentences, and keeps the protocol's names", (row) => {
    const chinese = requirementInChinese(row);
    for (const key of ["says", "mend"] as const) {
      expect(chinese[key]).toMatch(sentence);
      for (const name of names(row[key])) expect(chinese[key]).toContain(name);
    }
    expect(chinese.why === undefined).toBe(row.why === undefined);
    if (chinese.why !== undefined) expect(chinese.why).toMatch(sentence);
    expect(chinese.ambiguous === undefined).toBe(row.ambiguous === undefined);
    const { readings = [], position = "。" } = chinese.ambiguous ?? {};
    expect(readings).toHaveLength(row.ambiguous?.readings.length ?? 0);
    if (chinese.ambiguous !== undefined) for (const text of [...readings, position]) expect(text).toMatch(sentence);
  });

  it("says no two requirements of one protocol in the same words", () => {
    const said = Object.entries(chineseTexts).map(([id, { says }]) => `${id.replace(/-?\d+$/, "")} ${says}`);
    expect(new Set(said).size).toBe(said.length);
  });

  it("has the words of every position", () => {
    expect(Object.keys(athPositions)).toEqual(positions.map(({ id }) => id));
    expect(Object.keys(aunReadings)).toEqual(Object.keys(aunPositions));
    for (const position of positions) expect(positionInChinese(position).question).toMatch(sentence);
  });
});
