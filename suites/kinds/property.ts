import type { Arbitrary } from "fast-check";
import type { World } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";

type FastCheck = typeof import("fast-check");

export interface PropertyRow<Input extends Json> extends CheckRow {
  /** The inputs to generate, made for this target. */
  readonly given: (fc: FastCheck, world: World) => Arbitrary<Input>;
  /** Drives one case in a world of its own. The input is in the evidence as fact `input`. */
  readonly drive: (world: World, input: Input) => Promise<void>;
  /** Judges one case. */
  readonly judge: (evidence: Evidence) => Finding;
}

/**
 * A property: holds for every generated input. A failing input is shrunk to the smallest that still fails; the evidence
 * keeps every case that passed and that smallest one, last. Seed and path in the facts replay it.
 */
export function property<Input extends Json>(row: PropertyRow<Input>): Check {
  const { given, drive, judge, needs = [], traits = [], id, requirement, title } = row;
  return {
    id,
    requirement,
    title,
    kind: "property",
    needs,
    traits,
    async drive(world) {
      const fc = await import("fast-check");
      const passed: Evidence[] = [];
      let failed: Evidence | undefined;
      const { seed, runs, path } = world.generation;
      const holds = async (input: Input) => {
        const { world: own, finish } = world.fork();
        own.fact("input", input);
        const evidence = await drive(own, input).then(
          () => finish(),
          (error: unknown) => finish(error),
        );
        const { outcome } = judgeCase(evidence, judge);
        if (outcome === "violated") failed = evidence;
        else passed.push(evidence);
        return outcome !== "violated";
      };
      const parameters = { seed, numRuns: runs, ...(path === undefined ? {} : { path }) };
      const details = await fc.check(fc.asyncProperty(given(fc, world), holds), parameters);
      world.fact("seed", details.seed);
      world.fact("runs", details.numRuns);
      world.fact("shrinks", details.numShrinks);
      if (details.counterexamplePath !== null) world.fact("path", details.counterexamplePath);
      world.cases(failed === undefined ? passed : [...passed, failed]);
    },
    judge(evidence) {
      const { cases = [] } = evidence;
      if (cases.length === 0) {
        return untested({ reasonCode: "nothing-generated", expected: "at least one case", actual: "none was run" });
      }
      const findings = cases.map((one) => judgeCase(one, judge));
      const finding =
        findings.findLast(({ outcome }) => outcome === "violated") ??
        findings.find(({ outcome }) => outcome !== "pass");
      if (finding === undefined) return pass([], [`held for ${cases.length} generated inputs`]);
      const input = cases[findings.indexOf(finding)]?.facts["input"] ?? null;
      return { ...finding, notes: [...finding.notes, `smallest input found: ${JSON.stringify(input)}`] };
    },
  };
}

/** A case that stopped early was not judged; nothing can be said of it. */
function judgeCase(evidence: Evidence, judge: (evidence: Evidence) => Finding): Finding {
  const { stopped } = evidence;
  if (stopped === undefined) return judge(evidence);
  return {
    outcome: stopped.kind,
    reasonCode: stopped.reasonCode,
    expected: stopped.mend ?? "the case can be driven to its end",
    actual: stopped.message,
    cause: stopped.cause,
    exchanges: stopped.exchanges ?? [],
    notes: [],
  };
}
