import { pack } from "../../reports/archive.ts";
import { harPieces } from "../../reports/har.ts";
import { renderedAs } from "../../reports/index.ts";
import { seenJson } from "../../reports/json.ts";
import type { Report } from "../../schemas/index.ts";
import { requirements } from "../../specs/index.ts";
import type { Json } from "../../suites/engine/json.ts";
import { type RecordingContext, recordedRun } from "../../suites/engine/recorded.ts";
import type { Run } from "../../suites/engine/run.ts";
import { evidenceOfRun } from "./evidence-of-run.ts";
import { bundleFiles } from "./files.ts";

export interface BundleParts {
  readonly run: Run;
  readonly report: Report;
  readonly context: RecordingContext;
  /** What a reference mock says of its own faults; left out for other targets. */
  readonly faultLog?: Json;
}

/** A run with all its evidence, as one file that `gateproof judge` can judge again. */
export async function bundleOf({ run, report, context, faultLog }: BundleParts): Promise<Uint8Array> {
  const evidenceOf = evidenceOfRun(run);
  const evidence = run.results.map(
    (result) => [bundleFiles.evidence(result.check.id), () => seenJson(result.evidence)] as const,
  );
  return pack({
    [bundleFiles.readme]: readme,
    [bundleFiles.report]: await renderedAs("json", report),
    [bundleFiles.html]: await renderedAs("html", report),
    [bundleFiles.har]: () => harPieces(report, evidenceOf),
    [bundleFiles.run]: seenJson(recordedRun(run, context)),
    [bundleFiles.configuration]: seenJson(run.configuration),
    [bundleFiles.requirements]: seenJson(requirements(run.profile.id)),
    ...(faultLog === undefined ? {} : { [bundleFiles.faults]: seenJson(faultLog) }),
    ...Object.fromEntries(evidence),
  });
}

const readme = `A run of Gateproof, with the evidence of every check. Secrets were replaced by placeholders while it was recorded:
‹kind:digest:length›, where equal digests stand for equal secrets.

  report.json         the report
  report.html         the same to look at
  exchanges.har       every exchange and every WebSocket message, for the tools of browsers
  run.json            what was judged, when, how, and the checks in order
  configuration.json  the configuration
  requirements.json   what the protocol demands, as this version of the kit reads it
  evidence/           for each check: what went over the wire, and what the kit knew beside it
  faults.json         of a reference mock: the faults it was told to have, and when each of them fired
  SHA256SUMS          of all of these (sha256sum -c SHA256SUMS)

Judge it again, without the target:  gateproof judge <this file>
`;
