import type { CheckResult } from "../../schemas/index.ts";

/** What makes a test fail: broken MUSTs, also broken SHOULDs, or broken MUSTs and those that could not be tested. */
export type FailingOn = "must" | "should" | "not-tested";

/** What a check needs of the test that it is. */
interface RunningTest {
  /** Ends the test as skipped. */
  skip(note: string): never;
  annotate(message: string, type: string): Promise<unknown>;
}

/** The target breaks a requirement. */
export class ConformanceError extends Error {
  override readonly name = "ConformanceError";
  readonly code: string;
  constructor({ reasonCode, expected, actual, hint, replay }: CheckResult) {
    super(
      [
        `${reasonCode}: expected ${expected}; got ${actual}`,
        ...(hint === undefined ? [] : [`to mend it: ${hint}`]),
        `again: gateproof replay '${replay}'`,
      ].join("\n"),
    );
    this.code = reasonCode ?? "";
  }
}

/** The kit failed, which says nothing of the target. */
export class KitError extends Error {
  override readonly name = "KitError";
  readonly code = "KIT_ERROR";
}

/** Passes, fails or skips a test as the outcome of its check demands. */
export async function settle(test: RunningTest, result: CheckResult, failOn: FailingOn): Promise<void> {
  const { outcome, level, reasonCode, expected, actual } = result;
  switch (outcome) {
    case "pass":
      return;
    case "fail":
      throw new ConformanceError(result);
    case "warn":
      if (failOn === "should") throw new ConformanceError(result);
      await test.annotate(`${reasonCode}: expected ${expected}; got ${actual}`, "warning");
      return;
    case "kit-error":
      throw new KitError(`${reasonCode}: ${actual}`);
    case "not-tested":
      if (failOn === "not-tested" && level === "must") throw new ConformanceError(result);
      return test.skip(reasonOf(result));
    default:
      return test.skip(reasonOf(result));
  }
}

function reasonOf({ outcome, reasonCode, expected, actual }: CheckResult): string {
  return [`${outcome}, ${reasonCode}: ${actual}`, ...(expected === null ? [] : [`to test it: ${expected}`])].join("; ");
}
