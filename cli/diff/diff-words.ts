import type { Language } from "../../reports/index.ts";
import type { Differences } from "../../suites/engine/differences.ts";

/** What `gateproof diff` says in words of its own. */
export interface DiffWords {
  readonly headings: Readonly<Record<keyof Differences, string>>;
  /** Over the changes of one sort. */
  readonly heading: (what: string, changes: number) => string;
  readonly notThere: string;
  readonly kits: (before: string, after: string) => string;
  readonly nothing: string;
  readonly before: string;
  readonly after: string;
}

export const englishDiff: DiffWords = {
  headings: {
    regressed: "You regressed: passed before, and is a finding now",
    newlySeen: "The kit grew: findings of checks that the earlier report did not have",
    mended: "Mended",
    added: "Added to the kit",
    removed: "No longer in the kit, or not asked for",
    otherwise: "Came out otherwise",
  },
  heading: (what, changes) => `${what} (${changes})`,
  notThere: "not there",
  kits: (before, after) => `kit ${before} → ${after}`,
  nothing: "No check came out otherwise.",
  before: "before: ",
  after: "after:  ",
};

export const chineseDiff: DiffWords = {
  headings: {
    regressed: "目标退步：以前通过，现在是发现",
    newlySeen: "工具增加了检查：先前的报告没有这些检查，现在有发现",
    mended: "已修复",
    added: "工具新增",
    removed: "工具中不再有，或这次没有要求",
    otherwise: "结果有所不同",
  },
  heading: (what, changes) => `${what}（${changes} 项）`,
  notThere: "没有",
  kits: (before, after) => `工具 ${before} → ${after}`,
  nothing: "所有检查的结果都相同。",
  before: "之前：",
  after: "之后：",
};

export function diffWordsIn(language: Language | undefined): DiffWords {
  return language === "zh" ? chineseDiff : englishDiff;
}
