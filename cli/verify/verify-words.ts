import type { Language } from "../../reports/index.ts";

/** What `gateproof verify` says in words of its own; labels are followed by what they name. */
export interface VerifyWords {
  readonly holds: string;
  readonly refused: string;
  readonly labels: {
    readonly what: string;
    readonly profile: string;
    readonly verdict: string;
    readonly issuer: string;
    readonly valid: string;
    readonly leftOut: string;
    readonly evidence: string;
  };
  readonly edition: (kit: string, catalogue: string) => string;
  readonly period: (from: string, to: string) => string;
  readonly leftOut: (notTested: number, notApplicable: number, exceptions: number) => string;
  readonly notLookedAt: string;
}

export const englishVerify: VerifyWords = {
  holds: "holds",
  refused: "is refused",
  labels: {
    what: "what       ",
    profile: "profile    ",
    verdict: "verdict    ",
    issuer: "issuer     ",
    valid: "valid      ",
    leftOut: "left out   ",
    evidence: "evidence   ",
  },
  edition: (kit, catalogue) => `(kit ${kit}, catalogue ${catalogue})`,
  period: (from, to) => `${from} to ${to}`,
  leftOut: (notTested, notApplicable, exceptions) =>
    `${notTested} not tested, ${notApplicable} not applicable, ${exceptions} exceptions`,
  notLookedAt: "not looked at (--bundle FILE judges it again)",
};

export const chineseVerify: VerifyWords = {
  holds: "成立",
  refused: "不予承认",
  labels: {
    what: "对象       ",
    profile: "profile    ",
    verdict: "结论       ",
    issuer: "签发者     ",
    valid: "有效期     ",
    leftOut: "未包含     ",
    evidence: "证据       ",
  },
  edition: (kit, catalogue) => `（工具 ${kit}，目录 ${catalogue}）`,
  period: (from, to) => `${from} 至 ${to}`,
  leftOut: (notTested, notApplicable, exceptions) =>
    `未测试 ${notTested} 项，不适用 ${notApplicable} 项，例外 ${exceptions} 项`,
  notLookedAt: "没有查看（--bundle FILE 会重新判断）",
};

export function verifyWordsIn(language: Language | undefined): VerifyWords {
  return language === "zh" ? chineseVerify : englishVerify;
}
