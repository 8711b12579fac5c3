import type { CheckResult, Report } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { grouped, levelWord, neededWords, requirementOf } from "../wording.ts";
import type { Words } from "../words/en.ts";
import { anchorOf, badge, fact } from "./elements.ts";
import { evidenceView, type Telling } from "./evidence.ts";
import { html, type Markup } from "./markup.ts";

/** What is wrong with the set-up: before any verdict, and whose it is. */
export function setUp({ setup = [] }: Pick<Report, "setup">, words: Words): Markup | undefined {
  const { facts, headings } = words.html;
  if (setup.length === 0) return undefined;
  return html`<section aria-labelledby="setup"><h2 id="setup">${headings.setup}</h2>
${setup.map(
  ({
    severity,
    whose,
    what,
    mend,
  }) => html`<article class="setup ${severity}"><h3>${words.severities[severity] ?? severity}${words.markdown.colon}${printable(what, 600)}</h3>
<dl class="facts">${fact(facts.whose, words.whose[whose] ?? whose)}${fact(facts.toMend, printable(mend, 600))}</dl></article>`,
)}</section>`;
}

/** Where two honest readings exist and the target follows the one that the kit did not take. */
export function ambiguous({ checks, target }: Report, words: Words): Markup | undefined {
  const { facts, headings } = words.html;
  const found = checks.filter(({ outcome }) => outcome === "ambiguous");
  if (found.length === 0) return undefined;
  return html`<section aria-labelledby="ambiguous"><h2 id="ambiguous">${headings.ambiguous}</h2>
<p class="quiet">${words.html.ambiguous}</p>
${found.map((check) => {
  const readings = requirementOf(check, words)?.ambiguous;
  return html`<article id="${anchorOf(check.id)}"><h3>${badge("ambiguous", words)} ${printable(check.title, 300)}</h3>
<p class="quiet"><code>${check.id}</code></p>
<dl class="facts">${fact(facts.got, printable(check.actual ?? "", 800))}${fact(facts.readAs, printable(check.expected ?? "", 800))}
${(readings?.readings ?? []).map((reading) => fact(facts.reading, reading))}${fact(facts.position, readings?.position)}
${(check.notes ?? []).map((note) => fact(facts.note, printable(note, 1200)))}</dl>
${evidenceView(check, anchorOf(check.id), { role: target.role, words })}</article>`;
})}</section>`;
}

/** Checks that gave no verdict: each reason once, what would make them testable, and who it holds for. */
export function unjudged(
  { checks, target }: Report,
  outcome: "not-tested" | "not-applicable",
  words: Words,
): Markup | undefined {
  const found = checks.filter((check) => check.outcome === outcome);
  if (found.length === 0) return undefined;
  const heading = words.html.headings[outcome];
  const meaning = outcome === "not-tested" ? words.html.notTested : words.html.notApplicable;
  const reasons = grouped(found, ({ reasonCode, actual, expected }) => JSON.stringify([reasonCode, actual, expected]));
  return html`<section aria-labelledby="${outcome}"><h2 id="${outcome}">${heading}</h2><p class="quiet">${meaning}</p>
${[...reasons.values()].map((members) => reason(members, { role: target.role, words }))}</section>`;
}

function reason(members: readonly CheckResult[], telling: Telling): Markup {
  const { words } = telling;
  const [first] = members;
  if (first === undefined) return html``;
  const musts = members.filter(({ level }) => level === "must").length;
  const view = evidenceView(first, anchorOf(first.id), telling);
  return html`<article><h3>${printable(first.actual ?? words.noReason, 400)}</h3>
<p class="quiet">${first.reasonCode === null ? words.html.noReason : words.reason(first.reasonCode)} · ${words.checks(members.length)}${musts > 0 ? words.ofMusts(musts) : ""}${
    first.cause === null ? "" : ` · ${words.whose[first.cause] ?? first.cause}`
  }</p>
${first.expected === null ? undefined : html`<p class="mend"><b>${neededWords(first, words)}${words.markdown.colon.trim()}</b> ${printable(first.expected, 600)}</p>`}
<ul class="checks">${members.map(
    ({ id, level, title }) =>
      html`<li><code>${id}</code> <span class="level">${levelWord(level, words)}</span> <span class="what">${title}</span></li>`,
  )}</ul>
${view === undefined ? undefined : html`<details><summary>${words.html.happenedAt(first.id)}</summary><div>${view}</div></details>`}</article>`;
}
