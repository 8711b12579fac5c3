import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Implementation, Report, Selftest } from "../../schemas/index.ts";
import { aCheck, aReport } from "../testing/report.ts";
import { KeyError, keyId, opened, seal } from "./dsse.ts";
import { examineCertificate } from "./examine.ts";
import { conformanceStatement, obstacles, testResultStatement, type Vouching } from "./statements.ts";

const ed25519 = generateKeyPairSync("ed25519");
const p256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const now = Date.parse("2026-11-21T12:00:00Z");
const implementation: Implementation = { organization: "ACME", project: "Gate", version: "2.0" };
const conformant = (checks: Report["checks"]): Report => ({
  ...aReport([...checks]),
  totals: {
    pass: checks.filter(({ outcome }) => outcome === "pass").length,
    fail: 0,
    warn: checks.filter(({ outcome }) => outcome === "warn").length,
    ambiguous: 0,
    notApplicable: checks.filter(({ outcome }) => outcome === "not-applicable").length,
    notTested: 0,
    inconclusive: 0,
    kitError: 0,
  },
  verdict: { result: "conformant", exitCode: 0, sentence: "Conformant." },
  expectedSet: { count: checks.length, digest: "a".repeat(64), missing: [] },
});
const report = conformant([
  aCheck("ATT-1.wrong-key"),
  aCheck("TOK-12.lifetime", { level: "should", outcome: "warn", reasonCode: "too-long", actual: "8 hours" }),
  aCheck("TLS-1.https", { outcome: "not-applicable", reasonCode: "loopback", actual: "plain http on loopback" }),
]);
const clean: Selftest = {
  honest: { profile: "ath-gateway", checks: 3, notPass: [] },
  faults: [
    {
      id: "ATT-1.signature-ignored",
      requirement: "ATT-1",
      profile: "ath-gateway",
      killedBy: ["ATT-1.wrong-key"],
      expectedKillers: ["ATT-1.wrong-key"],
      alsoFailed: [],
      verdict: "killed",
    },
  ],
  nullTargets: [],
  unprovenChecks: [],
  ok: true,
};
const vouching: Vouching = {
  report,
  catalogue: "ath-0.1/2026-11",
  implementation,
  bundleSha256: "b".repeat(64),
  selftest: { result: clean, sha256: "c".repeat(64) },
  issuer: { name: "Lab", independence: "third-party" },
  validFrom: "2026-11-21T00:00:00Z",
  expires: "2027-11-21T00:00:00Z",
};
const certificate = (changes: Partial<Vouching> = {}, key = ed25519.privateKey) => {
  const all = { ...vouching, ...changes };
  return [conformanceStatement(all), testResultStatement(all)]
    .map((statement) => `${JSON.stringify(seal(JSON.stringify(statement), key))}\n`)
    .join("");
};
const codes = (text: string, key = ed25519.publicKey, at = now) =>
  examineCertificate(text, key, at).problems.map(({ code }) => code);

describe("a signature", () => {
  it.each([
    ["Ed25519", ed25519],
    ["ES256", p256],
  ])("holds for what was signed, and for nothing else: %s", (_name, { publicKey, privateKey }) => {
    const envelope = seal("{}", privateKey);
    expect(opened(envelope, publicKey)).toBe("{}");
    expect(opened({ ...envelope, payload: Buffer.from("[]").toString("base64") }, publicKey)).toBeUndefined();
    expect(opened({ ...envelope, payloadType: "text/plain" }, publicKey)).toBeUndefined();
    expect(keyId(privateKey)).toBe(keyId(publicKey));
  });

  it("is not made with a key of another kind", () => {
    expect(() => seal("{}", rsa.privateKey)).toThrow(KeyError);
  });
});

describe("a certificate", () => {
  it("holds, and says what it leaves out", () => {
    const { predicate, problems } = examineCertificate(certificate(), ed25519.publicKey, now);
    expect(problems).toEqual([]);
    expect(predicate).toMatchObject({
      notApplicable: [{ check: "TLS-1.https", reason: "plain http on loopback" }],
      exceptions: [{ check: "TOK-12.lifetime", reason: "8 hours" }],
      selftest: { faults: 1, killed: 1 },
      issuer: { independence: "third-party" },
    });
    expect(codes(certificate({}, p256.privateKey), p256.publicKey)).toEqual([]);
  });

  it("has a statement that other tools read", () => {
    expect(testResultStatement(vouching)).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://in-toto.io/attestation/test-result/v0.1",
      predicate: {
        result: "WARNED",
        passedTests: ["ATT-1.wrong-key"],
        warnedTests: ["TOK-12.lifetime"],
        failedTests: [],
      },
    });
  });

  it.each<[string, string, string[]]>([
    ["nothing", "", ["NO_CERTIFICATE"]],
    ["text", "hello", ["NO_CERTIFICATE"]],
    ["JSON that is no envelope", "{}", ["NO_CERTIFICATE"]],
    [
      "only the other statement",
      `${JSON.stringify(seal(JSON.stringify(testResultStatement(vouching)), ed25519.privateKey))}\n`,
      ["NO_CERTIFICATE"],
    ],
    ["another key", certificate({}, p256.privateKey), ["OTHER_KEY"]],
    ["a time that has not come", certificate({ validFrom: "2026-12-01T00:00:00Z" }), ["NOT_YET_VALID"]],
    ["a time that is over", certificate({ expires: "2026-11-20T00:00:00Z" }), ["EXPIRED"]],
    [
      "checks without a result",
      certificate({ report: { ...report, expectedSet: { ...report.expectedSet, count: 9 } } }),
      ["INCOMPLETE"],
    ],
    [
      "a kit that does not catch its faults",
      certificate({
        selftest: { ...vouching.selftest, result: { ...clean, ok: false } },
      }),
      ["SELFTEST_NOT_CLEAN"],
    ],
    [
      "statements of two runs",
      `${certificate().split("\n")[0]}\n${certificate({ bundleSha256: "d".repeat(64) }).split("\n")[1]}\n`,
      ["STATEMENTS_DISAGREE"],
    ],
  ])("is refused for %s", (_name, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it("is refused when anything in it was changed", () => {
    const [line = ""] = certificate().split("\n");
    const envelope = JSON.parse(line);
    const payload = Buffer.from(envelope.payload, "base64").toString("utf8").replace("2027", "2099");
    const changed = JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString("base64") });
    expect(codes(`${changed}\n${certificate().split("\n")[1]}`)).toEqual(["SIGNATURE_INVALID"]);
  });

  it("is refused when one of its statements is not signed, and says so, though the other names the right key", () => {
    const [first = "", second = ""] = certificate().split("\n");
    const unsigned = JSON.stringify({ ...JSON.parse(second), signatures: [] });
    const { problems } = examineCertificate(`${first}\n${unsigned}\n`, ed25519.publicKey, now);
    expect(problems).toMatchObject([{ code: "SIGNATURE_INVALID", what: "one of its statements is not signed" }]);
  });
});

describe("no certificate", () => {
  const found = (changes: Partial<Report>, selftest = clean, maker: Implementation | undefined = implementation) =>
    obstacles({ ...report, ...changes }, selftest, maker);

  it("is refused to a conformant run", () => {
    expect(found({})).toEqual([]);
  });

  it("is given for a MUST that was not tested, which is named with what would make it testable", () => {
    const hole = aCheck("PRX-7.expired", {
      outcome: "not-tested",
      reasonCode: "hook-missing",
      expected: "configure hooks.clock",
    });
    expect(found({ checks: [...report.checks, hole] })).toEqual([
      "PRX-7.expired was not tested (hook-missing): configure hooks.clock",
    ]);
  });

  it.each<[string, string[], RegExp]>([
    ["findings", found({ verdict: { result: "findings", exitCode: 1, sentence: "no" } }), /not conformant/],
    ["accepted findings", found({ verdict: { result: "findings", exitCode: 0, sentence: "x" } }), /not conformant/],
    ["a part of a run", found({ run: { ...report.run, shard: { index: 1, of: 2 } } }), /shard 1 of 2/],
    ["an interrupted run", found({ verdict: { ...report.verdict, exitCode: 130 } }), /interrupted/],
    ["a dirty self-test", found({}, { ...clean, ok: false, unprovenChecks: ["ATT-1.x"] }), /not clean/],
    ["a self-test of another profile", found({}, { ...clean, honest: { ...clean.honest, profile: "x" } }), /is of x/],
    ["nobody's work", found({}, clean, {}), /nobody is named/],
  ])("is given for %s", (_name, problems, expected) => {
    expect(problems.join("\n")).toMatch(expected);
  });
});
