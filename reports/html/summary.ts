import type { CheckResult, Report } from "../../schemas/index.ts";
import { catalogueVersion, type Requirement } from "../../specs/index.ts";
import { type Coverage, coverageOf } from "../coverage.ts";
import { debtLines, leftBehindWords } from "../debt.ts";
import { countsOf, headlineOf } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { levelWord, requirementOf } from "../wording.ts";
import type { Words } from "../words/en.ts";
import type { Emphasised } from "../words/en-html.ts";
import { anchorOf, badge, fact, link } from "./elements.ts";
import { html, type Markup, type MarkupValue } from "./markup.ts";

/** How the thing under test is called: by its maker, else by its address. */
export function subjectOf({ implementation = {}, target }: Report): string {
  const { organization, project, version } = implementation;
  const words = [organization, project, version].filter((word) => word !== undefined);
  return printable(words.length === 0 ? target.url : words.join(" "), 120);
}

/** What somebody reads who reads one screen: the verdict, the numbers, what they cover. */
export function summary(report: Report, words: Words): Markup {
  const { word, mark } = headlineOf(report, words);
  const { as, at, conformanceReport } = words.html;
  return html`<header>
<p class="quiet">${report.kit.name} ${report.kit.version} · ${conformanceReport}</p>
<h1>${subjectOf(report)}</h1>
<p>${as} <b>${report.run.profile}</b> ${at} <code>${printable(report.target.url, 200)}</code></p>
<div class="verdict ${mark}"><p class="word">${word}</p><p>${withoutWord(words.sentence(report), word)}</p></div>
<ul class="tiles">${mustsTile(report, words)}${countsOf(report.checks).map(
    ({ outcome, count }) =>
      html`<li class="${outcome}"><b>${count}</b> <span>${words.outcomes[outcome].many}</span></li>`,
  )}</ul>
${proportions(report)}
</header>`;
}

/** How much of what the profile demands the verdict rests on: it stands beside the verdict, for a pass of little is little. */
function mustsTile(report: Report, words: Words): Markup | undefined {
  const { judged, musts } = coverageOf(report);
  if (musts === 0) return undefined;
  return html`<li class="musts"><b>${judged.length}<small> / ${musts}</small></b> <span>${words.html.mustsJudged}</span></li>`;
}

/** The outcomes of all checks as one bar, for the eyes only: the tiles above it say the same. */
function proportions({ checks }: Pick<Report, "checks">): Markup {
  const parts: Markup[] = [];
  let from = 0;
  for (const { outcome, count } of countsOf(checks)) {
    parts.push(html`<rect class="${outcome}" x="${from}" width="${count}" height="1"/>`);
    from += count;
  }
  return html`<svg class="bar" viewBox="0 0 ${from} 1" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}

/** The sentence after the word that stands above it already. */
function withoutWord(sentence: string, word: string): string {
  const { first = "", colon = "" } = /^(?<first>.+?)(?<colon>: |：)/.exec(sentence)?.groups ?? {};
  const isSaid = first !== "" && word.startsWith(first);
  const rest = isSaid ? sentence.slice(first.length + colon.length) : sentence;
  return printable(rest.charAt(0).toUpperCase() + rest.slice(1), 1000);
}

/** What the verdict says something about, and what it does not. */
export function covers(report: Report, words: Words): Markup {
  const said = words.html.covers;
  const coverage = coverageOf(report);
  const { checks, expectedSet } = report;
  const proved = checks.filter(({ provenBy }) => provenBy.length > 0).length;
  const unreached = expectedSet.count - checks.length;
  return html`<section aria-labelledby="covers"><h2 id="covers">${words.html.headings.covers}</h2>
<ul class="says">
<li>${judgedWords(coverage, report.run.profile, words)}</li>
${among(coverage.notTested, said.notTested, words)}
${among(coverage.notRun, said.notRun, words)}
${among(coverage.notApplicable, said.notApplicable, words)}
${among(coverage.untestable, said.untestable, words)}
${unreached > 0 ? html`<li>${emphasised(said.unreached(unreached))}</li>` : undefined}
<li>${emphasised(said.proved(proved, checks.length))}</li>
</ul>
${facts(report, words)}</section>`;
}

function judgedWords({ musts, judged }: Coverage, profile: string, { html: { covers } }: Words): Markup {
  if (musts === 0) return html`${covers.noRequirements(profile)}`;
  return emphasised(covers.judged(judged.length, musts, profile));
}

function emphasised([bold, rest]: Emphasised): Markup {
  return html`<b>${bold}</b>${rest}`;
}

function among(rows: readonly Requirement[], meaning: string, words: Words): Markup | undefined {
  if (rows.length === 0) return undefined;
  const names = rows.map((row, index) => {
    const { id, says } = words.requirement(row);
    return html`${index > 0 ? ", " : ""}<abbr title="${says}">${id}</abbr>`;
  });
  return html`<li><b>${rows.length}</b> ${meaning} ${names}</li>`;
}

function facts(report: Report, words: Words): Markup {
  const said = words.html.facts;
  const { run, kit, target, implementation } = report;
  const { selftest } = kit;
  const selftestWords =
    selftest && said.selftestWords(selftest.ok ? said.clean : said.notClean, selftest.killed, selftest.faults);
  const rows: readonly (readonly [string, MarkupValue])[] = [
    [
      said.target,
      html`<code>${printable(target.url, 200)}</code>${said.judgedAs(words.parties[target.role] ?? target.role)}`,
    ],
    [
      said.madeBy,
      implementation?.url === undefined ? undefined : link(implementation.url, printable(implementation.url, 200)),
    ],
    [
      said.recognisedBy,
      target.fingerprint === null ? undefined : html`<code>${target.fingerprint.slice(0, 16)}</code>`,
    ],
    [said.sentAlong, target.headersRedacted.length > 0 ? words.masked(target.headersRedacted.join(", ")) : undefined],
    [
      said.run,
      html`<time datetime="${run.startedAt}">${instant(run.startedAt)}</time>${words.separator}${words.seconds(run.durationMs)}`,
    ],
    [said.seed, run.seed],
    [said.catalogue, catalogueVersion(run.profile)],
    [said.selftest, selftestWords ?? undefined],
    [said.baseline, report.baseline && debtLines(report, words).join(words.and)],
    [said.cleanUp, leftBehindWords(report, words)],
    [said.again, html`<code>${run.command}</code>`],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => fact(name, value))}</dl>`;
}

/** `2026-01-01 00:00:00 UTC`; an instant of another form as it is. */
function instant(iso: string): string {
  return printable(iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, "$1 $2 UTC"), 60);
}

/** One line for each broken requirement: the table that a meeting needs. */
export function brokenRequirements(groups: readonly (readonly CheckResult[])[], words: Words): Markup | undefined {
  if (groups.length === 0) return undefined;
  return html`<section aria-labelledby="broken"><h2 id="broken">${words.html.headings.broken}</h2>
<ul class="broken">${groups.map(([first, ...others]) => {
    if (first === undefined) return undefined;
    const what = requirementOf(first, words)?.says ?? printable(first.title, 200);
    return html`<li>${badge(first.outcome, words)} <a href="#${anchorOf(first.requirement)}">${first.requirement}</a>
<span class="level">${levelWord(first.level, words)}</span> <span class="what">${what}</span> <span class="quiet count">${words.checks(others.length + 1)}</span></li>`;
  })}</ul></section>`;
}
