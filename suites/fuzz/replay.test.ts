import { expect, it } from "vitest";
import { openEmbeddedTarget } from "../../cli/embedded/index.ts";
import { replayCaseOf } from "../../cli/replay/replay-id.ts";
import { buildReport } from "../engine/report.ts";
import type { Run } from "../engine/run.ts";

const replayOf = (run: Run) => {
  const context = { kitVersion: "0.0.0", command: "tested", failOn: "must", provenBy: () => [] } as const;
  return buildReport(run, context).checks.map(({ replay }) => replay)[0] ?? "";
};

const found = [
  ["ath-gateway", "ERR-1.fuzz-authorize", "ERR-1.unstorable-text-crashes"],
  ["ath-handshake", "HS-5.fuzz-hello", "HS-5.unstorable-text-crashes"],
  ["aun-gateway", "A119.fuzz-messages", "A119.unstorable-text-crashes"],
] as const;

it.each(found)("%s: what %s found is found again alone, by its replay id", async (profile, check, fault) => {
  const target = await openEmbeddedTarget(profile, { seed: 1, timeoutMs: 4000, faults: [fault] });
  const honest = await openEmbeddedTarget(profile, { seed: 1, timeoutMs: 4000 });
  try {
    const first = await target.run({ seed: 11, only: [check] });
    const { seed, path = "" } = replayCaseOf(replayOf(first));
    expect(seed).toBe(11);
    expect(path).not.toBe("");

    const again = await target.run({ seed, path, only: [check] });
    const [before, after] = [first, again].map(({ results: [result] }) => result);
    expect(before?.verdict).toMatchObject({ outcome: "fail", reasonCode: "server-error" });
    expect(after?.verdict).toMatchObject({ outcome: "fail", reasonCode: "server-error" });
    expect(after?.evidence.cases?.at(-1)?.facts["input"]).toEqual(before?.evidence.cases?.at(-1)?.facts["input"]);
    expect(after?.evidence.facts).toMatchObject({ runs: 1 });

    const repaired = await honest.run({ seed, path, only: [check] });
    expect(repaired.results[0]?.verdict.outcome).toBe("pass");
  } finally {
    await Promise.all([target.close(), honest.close()]);
  }
});
