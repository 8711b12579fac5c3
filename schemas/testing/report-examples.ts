import type { Messages } from "../generated.ts";

const frame = {
  id: 2,
  connection: 1,
  from: "target",
  to: "agent",
  kind: "text",
  at: "2026-11-21T08:00:00.000Z",
  atMs: 12.5,
  text: "{}",
  bytes: 2,
  sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
} as const;

/** Valid messages of what a bundle keeps, and of what is made of it. */
export const reportValid: Pick<Messages, "Frame" | "Evidence" | "RecordedRun" | "Baseline" | "ConformancePredicate"> = {
  Frame: frame,
  Evidence: {
    exchanges: [],
    frames: [frame],
    marks: { subject: [2] },
    facts: { seed: 1 },
    stopped: { kind: "not-tested", reasonCode: "hook-missing", message: "no hook", mend: "add one", cause: null },
    cases: [{ exchanges: [], marks: {}, facts: {} }],
  },
  RecordedRun: {
    schema: "gateproof.run/1",
    kit: "0.1.0",
    catalogue: "2026-11",
    run: { id: "run-1", startedAt: 1, durationMs: 900, seed: 7, profile: "ath-gateway", interrupted: false },
    target: { url: "https://gw.example", headers: ["X-ATH-User-Token"] },
    failOn: "must",
    command: "gateproof run ath-gateway",
    configuration: {},
    setup: [],
    checks: [{ id: "ATT-5.replayed", section: "attestation", level: "must", attempts: 1, durationMs: 3 }],
  },
  Baseline: {
    schema: "gateproof.baseline/1",
    profile: "ath-gateway",
    accepted: [
      {
        check: "ATT-5.replayed",
        reason_code: "accepted",
        reason: "a store for jtis comes in December",
        issue: "https://acme.example/issues/1",
        owner: "team-auth",
        expires: "2026-12-31",
      },
    ],
    flaky: [{ check: "ATT-12.drips", reason: "a slow proxy", owner: "team-net", expires: "2026-12-31" }],
  },
  ConformancePredicate: {
    profile: "ath-gateway",
    catalogue: "2026-11",
    kit: { name: "gateproof", version: "0.1.0" },
    run: { id: "run-1", startedAt: "2026-11-21T08:00:00Z", seed: 7 },
    implementation: { organization: "ACME" },
    target: { url: "https://gw.example", fingerprint: null },
    verdict: { result: "conformant", sentence: "Conformant." },
    totals: { pass: 1 },
    expectedSet: { count: 1, digest: "a".repeat(64) },
    notTested: [],
    notApplicable: [{ check: "TLS-1.https", reason: "loopback" }],
    exceptions: [],
    selftest: { ok: true, faults: 1, killed: 1, digest: "a".repeat(64) },
    issuer: { name: "Lab", independence: "third-party" },
    validFrom: "2026-11-21T08:00:00Z",
    expires: "2027-11-21T08:00:00Z",
    bundle: { sha256: "a".repeat(64) },
  },
};

/** Messages that break one thing each. */
export const reportInvalid: ReadonlyArray<
  readonly [message: keyof Messages, what: string, value: unknown, path: string, keyword: string]
> = [
  ["Frame", "an unknown kind", { ...frame, kind: "telegram" }, "/kind", "enum"],
  ["Evidence", "no marks", { exchanges: [], facts: {} }, "/marks", "required"],
  ["RecordedRun", "another version", { ...reportValid.RecordedRun, schema: "gateproof.run/2" }, "/schema", "const"],
  ["Baseline", "an unknown key", { ...reportValid.Baseline, extra: 1 }, "/extra", "additionalProperties"],
  [
    "ConformancePredicate",
    "a bundle without a digest",
    { ...reportValid.ConformancePredicate, bundle: {} },
    "/bundle/sha256",
    "required",
  ],
];
