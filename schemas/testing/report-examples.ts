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

/** Valid messages of what a bundle keeps. */
export const reportValid: Pick<Messages, "Frame" | "Evidence" | "RecordedRun"> = {
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
};
