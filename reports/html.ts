import { createHash } from "node:crypto";
import type { Report } from "../schemas/index.ts";
import { findingGroup, findingGroups } from "./html/finding.ts";
import { html, type Markup } from "./html/markup.ts";
import { coveragePicture, everyCheck } from "./html/sections.ts";
import { style } from "./html/style.ts";
import { brokenRequirements, covers, subjectOf, summary } from "./html/summary.ts";
import { ambiguous, setUp, unjudged } from "./html/unjudged.ts";
import { headlineOf } from "./outcomes.ts";
import { english, type Words } from "./words/en.ts";

/** Nothing is loaded, nothing runs, nothing is sent: of all that a page may do, this style sheet is what remains. */
const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style.toString()).digest("base64")}'; base-uri 'none'; form-action 'none'`;

/**
 * The report as one HTML file that needs nothing else: first what a reader of one screen wants to know, then the evidence.
 * Everything that came from a target is escaped (html/markup.ts), and a content security policy stands behind that.
 */
export function htmlReport(recorded: Report, words: Words = english): string {
  const report = words.report(recorded);
  const groups = findingGroups(report);
  const parts: readonly (Markup | undefined)[] = [
    setUp(report, words),
    brokenRequirements(groups, words),
    covers(report, words),
    coveragePicture(report, words),
    groups.length === 0
      ? undefined
      : html`<section aria-labelledby="findings"><h2 id="findings">${words.html.headings.findings}</h2>${groups.map((members) => findingGroup(members, report, words))}</section>`,
    ambiguous(report, words),
    unjudged(report, "not-tested", words),
    unjudged(report, "not-applicable", words),
    everyCheck(report, words),
  ];
  const page = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${words.html.title(headlineOf(report, words).word, subjectOf(report), report.run.profile)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">${words.html.skip}</a>
${summary(report, words)}
<main id="main">${parts}</main>
<footer><p class="quiet">${words.html.footer(report.run.id, `${report.kit.name} ${report.kit.version}`)}</p></footer>
</body>
</html>
`;
  return page.toString();
}
