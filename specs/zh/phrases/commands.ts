import type { Phrases } from "../phrase-book.ts";

/** What `judge` and `replay` say beside a report, and `list` beside a requirement. */
export const commands: Phrases = {
  "judged again: #0 of #1 verdicts the same": "重新判断：#1 项结论中有 #0 项相同",
  "judged again: #0 of #1 verdicts the same (recorded by version {2}, judged by {3})":
    "重新判断：#1 项结论中有 #0 项相同（由版本 {2} 记录，由 {3} 判断）",
  "judged again: #0 of #1 differ from the report in the bundle": "重新判断：#1 项中有 #0 项与 bundle 中的报告不同",
  "judged again: #0 of #1 differ from the report in the bundle (recorded by version {2}, judged by {3})":
    "重新判断：#1 项中有 #0 项与 bundle 中的报告不同（由版本 {2} 记录，由 {3} 判断）",
  "{0}: recorded {1}, judged {2}": "{0}：记录为 {1}，判断为 {2}",
  "{0}: the report in the bundle leaves it out; it is {1}": "{0}：bundle 中的报告没有它；结果为 {1}",
  "{0}: the report in the bundle says {1}; there is no evidence of it": "{0}：bundle 中的报告说是 {1}；但没有其证据",
  "[untestable]": "[无法测试]",
  "the verdict of the run itself": "运行本身的结论",
  "stable over #0 runs": "#0 次运行结果稳定",
  "not stable over #0 runs": "#0 次运行结果不稳定",
};
