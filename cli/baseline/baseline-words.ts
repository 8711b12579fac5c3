import type { Language } from "../../reports/index.ts";

/** What `gateproof baseline` says in words of its own. */
export interface BaselineWords {
  readonly updated: (
    file: string,
    counts: { readonly added: number; readonly gone: number; readonly kept: number },
  ) => string;
  readonly checked: (file: string, entries: number, problems: number, compared: string) => string;
  /** What the entries were compared with, when no report was given. */
  readonly checksOf: (checks: number, profile: string) => string;
  readonly report: (shown: string) => string;
  /** Why an entry is no longer good. */
  readonly kinds: Readonly<Record<"unknown" | "expired" | "stale", string>>;
}

export const englishBaseline: BaselineWords = {
  updated: (file, { added, gone, kept }) => `${file}: ${added} added, ${gone} taken out, ${kept} kept`,
  checked: (file, entries, problems, compared) =>
    `${file}: ${entries} ${entries === 1 ? "entry" : "entries"}, ${problems} to mend (against ${compared})`,
  checksOf: (checks, profile) => `${checks} checks of ${profile}`,
  report: (shown) => `the report ${shown}`,
  kinds: { unknown: "unknown ", expired: "expired ", stale: "stale   " },
};

export const chineseBaseline: BaselineWords = {
  updated: (file, { added, gone, kept }) => `${file}：新增 ${added} 条，删去 ${gone} 条，保留 ${kept} 条`,
  checked: (file, entries, problems, compared) =>
    `${file}：共 ${entries} 条，其中 ${problems} 条需要处理（对照${compared}）`,
  checksOf: (checks, profile) => ` ${profile} 的 ${checks} 项检查`,
  report: (shown) => `报告 ${shown}`,
  kinds: { unknown: "未知  ", expired: "已过期", stale: "已过时" },
};

export function baselineWordsIn(language: Language | undefined): BaselineWords {
  return language === "zh" ? chineseBaseline : englishBaseline;
}
