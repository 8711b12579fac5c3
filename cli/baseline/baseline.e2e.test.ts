import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCheck, aFailure, aReport } from "../../reports/testing/report.ts";
import { gateproof } from "../testing/spawn.ts";

const old = `schema: gateproof.baseline/1
profile: ath-gateway
accepted:
  - { check: ATT-5.replayed, reason_code: accepted, reason: later, owner: gw, expires: "2020-01-31" }
  - { check: ATT-5.no-such-check, reason_code: accepted, reason: later, owner: gw, expires: "2999-01-31" }
`;

describe("gateproof baseline", () => {
  let cwd = "";
  beforeAll(async () => {
    cwd = await mkdtemp(join(tmpdir(), "gateproof-baseline-"));
    await writeFile(join(cwd, "old.yaml"), old);
    const report = aReport([aFailure("ATT-5.replayed"), aCheck("ATT-2.no-exp")]);
    await writeFile(join(cwd, "report.json"), JSON.stringify(report));
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  const languages = [
    {
      lang: "en",
      updated: "new.yaml: 1 added, 0 taken out, 0 kept\n",
      checked: "new.yaml: 1 entry, 0 to mend (against the report report.json)\n",
      problems: [
        /^old\.yaml: 2 entries, 2 to mend \(against \d+ checks of ath-gateway\)$/,
        /^ {2}expired {2}ATT-5\.replayed: it counted until 2020-01-31; gw answers for it$/,
        /^ {2}unknown {2}ATT-5\.no-such-check: no check of the profile is called so$/,
      ],
    },
    {
      lang: "zh",
      updated: "new.yaml：新增 1 条，删去 0 条，保留 0 条\n",
      checked: "new.yaml：共 1 条，其中 0 条需要处理（对照报告 report.json）\n",
      problems: [
        /^old\.yaml：共 2 条，其中 2 条需要处理（对照 ath-gateway 的 \d+ 项检查）$/,
        /^ {2}已过期 ATT-5\.replayed: 它有效至 2020-01-31；由 gw 负责$/,
        /^ {2}未知 {3}ATT-5\.no-such-check: 该 profile 没有这个名称的检查$/,
      ],
    },
  ];
  it.each(languages)(
    "says what it wrote and what is to mend, in $lang",
    async ({ lang, updated, checked, problems }) => {
      const baseline = (...args: readonly string[]) => gateproof(["baseline", ...args, "--lang", lang], { cwd });
      const who = ["--owner", "gw", "--reason", "later"];
      expect((await baseline("update", "report.json", "--file", "new.yaml", ...who)).stdout).toBe(updated);
      const good = await baseline("check", "report.json", "--file", "new.yaml");
      expect([good.code, good.stdout]).toEqual([0, checked]);
      const bad = await baseline("check", "--file", "old.yaml");
      expect(bad.code).toBe(1);
      for (const [index, line] of problems.entries()) expect(bad.stdout.split("\n")[index]).toMatch(line);
      await rm(join(cwd, "new.yaml"));
    },
  );
});
