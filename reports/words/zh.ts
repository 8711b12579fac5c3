import type { Report } from "../../schemas/index.ts";
import { positionInChinese, requirementInChinese } from "../../specs/zh/index.ts";
import { faultInChinese, inChinese, reasonInChinese, titleInChinese, translated } from "../../specs/zh/say.ts";
import type { Words } from "./en.ts";
import { chineseHtml } from "./zh-html.ts";
import { reportInChinese } from "./zh-report.ts";
import { sections } from "./zh-sections.ts";

/** The words of reports in Chinese (simplified). */
export const chinese: Words = {
  language: "zh-CN",
  requirement: requirementInChinese,
  position: positionInChinese,
  report: reportInChinese,
  title: titleInChinese,
  fault: faultInChinese,
  reason: reasonInChinese,
  say: inChinese,
  sentence,
  outcomes: {
    fail: { one: "失败", many: "失败", means: "违反了 MUST" },
    warn: { one: "警告", many: "警告", means: "违反了 SHOULD" },
    inconclusive: { one: "无定论", many: "无定论", means: "观察结果互相矛盾" },
    "kit-error": { one: "工具错误", many: "工具错误", means: "本工具出错，与目标无关" },
    ambiguous: { one: "有歧义", many: "有歧义", means: "文本有两种合理解读" },
    "not-tested": { one: "未测试", many: "未测试", means: "适用但无法判断" },
    "not-applicable": { one: "不适用", many: "不适用", means: "目标没有该功能" },
    pass: { one: "通过", many: "通过", means: "遵守了要求" },
  },
  levels: { must: "MUST", should: "SHOULD", may: "MAY", none: "仅观察" },
  headlines: {
    interrupted: "已中断",
    asFarAsTested: "就已测部分而言符合",
    conformant: "符合",
    findings: "不符合",
    notTestable: "无法测试",
    kitError: "工具错误",
  },
  whose: { target: "目标", environment: "环境", configuration: "配置", kit: "本工具" },
  severities: { error: "错误", warning: "警告", info: "提示" },
  parties: {
    operator: "运营者",
    user: "用户",
    agent: "智能体",
    "identity-host": "身份主机",
    peer: "对端域",
    provider: "provider",
    upstream: "上游",
    gateway: "网关",
    service: "服务",
    other: "其他",
  },
  section: (name) => (sections[name] === undefined ? name : `${sections[name]} (${name})`),
  separator: "，",
  and: "；",
  checks: (n) => `${n} 项检查`,
  ofMusts: (n) => `，其中 ${n} 项属于 MUST`,
  seconds: (ms) => `${(ms / 1000).toFixed(1)} 秒`,
  bytes: (n) => `${n} 字节`,
  nothing: "无",
  noReason: "没有给出理由",
  noAnswer: "没有应答",
  notTheTarget: (whose) => `${whose}，而不是目标`,
  toTest: "要使其可测",
  expectedOfTarget: "期望",
  masked: (names) => `${names}（值已遮蔽）`,
  provedBy: (faults) => `由 ${faults} 证明`,
  telling: {
    sameBody: (id) => `请求 #${id} 的正文，逐字节重发`,
    without: (name) => `去掉 ${name}`,
  },
  debt: {
    accepted: "基线已接受",
    flaky: "已知不稳定",
    until: (how, expires, reason, owner) => `${how}，有效至 ${expires}：${reason}（${owner}）`,
    entries: (file, entries, accepted) => `${file}：${entries} 个条目，已接受 ${accepted} 项发现`,
    kinds: { stale: "已过时", expired: "已过期", unknown: "未知" },
    problem: (kind, check, what) => `${kind}：${check}，${what}`,
    left: (agents, tokens, revoked) =>
      `留在目标上的有：${agents} 个智能体，${tokens} 个 token；已撤销 ${revoked} 个 token`,
  },
  console: {
    seed: (seed) => `种子 ${seed}`,
    with: (headers) => `附带 ${headers}`,
    marks: { fail: "失败", warn: "警告", inconclusive: "无定论", "kit-error": "工具错误" },
    setUp: (severity) => `环境与配置 ${severity}`,
    ambiguous: (n) => `有歧义  ${n} 项检查：文本有两种合理解读`,
    "not-tested": "未测试",
    "not-applicable": "不适用",
    pass: "通过",
    baseline: "基线",
    asAbove: "原因见上面的环境与配置",
    all: (section, n) => `${section}（全部 ${n} 项）`,
    of: (n, all) => `${n} / ${all}`,
    totals: {
      pass: "通过",
      fail: "失败",
      warn: "警告",
      ambiguous: "有歧义",
      notTested: "未测试",
      notApplicable: "不适用",
      inconclusive: "无定论",
      kitError: "工具错误",
    },
    notReached: (n) => `${n} 未轮到`,
    labels: {
      sent: "发送",
      got: "实际",
      expected: "期望",
      because: "依据",
      mend: "修复",
      whose: "责任方",
      baseline: "基线",
      note: "备注",
      provedBy: "证明",
      repeat: "重复",
      readAs: "解读为",
      reading: "解读",
      position: "立场",
      checks: "检查",
    },
  },
  markdown: {
    judged: (judged, musts) => `${musts} 条 MUST 要求中判断了 ${judged} 条`,
    noCheck: "没有运行任何检查。",
    setUp: "环境与配置",
    setUpColumns: ["", "责任方", "问题", "修复"],
    baseline: "基线",
    accepted: "已接受",
    findings: "发现",
    findingColumns: ["", "检查", "应当成立的", "期望", "实际"],
    more: (n) => `另有 ${n} 项发现；其他格式的报告列有全部。`,
    oneAlone: "单独运行一项",
    again: "重新运行",
    notTested: (n) => `${n} 项检查未测试及其原因`,
    notTestedColumns: ["检查数", "属于 MUST", "原因", "所需"],
    colon: "：",
  },
  html: chineseHtml,
};

/**
 * The verdict in one sentence, from the same counts as the recorded English one. Why a target could not be tested is
 * known in the recorded words only.
 */
function sentence({ verdict, checks, totals, baseline }: Parameters<Words["sentence"]>[0]): string {
  const { exitCode, result } = verdict;
  if (exitCode === 130) {
    return `检查 ${checks.length} 项后中断：目前 ${totals.pass} 项通过，${totals.fail} 项失败；这不是对目标的结论。`;
  }
  if (result === "kit-error") return `本工具在 ${totals.kitError} 项检查中出错；这些检查与目标无关。`;
  if (result === "not-testable") return translated(verdict.sentence) ?? `无法测试：${verdict.sentence}`;
  const counts = countsOf(checks);
  const problems = baseline?.problems.length ?? 0;
  const found = [
    ...(counts.fail > 0 ? [`${counts.fail} 项 MUST 检查失败`] : []),
    ...(counts.warn > 0 ? [`${counts.warn} 项 SHOULD 检查失败`] : []),
    ...(counts.untested > 0 ? [`${counts.untested} 项 MUST 检查未能测试`] : []),
    ...(counts.accepted > 0 ? [`基线接受了 ${counts.accepted} 项发现`] : []),
    ...(problems > 0 ? [`${problems} 个基线条目需要修正`] : []),
    `${totals.pass} 项通过`,
  ];
  return `${startOf(verdict, counts, problems)}：${found.join("，")}。`;
}

interface Counts {
  readonly fail: number;
  readonly warn: number;
  readonly untested: number;
  readonly accepted: number;
}

function countsOf(checks: Report["checks"]): Counts {
  const open = checks.filter(({ accepted }) => accepted === undefined);
  return {
    fail: open.filter(({ outcome }) => outcome === "fail").length,
    warn: open.filter(({ outcome }) => outcome === "warn").length,
    untested: checks.filter(({ outcome, level }) => outcome === "not-tested" && level === "must").length,
    accepted: checks.length - open.length,
  };
}

function startOf({ result, exitCode }: Report["verdict"], counts: Counts, problems: number): string {
  const { fail, warn, untested } = counts;
  if (result === "conformant") return untested > 0 ? "就已测部分而言符合" : "符合";
  if (problems > 0) return fail + warn === 0 ? "基线需要修正" : "不符合";
  return fail === 0 && exitCode === 0 ? "没有新问题，但不符合" : "不符合";
}
