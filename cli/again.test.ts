import { beforeAll, describe, expect, it } from "vitest";
import { isMessage, validate } from "../schemas/index.ts";
import type { Evidence } from "../suites/engine/evidence.ts";
import { buildReport } from "../suites/engine/report.ts";
import type { Run } from "../suites/engine/run.ts";
import { verdictOf } from "../suites/engine/verdict.ts";
import { openEmbeddedTarget } from "./embedded/index.ts";

/** Faults of many kinds, so that verdicts other than a pass are judged again as well. */
const sets: readonly (readonly string[])[] = [
  [],
  ["ATT-1.signature-ignored", "TOK-2.consent-ignored", "PRX-5.query-dropped"],
  ["TOK-1.lowercase-bearer", "REV-1.not-revoked", "ERR-1.stack-trace"],
];

async function runWith(faults: readonly string[]): Promise<Run> {
  const target = await openEmbeddedTarget("ath-gateway", { seed: 7, faults, timeoutMs: 4000 });
  try {
    return await target.run({ seed: 7 });
  } finally {
    await target.close();
  }
}

describe.each(sets.map((faults) => ({ name: faults.length === 0 ? "honest" : faults.join(", "), faults })))(
  "evidence of a run ($name)",
  ({ name, faults }) => {
    let run: Run;
    beforeAll(async () => {
      run = await runWith(faults);
    });

    it("gives the same verdicts when judged again from JSON", () => {
      for (const { check, level, evidence, verdict, attempts } of run.results) {
        expect(attempts, check.id).toBe(1);
        const fromFile: Evidence = JSON.parse(JSON.stringify(evidence));
        expect(verdictOf(check, level, fromFile), check.id).toEqual(verdict);
      }
    });

    it(name === "honest" ? "has no finding" : "has findings", () => {
      const found = run.results.filter(({ verdict }) => !["pass", "not-applicable"].includes(verdict.outcome));
      if (name === "honest") expect(found.map(({ check, verdict }) => [check.id, verdict])).toEqual([]);
      else expect(found.length).toBeGreaterThanOrEqual(3);
    });

    it("becomes a report of the schema's shape", () => {
      const report = buildReport(run, { kitVersion: "0", command: "test", failOn: "must", provenBy: () => [] });
      expect(validate("Report", report)).toMatchObject({ ok: true });
      expect(isMessage("Report", JSON.parse(JSON.stringify(report)))).toBe(true);
    });
  },
);
