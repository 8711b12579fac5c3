import type { ExplainWords } from "./explain-words.ts";

export const chineseExplain: ExplainWords = {
  labels: {
    why: "原因",
    source: "出处",
    for: "适用于",
    tested: "测试方法",
    untestable: "无法测试",
    reading: "解读",
    position: "立场",
    check: "检查",
    mend: "修复",
    kind: "类型",
    needs: "需要",
    runs: "运行方式",
    because: "依据",
    provedBy: "证明",
    run: "运行",
    breaks: "违反",
    replaces: "替换",
    foundBy: "发现者",
    tryIt: "试一试",
    touches: "涉及",
  },
  judgedAs: (level) => `，按 ${level} 判断`,
  belongsTo: (party, profiles, section) => `${party === "agent" ? "智能体" : "实现方"}；${profiles}；章节 ${section}`,
  noCheck: "本版没有",
  provedBy: (faults) => `由 ${faults} 证明`,
  foundAs: (reason) => `以“${reason}”发现。`,
  faultOf: (mock) => `mock ${mock} 的 fault`,
  rule: (name) => `规则 ${name}`,
  sectionOf: (title, profile) => `${title}（${profile} 的章节）`,
  kinds: {
    refusal: "拒绝：先确认相同而有效的请求获得准许，然后错误的请求必须被拒绝",
    acceptance: "接受：必须获得准许的请求",
    conforms: "应答具有所要求的结构和关系",
    property: "对生成的输入成立的性质；失败会缩减为最短的用例，并可重复",
    model: "模型：生成的步骤序列与一个小型状态模型对照；失败会缩减为最短的序列",
    check: "自成一套的请求流程",
  },
  traits: {
    exclusive: "单独运行",
    waits: "需要时间流逝：通过 clock hook，或在 --slow 下真正等待",
    bursty: "请求很多或很大（--safe 时略去）",
    apart: "在其他检查之后单独运行：若它失败，其他检查会受到影响",
    census: "最后运行，考察整个运行的应答",
  },
  outcomes: {
    pass: {
      means: "在此情形中遵守了要求。对于拒绝：同一次驱动中，正面对照获得准许，而错误的尝试被拒绝。",
      mend: "无需处理。",
    },
    fail: {
      means: "违反了 MUST，报告中有证明这一点的往来。",
      mend: "阅读期望与实际，用 curl 命令重复请求，然后修复目标；`gateproof explain <requirement>` 说明出处。",
    },
    warn: {
      means: "违反了 SHOULD。",
      mend: "修复目标，或清楚自己为何偏离；`--fail-on should` 使其计入结论。",
    },
    ambiguous: {
      means: "文本有两种合理解读，目标采用了工具没有采用的那一种。绝不算失败。",
      mend: "无需修复；报告列出两种解读。",
    },
    "not-applicable": {
      means: "目标没有声明或显示该要求所涉及的功能。",
      mend: "如果目标有该功能，在 target.features 中声明。",
    },
    "not-tested": {
      means: "要求适用但无法判断：前提被拒绝、缺少 hook、达到限额，或被安全模式略去。",
      mend: "条目会说明怎样使其可测。未测试的 MUST 绝不算通过。",
    },
    inconclusive: {
      means: "观察结果互相矛盾，例如第二次尝试才有应答。",
      mend: "单独再运行该检查；查看工具与目标之间的网络。",
    },
    "kit-error": {
      means: "工具自身出错，与目标无关。",
      mend: "请连同命令行和报告一起反馈。",
    },
  },
};
