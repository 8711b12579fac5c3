import { stringify } from "yaml";
import type { ConformancePredicate } from "../../schemas/index.ts";

/** A certificate as an entry for a public folder of results: who, which profile, how many, until when. */
export function conformanceYaml(predicate: ConformancePredicate): string {
  const { implementation, profile, totals, run, kit, catalogue, validFrom, expires, issuer } = predicate;
  const { organization, project, version, url } = implementation;
  const unjudged = predicate.notTested.map(({ check, reason }) => ({ check, reason }));
  return stringify({
    apiVersion: "gateproof.dev/v1",
    kind: "ConformanceReport",
    date: run.startedAt,
    gateproofVersion: kit.version,
    catalogue,
    implementation: { organization, project, version, url },
    profiles: [
      {
        name: profile,
        result: predicate.verdict.result === "conformant" ? "success" : "failure",
        summary: predicate.verdict.sentence,
        statistics: { ...totals },
        ...(unjudged.length > 0 && { notTested: unjudged }),
        ...(predicate.exceptions.length > 0 && { exceptions: predicate.exceptions }),
      },
    ],
    certificate: { issuer, validFrom, expires, evidence: `sha256:${predicate.bundle.sha256}` },
  });
}
