import { describe, expect, it } from "vitest";
import { phraseBook } from "./phrase-book.ts";

const say = phraseBook({
  "no call": "没有调用",
  "HTTP {0}": "HTTP {0}",
  "a refusal (4xx) with {0}": "带 {0} 的拒绝（4xx）",
  "{0}: {1}": "{0}：{1}",
  "#0 granted": "#0 次准许",
  "{0} came before {1}": "{1} 之前来了 {0}",
  "not granted: {0}": "未获准许：{0}",
  "not granted: <0>": "未获准许：<0>",
  "<0>; <1>": "<0>；<1>",
});

describe("a book of phrases", () => {
  it("says fixed words, and keeps what stands in a place", () => {
    expect(say("no call")).toBe("没有调用");
    expect(say("a refusal (4xx) with INVALID_ATTESTATION")).toBe("带 INVALID_ATTESTATION 的拒绝（4xx）");
    expect(say("a came before b")).toBe("b 之前来了 a");
  });

  it("fits a number where only a number may stand", () => {
    expect(say("12 granted")).toBe("12 次准许");
    expect(say("all granted")).toBeUndefined();
  });

  it("takes the phrase with most words of its own", () => {
    expect(say("a came before b: c")).toBe("b: c 之前来了 a");
    expect(say("scope: no call")).toBe("scope：no call");
  });

  it("says what stands in <0> as well, and fits only where that is known", () => {
    expect(say("not granted: no call")).toBe("未获准许：没有调用");
    expect(say("not granted: whatever")).toBe("未获准许：whatever");
    expect(say("no call; HTTP 201")).toBe("没有调用；HTTP 201");
    expect(say("no call; whatever")).toBeUndefined();
  });

  it.each(["a refusal (4xx) with ", " came before b", "No call", "no call at all", ""])("leaves %j alone", (text) => {
    expect(say(text)).toBeUndefined();
  });

  it("does not take what stands in a place for a place", () => {
    expect(say("HTTP {0} <0> $&")).toBe("HTTP {0} <0> $&");
  });

  it("ends soon whatever a target put in, however deep", () => {
    expect(say("no call; ".repeat(400))).toBeUndefined();
    expect(say("x".repeat(1_000_000))).toBeUndefined();
  });
});
