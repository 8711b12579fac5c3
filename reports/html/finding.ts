import type { CheckResult, Report } from "../../schemas/index.ts";
import type { Requirement } from "../../specs/index.ts";
import { acceptedWords } from "../debt.ts";
import { findingOutcomes } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { decidingExchange, tellingPart } from "../telling.ts";
import { grouped, hintOf, levelWord, otherCause, repeatCommand, requirementOf } from "../wording.ts";
import type { Words } from "../words/en.ts";
import { anchorOf, badge, fact, sourceLink } from "./elements.ts";
import { evidenceView, type Telling } from "./evidence.ts";
import { html, lines, type Markup } from "./markup.ts";

/** Findings by the requirement they break: the weightiest outcome first, then in the order of the run. */
export function findingGroups({ checks }: Pick<Report, "checks">): readonly (readonly CheckResult[])[] {
  const found = findingOutcomes.flatMap((outcome) => checks.filter((check) => check.outcome === outcome));
  return [...grouped(found, ({ requirement }) => requirement).values()];
}

/** All findings of one requirement: what it demands and how to mend it, once; then each check that found it broken. */
export function findingGroup(members: readonly CheckResult[], { run, target }: Report, words: Words): Markup {
  const [first] = members;
  if (first === undefined) return html``;
  const row = requirementOf(first, words);
  const hint = hintOf(members.find(({ hint }) => hint !== undefined) ?? first, words);
  const isKits = members.every(({ outcome }) => outcome === "kit-error");
  return html`<section class="group ${first.outcome}" id="${anchorOf(first.requirement)}">
<h3>${badge(first.outcome, words)} <span class="id">${first.requirement}</span> <span class="level">${levelWord(first.level, words)}</span></h3>
${requirementWords(row, words)}
${hint === undefined || isKits ? undefined : html`<p class="mend"><b>${words.html.toMend}</b> ${printable(hint, 600)}</p>`}
<p class="quiet">${isKits ? words.html.beyondJudging(members.length) : words.html.found(members.length)}</p>
${members.map((check) => finding(check, run, { role: target.role, words }))}
</section>`;
}

function requirementWords(row: Requirement | undefined, words: Words): Markup {
  if (row === undefined) return html`<p>${words.html.unknownRequirement}</p>`;
  const why = row.why === undefined ? undefined : html`<p class="quiet">${words.html.why(row.why)}</p>`;
  return html`<blockquote><p>${row.says}</p><footer>${sourceLink(row.source)}</footer></blockquote>${why}`;
}

function finding(check: CheckResult, run: Report["run"], telling: Telling): Markup {
  const { words } = telling;
  const { facts } = words.html;
  const anchor = anchorOf(check.id);
  const deciding = decidingExchange(check);
  const part = (check.frames ?? []).length > 0 ? undefined : tellingPart(check, words);
  const sent = deciding && part !== undefined ? html`<code>${printable(part, 400)}</code>` : undefined;
  return html`<article id="${anchor}">
<h4>${badge(check.outcome, words)} ${printable(check.title, 300)}</h4>
<p class="quiet"><code>${check.id}</code> · ${check.section} · ${check.reasonCode === null ? words.html.noReason : words.reason(check.reasonCode)}${check.flaky ? ` · ${words.html.flaky}` : ""}</p>
<dl class="versus">
<div class="expected"><dt>${facts.expected}</dt><dd>${printable(check.expected ?? words.nothing, 800)}</dd></div>
<div class="actual"><dt>${facts.got}</dt><dd>${printable(check.actual ?? words.nothing, 800)}</dd></div>
</dl>
<dl class="facts">
${fact(facts.sent, sent)}
${fact(facts.baseline, acceptedWords(check, words))}
${fact(facts.whose, otherCause(check, words))}
${(check.notes ?? []).map((note) => fact(facts.note, html`<code>${printable(note, 1200)}</code>`))}
${fact(facts.provedBy, provenBy(check.provenBy, words))}
</dl>
${evidenceView(check, anchor, telling)}
<details class="again"><summary>${words.html.repeat}</summary><div>
${deciding?.curl === undefined ? undefined : html`<p class="cap">${words.html.decidingRequest}</p><pre>${lines(deciding.curl)}</pre>`}
<p class="cap">${words.html.checkAlone}</p><pre>${repeatCommand(run, check.id)}</pre></div></details>
</article>`;
}

/** The faults of the reference mock that make this check fail, and nothing else does it to the honest mock. */
function provenBy(faults: readonly string[], words: Words): Markup | undefined {
  if (faults.length === 0) return undefined;
  const names = faults.map((id, index) => html`${index > 0 ? ", " : ""}<code>${id}</code>`);
  return html`${names} <span class="quiet">${words.html.proof(faults.length)}</span>`;
}
