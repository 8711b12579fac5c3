import { resolve } from "node:path";
import type { Report } from "../../schemas/index.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { differencesOf, reportAgain } from "../judge/judge-bundle.ts";

/** What comes out when the evidence of a run is judged again. */
export interface JudgedAgain {
  /** From the evidence alone. */
  readonly report: Report;
  /** The one that the bundle brought along. */
  readonly recorded: Report;
  /** Where the two differ, a sentence each; none: the recorded verdicts stand. */
  readonly differences: readonly string[];
}

/** Judges a bundle again, without the target. Throws CliError for what is no bundle, or one that was tampered with. */
export async function judgeBundle(path: string): Promise<JudgedAgain> {
  const bundle = await readBundle(resolve(path), path);
  const report = await reportAgain(bundle, path);
  return { report, recorded: bundle.report, differences: differencesOf(bundle.report, report) };
}
