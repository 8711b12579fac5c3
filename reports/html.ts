import { createHash } from "node:crypto";
import type { Report } from "../schemas/index.ts";
import { findingGroup, findingGroups } from "./html/finding.ts";
import { html, type Markup } from "./html/markup.ts";
import { coveragePicture, everyCheck } from "./html/sections.ts";
import { style } from "./html/style.ts";
import { brokenRequirements, covers, subjectOf, summary } from "./html/summary.ts";
import { ambiguous, setUp, unjudged } from "./html/unjudged.ts";
import { headlineOf } from "./outcomes.ts";

/** Nothing is loaded, nothing runs, nothing is sent: of all that a page may do, this style sheet is what remains. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style.toString()).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one HTML file that needs nothing else: first what a reader of one screen wants to know, then the evidence.
 * Everything that came from a target is escaped (html/markup.ts), and a content security policy stands behind that.
 */
export function htmlReport(report: Report): string {
  const groups = findingGroups(report);
  const parts: readonly (Markup | undefined)[] = [
    setUp(report),
    brokenRequirements(groups),
    covers(report),
    coveragePicture(report),
    groups.length === 0
      ? undefined
      : html`<section aria-labelledby="findings"><h2 id="findings">Findings in full</h2>${groups.map((members) => findingGroup(members, report))}</section>`,
    ambiguous(report),
    unjudged(report, "not-tested"),
    unjudged(report, "not-applicable"),
    everyCheck(report),
  ];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${headlineOf(report).word}: ${subjectOf(report)} as ${report.run.profile}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the results</a>
${summary(report)}
<main id="main">${parts}</main>
<footer><p class="quiet">Run ${report.run.id} · made by ${report.kit.name} ${report.kit.version}. Secrets were masked before anything was recorded.</p></footer>
</body>
</html>
`;
  return page.toString();
}
