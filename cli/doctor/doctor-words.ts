import type { Language } from "../../reports/index.ts";
import type { Diagnosis } from "../../suites/engine/diagnosis.ts";

/** What `gateproof doctor` says in words of its own. */
export interface DoctorWords {
  /** Each as wide as eight columns of a terminal. */
  readonly signs: Readonly<Record<Diagnosis["state"], string>>;
  readonly owners: Readonly<Record<NonNullable<Diagnosis["whose"]>, string>>;
  readonly whose: (owner: string) => string;
  readonly embedded: string;
  readonly interrupted: string;
  readonly canBeJudged: (skipped: number) => string;
  readonly toMend: (errors: number, skipped: number) => string;
}

const holes = (skipped: number) => (skipped === 0 ? "" : `; ${skipped} not looked at`);

export const englishDoctor: DoctorWords = {
  signs: { ok: "ok      ", warning: "warning ", error: "error   ", skipped: "skipped " },
  owners: {
    configuration: "your configuration",
    environment: "your environment",
    target: "the target",
    kit: "this kit",
  },
  whose: (owner) => `whose: ${owner}`,
  embedded: "(embedded mock)",
  interrupted: "Interrupted; the rest was not looked at.",
  canBeJudged: (skipped) => `The target can be judged${holes(skipped)}.`,
  toMend: (errors, skipped) => `The target cannot be judged yet: ${errors} to mend${holes(skipped)}.`,
};

const ofHoles = (skipped: number) => (skipped === 0 ? "" : `；${skipped} 项没有查看`);

export const chineseDoctor: DoctorWords = {
  signs: { ok: "正常    ", warning: "警告    ", error: "错误    ", skipped: "略过    " },
  owners: { configuration: "你的配置", environment: "你的环境", target: "目标", kit: "本工具" },
  whose: (owner) => `责任方：${owner}`,
  embedded: "（内嵌 mock）",
  interrupted: "已中断；其余没有查看。",
  canBeJudged: (skipped) => `目标可以判断${ofHoles(skipped)}。`,
  toMend: (errors, skipped) => `目标还不能判断：有 ${errors} 项要修复${ofHoles(skipped)}。`,
};

export function doctorWordsIn(language: Language | undefined): DoctorWords {
  return language === "zh" ? chineseDoctor : englishDoctor;
}
