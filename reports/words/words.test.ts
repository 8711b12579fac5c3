import { describe, expect, it } from "vitest";
import type { Report } from "../../schemas/index.ts";
import { catalogueVersion, requirement, requirements } from "../../specs/index.ts";
import { requirementInChinese } from "../../specs/zh/index.ts";
import { consoleReport } from "../console.ts";
import { renderedAs } from "../index.ts";
import { aCheck, aFailure, aFrame, aReport } from "../testing/report.ts";
import { english } from "./en.ts";
import { wordsIn } from "./languages.ts";
import { chinese } from "./zh.ts";

/** What a run recorded stands in circles here, so that every Latin word that is left is one of ours. */
const recorded = "〇〇";
const said = {
  title: recorded,
  actual: recorded,
  expected: recorded,
  notes: [recorded],
  reasonCode: "rc",
  hint: recorded,
};
const accepted = { reason: recorded, owner: recorded, expires: "2026-12-31" } as const;

/** A report in which everything happens that a report has words for. */
const everything: Report = {
  ...aReport(
    [
      aCheck("ATT-1.a", { provenBy: ["ATT-1.f"], title: recorded }),
      aFailure("ATT-5.b", said),
      aFailure("ATT-5.c", { ...said, accepted, frames: [aFrame(9, { text: "{}" })], flaky: true }),
      aFailure("TOK-12.d", { ...said, outcome: "warn", level: "should", section: "token", cause: "environment" }),
      aFailure("REG-1.e", { ...said, outcome: "inconclusive", section: "registration", exchanges: [] }),
      aFailure("REG-4.f", { ...said, outcome: "kit-error", section: "registration", cause: "kit" }),
      aCheck("TOK-12.g", { ...said, outcome: "ambiguous", section: "token" }),
      aFailure("AUD-1.h", { ...said, outcome: "not-tested", section: "audit", cause: "configuration" }),
      aCheck("AUD-2.i", { outcome: "not-tested", section: "audit", title: recorded }),
      aCheck("AGT-1.j", { ...said, outcome: "not-applicable", section: "agent-status" }),
    ],
    {
      setup: [{ severity: "warning", whose: "environment", what: recorded, mend: recorded }],
      implementation: { organization: recorded, url: "https://example.com" },
      target: { url: "http://127.0.0.1:4000", role: "gateway", fingerprint: "abc", headersRedacted: ["x-key"] },
      expectedSet: { count: 20, digest: "d", missing: [] },
      baseline: {
        file: "b.yaml",
        entries: 2,
        accepted: 1,
        problems: [{ check: "ATT-9.x", kind: "stale", what: recorded }],
      },
      leftBehind: { agents: ["https://kit/a"], tokensRevoked: 3, tokensLeft: 1 },
    },
  ),
  kit: { name: "gateproof", version: "0.0.0", selftest: { ok: true, faults: 3, killed: 3 } },
};

const valuesOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesOf) : [String(value)];
const latin = (text: string) => text.match(/[A-Za-z][A-Za-z'-]{2,}/g) ?? [];
const visibleText = (page: string) =>
  [
    page.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " "),
    ...[...page.matchAll(/(?:title|aria-label)="([^"]*)"/g)].map(([, text = ""]) => text),
  ].join(" ");

/** Names that stay as they are in every language. */
const names = new Set([
  ...valuesOf(everything).flatMap(latin),
  ...requirements()
    .map(requirementInChinese)
    .flatMap(({ says, mend, why = "", ambiguous, source }) => [
      says,
      mend,
      why,
      ...valuesOf(ambiguous),
      ...valuesOf(source),
    ])
    .flatMap(latin),
  ...requirements().flatMap(({ id, profiles }) => [id.replace(/\d+$/, ""), ...profiles]),
  "no-reason",
  ...latin(catalogueVersion("ath-gateway")),
  ...latin("MUST SHOULD JSON mock fault token UTC Created WebSocket charset quot"),
]);

describe("reports in Chinese", () => {
  it.each(["console", "markdown", "html"] as const)("%s: every word of ours is Chinese", async (kind) => {
    const text = visibleText(await renderedAs(kind, everything, { lang: "zh" }));
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(latin(text).filter((word) => !names.has(word))).toEqual([]);
  });

  it("says requirement and hint in Chinese where they are the catalogue's, and leaves what was recorded", async () => {
    const row = requirement("ATT-2");
    const { says, mend } = requirementInChinese(row);
    const report = aReport([aFailure(`${row.id}.x`, { hint: row.mend, actual: "HTTP 201" })]);
    for (const kind of ["console", "html"] as const) {
      const text = await renderedAs(kind, report, { lang: "zh" });
      for (const part of [says, mend, "HTTP 201"]) expect(text).toContain(part);
      expect(text).not.toContain(row.mend);
    }
    const own = aReport([aFailure(`${row.id}.x`, { hint: "turn the third screw" })]);
    expect(await renderedAs("console", own, { lang: "zh" })).toContain("turn the third screw");
  });

  it("says title, expected, actual, notes, reason and set-up in Chinese, and keeps what a target said", async () => {
    const said = {
      title: "an attestation sent a second time is refused",
      expected: "a refusal (4xx) with TOKEN_EXPIRED or TOKEN_INVALID",
      actual: "the positive control was not granted: no answer (TIMEOUT: no whole answer within 3000 ms)",
      notes: ['smallest input found: ["a refusal (4xx)"]'],
      reasonCode: "server-error",
    };
    const finding = {
      severity: "error",
      whose: "environment",
      what: "no connection to a.test port 443 (ECONNREFUSED)",
      mend: "start the target, or correct the port in target.url",
    } as const;
    const report = aReport([aFailure("ATT-5.replayed", said)], { setup: [finding] });
    const page = await renderedAs("html", report, { lang: "zh" });
    for (const part of [
      "第二次发送的 attestation 被拒绝",
      "带 TOKEN_EXPIRED 或 TOKEN_INVALID 的拒绝（4xx）",
      "正面对照未获准许：没有应答（TIMEOUT：3000 毫秒内没有完整应答）",
      "找到的最小输入：[&quot;a refusal (4xx)&quot;]",
      "服务器错误 server-error",
      "无法连接 a.test 端口 443（ECONNREFUSED）",
      "启动目标，或更正 target.url 中的端口",
    ]) {
      expect(page).toContain(part);
    }
    expect(await renderedAs("html", report)).toContain(said.actual);
  });

  it("leaves words that no table knows as they were recorded", async () => {
    const report = aReport([aFailure("ATT-0.other", { title: "the fourth screw holds", actual: "it fell" })]);
    const text = await renderedAs("console", report, { lang: "zh" });
    for (const part of ["the fourth screw holds", "it fell"]) expect(text).toContain(part);
  });

  it("tells a browser and a reader's voice that it is Chinese", async () => {
    expect(await renderedAs("html", everything, { lang: "zh" })).toContain('<html lang="zh-CN">');
    expect(await renderedAs("html", everything)).toContain('<html lang="en">');
  });

  it("is the same for machines in every language", async () => {
    for (const kind of ["json", "junit", "sarif", "har", "badge"] as const) {
      expect(await renderedAs(kind, everything, { lang: "zh" })).toBe(await renderedAs(kind, everything));
    }
  });

  it("counts two columns for a Chinese character, so that lines keep to the width", async () => {
    const text = consoleReport(everything, { color: false, verbose: true, width: 60 }, await wordsIn("zh"));
    const columns = (line: string) =>
      [...line].reduce((sum, one) => sum + (/[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(one) ? 2 : 1), 0);
    const long = text.split("\n").filter((line) => columns(line) > 61 && !/curl|gateproof|127\.0|MUST 检查/.test(line));
    expect(long).toEqual([]);
    expect(text).not.toMatch(/^\s*[，。；：、）》]/m);
  });
});

it.each(["en", "zh"] as const)("%s: no line break of ours stands in the text as an escape", async (lang) => {
  for (const kind of ["console", "markdown", "html"] as const) {
    expect(visibleText(await renderedAs(kind, everything, { lang }))).not.toContain("\\n");
  }
});

it.each([
  ["agent-status", "Agent status"],
  ["rpc", "RPC"],
  ["api", "API"],
])("the section %s is %s in English", (name, title) => {
  expect(english.section(name)).toBe(title);
});

describe("the verdict in one sentence", () => {
  const passed = aCheck("ATT-1.a");
  const failed = aFailure("ATT-5.b");
  const untested = aCheck("ATT-9.c", { outcome: "not-tested" });
  const verdict = (result: Report["verdict"]["result"], exitCode: Report["verdict"]["exitCode"]) => ({
    verdict: { result, exitCode, sentence: "as recorded." },
  });
  const debt = (problems: number): Pick<Report, "baseline"> => ({
    baseline: {
      file: "b",
      entries: 1,
      accepted: 0,
      problems: Array.from({ length: problems }, () => ({ check: "A", kind: "stale" as const, what: "w" })),
    },
  });

  it.each([
    [[passed], verdict("conformant", 0), "符合：1 项通过。"],
    [[passed, untested], verdict("conformant", 0), "就已测部分而言符合：1 项 MUST 检查未能测试，1 项通过。"],
    [[passed, failed], verdict("findings", 1), "不符合：1 项 MUST 检查失败，1 项通过。"],
    [
      [passed, { ...failed, accepted }],
      verdict("findings", 0),
      "没有新问题，但不符合：基线接受了 1 项发现，1 项通过。",
    ],
    [[passed], { ...verdict("findings", 1), ...debt(1) }, "基线需要修正：1 个基线条目需要修正，1 项通过。"],
    [
      [failed],
      { ...verdict("findings", 1), ...debt(1) },
      "不符合：1 项 MUST 检查失败，1 个基线条目需要修正，0 项通过。",
    ],
    [[passed, untested], verdict("findings", 1), "不符合：1 项 MUST 检查未能测试，1 项通过。"],
    [[untested], verdict("not-testable", 3), "无法测试：as recorded."],
    [
      [{ ...passed, outcome: "kit-error" as const }],
      verdict("kit-error", 4),
      "本工具在 1 项检查中出错；这些检查与目标无关。",
    ],
    [[passed], verdict("not-testable", 130), "检查 1 项后中断：目前 1 项通过，0 项失败；这不是对目标的结论。"],
  ])("%#: in Chinese, from the same counts", (checks, changes, sentence) => {
    const report = aReport(checks, changes);
    expect(chinese.sentence(report)).toBe(sentence);
    expect(english.sentence(report)).toBe("as recorded.");
  });
});
