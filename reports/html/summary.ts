import type { CheckResult, Report } from "../../schemas/index.ts";
import { catalogueVersion, type Requirement } from "../../specs/index.ts";
import { type Coverage, coverageOf } from "../coverage.ts";
import { debtLines, leftBehindWords } from "../debt.ts";
import { countsOf, headlineOf, outcomeWords } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { counted, levelWord, requirementOf } from "../wording.ts";
import { anchorOf, badge, fact, link } from "./elements.ts";
import { html, type Markup, type MarkupValue } from "./markup.ts";

/** How the thing under test is called: by its maker, else by its address. */
export function subjectOf({ implementation = {}, target }: Report): string {
  const { organization, project, version } = implementation;
  const words = [organization, project, version].filter((word) => word !== undefined);
  return printable(words.length === 0 ? target.url : words.join(" "), 120);
}

/** What somebody reads who reads one screen: the verdict, the numbers, what they cover. */
export function summary(report: Report): Markup {
  const { word, mark } = headlineOf(report);
  return html`<header>
<p class="quiet">${report.kit.name} ${report.kit.version} · conformance report</p>
<h1>${subjectOf(report)}</h1>
<p>as <b>${report.run.profile}</b> at <code>${printable(report.target.url, 200)}</code></p>
<div class="verdict ${mark}"><p class="word">${word}</p><p>${withoutWord(report.verdict.sentence, word)}</p></div>
<ul class="tiles">${countsOf(report.checks).map(
    ({ outcome, count }) =>
      html`<li class="${outcome}"><b>${count}</b> <span>${outcomeWords[outcome].many}</span></li>`,
  )}</ul>
</header>`;
}

/** The sentence after the word that stands above it already. */
function withoutWord(sentence: string, word: string): string {
  const [first = ""] = sentence.split(": ", 1);
  const isSaid = first !== "" && first !== sentence && word.startsWith(first);
  const rest = isSaid ? sentence.slice(first.length + 2) : sentence;
  return printable(rest.charAt(0).toUpperCase() + rest.slice(1), 1000);
}

/** What the verdict says something about, and what it does not. */
export function covers(report: Report): Markup {
  const coverage = coverageOf(report);
  const { checks, expectedSet } = report;
  const proved = checks.filter(({ provenBy }) => provenBy.length > 0).length;
  const unreached = expectedSet.count - checks.length;
  return html`<section aria-labelledby="covers"><h2 id="covers">What the verdict covers</h2>
<ul class="says">
<li>${judgedWords(coverage, report.run.profile)}</li>
${among(coverage.notTested, "could not be tested, so nothing is said about")}
${among(coverage.notRun, "had no check in this run, so nothing is said about")}
${among(coverage.notApplicable, "not applicable to this target:")}
${among(coverage.untestable, "beyond any test from outside:")}
${unreached > 0 ? html`<li><b>${counted(unreached, "planned check")}</b> did not run.</li>` : undefined}
<li><b>${proved} of ${counted(checks.length, "check")}</b> ${proved === 1 ? "is" : "are"} proved: there is a named fault of the reference
mock that makes exactly that check fail, and the honest mock passes it.</li>
</ul>
${facts(report)}</section>`;
}

function judgedWords({ musts, judged }: Coverage, profile: string): Markup {
  if (musts === 0) return html`This edition of the catalogue has no requirements for ${profile}.`;
  return html`<b>${judged.length} of ${counted(musts, "MUST requirement")}</b> of ${profile} were judged.`;
}

function among(rows: readonly Requirement[], words: string): Markup | undefined {
  if (rows.length === 0) return undefined;
  const names = rows.map(({ id, says }, index) => html`${index > 0 ? ", " : ""}<abbr title="${says}">${id}</abbr>`);
  return html`<li><b>${rows.length}</b> ${words} ${names}</li>`;
}

function facts(report: Report): Markup {
  const { run, kit, target, implementation } = report;
  const { selftest } = kit;
  const selftestWords =
    selftest && `${selftest.ok ? "clean" : "not clean"}: ${selftest.killed} of ${selftest.faults} faults were caught`;
  const rows: readonly (readonly [string, MarkupValue])[] = [
    ["Target", html`<code>${printable(target.url, 200)}</code>, judged as a ${target.role}`],
    [
      "Made by",
      implementation?.url === undefined ? undefined : link(implementation.url, printable(implementation.url, 200)),
    ],
    ["Recognised by", target.fingerprint === null ? undefined : html`<code>${target.fingerprint.slice(0, 16)}</code>`],
    [
      "Sent along",
      target.headersRedacted.length > 0 ? `${target.headersRedacted.join(", ")} (values masked)` : undefined,
    ],
    [
      "Run",
      html`<time datetime="${run.startedAt}">${instant(run.startedAt)}</time>, ${(run.durationMs / 1000).toFixed(1)} s`,
    ],
    ["Seed", run.seed],
    ["Catalogue", catalogueVersion],
    ["Self-test of the kit", selftestWords ?? undefined],
    ["Baseline", report.baseline && debtLines(report).join("; ")],
    ["Clean-up", leftBehindWords(report)],
    ["Again", html`<code>${run.command}</code>`],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => fact(name, value))}</dl>`;
}

/** `2026-01-01 00:00:00 UTC`; an instant of another form as it is. */
function instant(iso: string): string {
  return printable(iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1 $2 UTC"), 60);
}

/** One line for each broken requirement: the table that a meeting needs. */
export function brokenRequirements(groups: readonly (readonly CheckResult[])[]): Markup | undefined {
  if (groups.length === 0) return undefined;
  return html`<section aria-labelledby="broken"><h2 id="broken">What was found</h2>
<ul class="broken">${groups.map(([first, ...others]) => {
    if (first === undefined) return undefined;
    const words = requirementOf(first)?.says ?? printable(first.title, 200);
    return html`<li>${badge(first.outcome)} <a href="#${anchorOf(first.requirement)}">${first.requirement}</a>
<span class="level">${levelWord(first.level)}</span> <span class="what">${words}</span> <span class="quiet">${counted(others.length + 1, "check")}</span></li>`;
  })}</ul></section>`;
}
