import { createHash } from "node:crypto";
import type { CheckResult, ConformancePredicate, Implementation, Report, Selftest } from "../../schemas/index.ts";

/** in-toto Statement v1. */
export interface Statement<Predicate> {
  readonly _type: "https://in-toto.io/Statement/v1";
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicateType: string;
  readonly predicate: Predicate;
}

export const testResultType = "https://in-toto.io/attestation/test-result/v0.1";
export const conformanceType = "https://gateproof.dev/attestations/conformance/v1";

/** What is vouched for, and by whom. */
export interface Vouching {
  readonly report: Report;
  readonly catalogue: string;
  readonly implementation: Implementation;
  /** SHA-256 of the bundle file, hex. */
  readonly bundleSha256: string;
  readonly selftest: { readonly result: Selftest; readonly sha256: string };
  readonly issuer: ConformancePredicate["issuer"];
  /** ISO 8601. */
  readonly validFrom: string;
  readonly expires: string;
}

/** The standard predicate for results of tests. */
export interface TestResult {
  readonly result: "PASSED" | "WARNED" | "FAILED";
  readonly configuration: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
}

export function testResultStatement(vouching: Vouching): Statement<TestResult> {
  const { checks, expectedSet, kit, run } = vouching.report;
  const ids = (...outcomes: readonly CheckResult["outcome"][]) =>
    checks.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
  const warned = ids("warn", "ambiguous", "inconclusive");
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjectsOf(vouching),
    predicateType: testResultType,
    predicate: {
      result: ids("fail").length > 0 ? "FAILED" : warned.length > 0 ? "WARNED" : "PASSED",
      configuration: [{ name: `${kit.name} ${kit.version} ${run.profile}`, digest: { sha256: expectedSet.digest } }],
      passedTests: ids("pass"),
      warnedTests: warned,
      failedTests: ids("fail"),
    },
  };
}

export function conformanceStatement(vouching: Vouching): Statement<ConformancePredicate> {
  const { report, catalogue, implementation, bundleSha256, selftest, issuer, validFrom, expires } = vouching;
  const { run, kit, target, verdict, totals, expectedSet, checks } = report;
  const because = (...outcomes: readonly CheckResult["outcome"][]) =>
    checks
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ id, reasonCode, actual }) => ({ check: id, reason: actual ?? reasonCode ?? "" }));
  const { faults, ok } = selftest.result;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjectsOf(vouching),
    predicateType: conformanceType,
    predicate: {
      profile: run.profile,
      catalogue,
      kit: { name: kit.name, version: kit.version },
      run: { id: run.id, startedAt: run.startedAt, seed: run.seed },
      implementation,
      target: { url: target.url, fingerprint: target.fingerprint },
      verdict: { result: verdict.result, sentence: verdict.sentence },
      totals: { ...totals },
      expectedSet: { count: expectedSet.count, digest: expectedSet.digest },
      notTested: because("not-tested"),
      notApplicable: because("not-applicable"),
      exceptions: because("warn", "ambiguous", "inconclusive"),
      selftest: {
        ok,
        faults: faults.length,
        killed: faults.filter((fault) => fault.verdict === "killed").length,
        digest: selftest.sha256,
      },
      issuer,
      validFrom,
      expires,
      bundle: { sha256: bundleSha256 },
    },
  };
}

/** The implementation, known by what it says of itself, and the evidence. */
function subjectsOf({ implementation, report, bundleSha256 }: Vouching): Statement<unknown>["subject"] {
  const { organization = "", project = "", version = "" } = implementation;
  const described = JSON.stringify([organization, project, version, report.target.fingerprint]);
  return [
    {
      name: [organization, project, version].filter((word) => word !== "").join(" "),
      digest: { gateproofImplementation: createHash("sha256").update(described).digest("hex") },
    },
    { name: "evidence bundle", digest: { sha256: bundleSha256 } },
  ];
}

/** Why a run cannot be certified; empty: it can. */
export function obstacles(report: Report, selftest: Selftest, implementation: Implementation | undefined): string[] {
  const { run, verdict, checks } = report;
  const musts = checks.filter(({ level }) => level === "must");
  const named = implementation?.organization !== undefined && implementation.project !== undefined;
  return [
    ...(verdict.exitCode === 130 ? ["the run was interrupted"] : []),
    ...(run.shard === undefined ? [] : [`it is shard ${run.shard.index} of ${run.shard.of} only`]),
    ...(verdict.result === "conformant" ? [] : [`the verdict is not conformant: ${verdict.sentence}`]),
    ...musts.filter(({ outcome }) => outcome === "fail").map(({ id, reasonCode }) => `${id} failed (${reasonCode})`),
    ...musts
      .filter(({ outcome }) => outcome === "not-tested")
      .map(
        ({ id, reasonCode, expected }) =>
          `${id} was not tested (${reasonCode})${expected === null ? "" : `: ${expected}`}`,
      ),
    ...(named ? [] : ["nobody is named as its maker: implementation.organization and .project in the configuration"]),
    ...(selftest.honest.profile === run.profile ? [] : [`the self-test is of ${selftest.honest.profile}`]),
    ...(selftest.ok ? [] : ["the self-test of the kit is not clean"]),
    ...selftest.faults.filter((fault) => fault.verdict !== "killed").map(({ id }) => `the fault ${id} was not caught`),
    ...selftest.unprovenChecks.map((id) => `no fault proves ${id}`),
  ];
}
