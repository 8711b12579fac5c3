import { describe, expect, it } from "vitest";
import type { Report } from "../schemas/index.ts";
import { renderedAs } from "./index.ts";
import { aCheck, aReport } from "./testing/report.ts";

const accepted = {
  reason: "a store for jtis comes in December",
  owner: "team-auth",
  expires: "2026-12-31",
  issue: "https://acme.example/issues/1",
} as const;
const report: Report = {
  ...aReport([
    aCheck("ATT-1.wrong-key"),
    aCheck("ATT-5.replayed", { outcome: "fail", reasonCode: "accepted", actual: "HTTP 200", accepted }),
  ]),
  verdict: { result: "findings", exitCode: 0, sentence: "Nothing new, and not conformant." },
  baseline: {
    file: "gateproof.baseline.yaml",
    entries: 2,
    accepted: 1,
    problems: [{ check: "ATT-9.x", kind: "stale", what: "the check passes now; take the entry out" }],
  },
  leftBehind: { agents: ["https://kit/a"], tokensRevoked: 3, tokensLeft: 1 },
};

describe("the debt of a baseline", () => {
  it.each([
    ["console", [/baseline +accepted by the baseline until 2026-12-31: a store .* \(team-auth, /, /stale: ATT-9\.x/]],
    ["console", [/left at the target: 1 agent, 1 token; 3 tokens revoked/]],
    ["markdown", [/### Baseline/, /stale&#58; ATT-9/, /<sub>accepted<\/sub>/]],
    ["html", [/accepted by the baseline until 2026-12-31/, /2 entries, 1 finding accepted; stale: ATT-9\.x/]],
    ["html", [/left at the target: 1 agent/]],
    ["sarif", [/"suppressions": \[\s*\{\s*"kind": "external",\s*"justification": "accepted by the baseline/]],
  ] as const)("is shown: %s", async (kind, expected) => {
    const text = await renderedAs(kind, report);
    for (const pattern of expected) expect(text).toMatch(pattern);
  });

  it("does not make a CI server red", async () => {
    const junit = await renderedAs("junit", report);
    expect(junit).toContain('failures="0" errors="0" skipped="1"');
    expect(junit).toMatch(/<skipped message="fail: HTTP 200; accepted by the baseline until 2026-12-31/);
  });
});
