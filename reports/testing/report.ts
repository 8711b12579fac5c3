import type { CheckResult, Exchange, Frame, Report } from "../../schemas/index.ts";

/** An exchange of a report; what matters to a test is given. */
export function anExchange(id: number, request: Partial<Exchange["request"]> = {}, status = 200): Exchange {
  return {
    id,
    from: "agent",
    to: "target",
    purpose: "register",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 2,
    request: {
      method: "POST",
      url: "http://127.0.0.1:4000/ath/agents/register",
      headers: [["content-type", "application/json"]],
      bodyBytes: request.body?.length ?? 0,
      ...request,
    },
    response: { status, headers: [], body: "{}", bodyBytes: 2 },
    error: null,
    curl: "curl -i -X POST http://127.0.0.1:4000/ath/agents/register",
  };
}

/** A WebSocket frame of a report. */
export function aFrame(id: number, changes: Partial<Frame> = {}): Frame {
  const { text = "" } = changes;
  return {
    id,
    connection: 1,
    from: "agent",
    to: "target",
    kind: "text",
    at: new Date(Date.UTC(2026, 0, 1) + id).toISOString(),
    atMs: id,
    bytes: text.length,
    ...changes,
  };
}

/** A check that passed, changed as a test wants it. */
export function aCheck(id: string, changes: Partial<CheckResult> = {}): CheckResult {
  return {
    id,
    requirement: id.split(".")[0] ?? id,
    level: "must",
    section: "attestation",
    title: `title of ${id}`,
    outcome: "pass",
    reasonCode: null,
    expected: null,
    actual: null,
    cause: null,
    durationMs: 12,
    attempts: 1,
    exchanges: [],
    provenBy: [],
    replay: `ath-gateway/${id}@7`,
    ...changes,
  };
}

/** A check that the target failed. */
export function aFailure(id: string, changes: Partial<CheckResult> = {}): CheckResult {
  return aCheck(id, {
    outcome: "fail",
    reasonCode: "accepted",
    expected: "a refusal (4xx) with INVALID_ATTESTATION",
    actual: "201 Created, and a client_id was issued",
    cause: "target",
    exchanges: [
      anExchange(1, { body: '{"agent_id":"a","agent_attestation":"one"}' }, 201),
      anExchange(2, { body: '{"agent_id":"a","agent_attestation":"two"}' }, 201),
    ],
    provenBy: [`${id.split(".")[0]}.forgotten`],
    hint: "remember it",
    ...changes,
  });
}

/** A report of these checks, its totals counted. */
export function aReport(checks: readonly CheckResult[], changes: Partial<Report> = {}): Report {
  const count = (outcome: CheckResult["outcome"]) => checks.filter((check) => check.outcome === outcome).length;
  return {
    schema: "gateproof.report/1",
    run: {
      id: "run-1",
      startedAt: "2026-01-01T00:00:00.000Z",
      durationMs: 1234,
      seed: 7,
      profile: "ath-gateway",
      command: "gateproof run ath-gateway attestation --target http://127.0.0.1:4000 --seed 7",
    },
    kit: { name: "gateproof", version: "0.0.0", selftest: null },
    target: { url: "http://127.0.0.1:4000", role: "gateway", fingerprint: null, headersRedacted: [] },
    verdict: { result: "findings", exitCode: 1, sentence: "Not conformant: 1 MUST check failed; 1 passed." },
    totals: {
      pass: count("pass"),
      fail: count("fail"),
      warn: count("warn"),
      ambiguous: count("ambiguous"),
      notApplicable: count("not-applicable"),
      notTested: count("not-tested"),
      inconclusive: count("inconclusive"),
      kitError: count("kit-error"),
    },
    checks,
    expectedSet: { count: checks.length, digest: "d", missing: [] },
    ...changes,
  };
}

/** What a hostile target may answer: terminal control, markup, NUL, bidi overrides, C1, a lone surrogate, invisible tags. */
export const hostileText =
  "\u001b[2J\u001b]0;owned\u0007 ]]> <script>alert(1)</script> & \"quoted\" 'single' nul\u0000 bidi\u202e c1\u009b31m\r\nnew \ud800 \u{e0041} \ufffe";
