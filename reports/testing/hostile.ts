import type { CheckResult, Report } from "../../schemas/index.ts";
import { aCheck, aFailure, aFrame, anExchange, aReport, hostileText } from "./report.ts";

/** What a page obeys when it is not escaped, each with a way out of the place where a report might put it. */
export const hostileMarkup = [
  `</style></title></textarea></script><script>window.owned = "script"</script>`,
  `"><img src=x onerror="window.owned='img'"><svg onload="window.owned='svg'">`,
  `' onmouseover='window.owned=1' x='`,
  `<base href="http://127.0.0.1:9/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">`,
  `<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><iframe src="http://127.0.0.1:9/"></iframe>`,
  `-->]]><![CDATA[<!-- \${7*7} {{7*7}} &lt;script&gt; &#60;script&#62;`,
  `<a href="javascript:window.owned='link'">javascript:window.owned=1</a>`,
].join(" ");

/** All of it in one text, together with what a terminal or a reader's eye obeys. */
export const everyAttack = `${hostileMarkup} ${hostileText}`;

/** A report in which a target or a configuration has put an attack into every text it can reach. */
export function aHostileReport(): Report {
  const attack = everyAttack;
  const exchange = {
    ...anExchange(2, {
      method: "POST",
      url: `http://127.0.0.1:4000/${attack}`,
      headers: [[attack, attack]],
      body: attack,
    }),
    response: { status: 599, headers: [[attack, attack]], body: attack, bodyBytes: attack.length },
    purpose: attack,
    curl: `curl '${attack}'`,
  } as const;
  const lost = { ...exchange, id: 3, response: null, error: { code: attack, message: attack } };
  const frames = (["open", "text", "close", "error"] as const).map((kind, index) =>
    aFrame(4 + index, { kind, text: attack, reason: attack, ...(kind === "close" && { code: 4000 }) }),
  );
  const everywhere: Partial<CheckResult> = {
    title: attack,
    expected: attack,
    actual: attack,
    reasonCode: attack,
    notes: [attack],
    hint: attack,
    section: attack,
    provenBy: [attack],
    exchanges: [exchange, lost],
    frames,
  };
  const outcomes = [
    "fail",
    "warn",
    "inconclusive",
    "kit-error",
    "ambiguous",
    "not-tested",
    "not-applicable",
    "pass",
  ] as const;
  const report = aReport(
    outcomes.map((outcome, index) => aFailure(`ATT-${index + 1}.${attack}`, { ...everywhere, outcome, level: "must" })),
  );
  return {
    ...report,
    checks: [...report.checks, aCheck("ATT-9.plain")],
    run: { ...report.run, id: attack, command: `gateproof run ${attack}`, profile: attack },
    kit: { ...report.kit, version: attack },
    target: { url: attack, role: attack, fingerprint: attack, headersRedacted: [attack] },
    implementation: {
      organization: attack,
      project: attack,
      version: attack,
      url: `javascript:window.owned=1//${attack}`,
    },
    verdict: { ...report.verdict, sentence: attack },
    setup: [{ severity: "error", whose: "target", what: attack, mend: attack }],
  };
}
