import type { CheckResult, Report } from "../../schemas/index.ts";
import type { Requirement } from "../../specs/index.ts";
import { acceptedWords } from "../debt.ts";
import { findingOutcomes } from "../outcomes.ts";
import { printable } from "../printable.ts";
import { decidingExchange, tellingPart } from "../telling.ts";
import { counted, grouped, levelWord, repeatCommand, requirementOf } from "../wording.ts";
import { anchorOf, badge, fact, sourceLink } from "./elements.ts";
import { evidenceView } from "./evidence.ts";
import { html, lines, type Markup } from "./markup.ts";

/** Findings by the requirement they break: the weightiest outcome first, then in the order of the run. */
export function findingGroups({ checks }: Pick<Report, "checks">): readonly (readonly CheckResult[])[] {
  const found = findingOutcomes.flatMap((outcome) => checks.filter((check) => check.outcome === outcome));
  return [...grouped(found, ({ requirement }) => requirement).values()];
}

/** All findings of one requirement: what it demands and how to mend it, once; then each check that found it broken. */
export function findingGroup(members: readonly CheckResult[], { run, target }: Report): Markup {
  const [first] = members;
  if (first === undefined) return html``;
  const row = requirementOf(first);
  const hint = members.find(({ hint }) => hint !== undefined)?.hint ?? row?.mend;
  const isKits = members.every(({ outcome }) => outcome === "kit-error");
  return html`<section class="group ${first.outcome}" id="${anchorOf(first.requirement)}">
<h3>${badge(first.outcome)} <span class="id">${first.requirement}</span> <span class="level">${levelWord(first.level)}</span></h3>
${requirementWords(row)}
${hint === undefined || isKits ? undefined : html`<p class="mend"><b>To mend it:</b> ${printable(hint, 600)}</p>`}
<p class="quiet">${counted(members.length, "check")} found it ${isKits ? "beyond judging" : "broken"}.</p>
${members.map((check) => finding(check, run, target.role))}
</section>`;
}

function requirementWords(row: Requirement | undefined): Markup {
  if (row === undefined) return html`<p>This edition of the catalogue does not have this requirement.</p>`;
  const why = row.why === undefined ? undefined : html`<p class="quiet">Why the kit judges it so: ${row.why}</p>`;
  return html`<blockquote><p>${row.says}</p><footer>${sourceLink(row.source)}</footer></blockquote>${why}`;
}

function finding(check: CheckResult, run: Report["run"], role: string): Markup {
  const anchor = anchorOf(check.id);
  const deciding = decidingExchange(check);
  const telling = (check.frames ?? []).length > 0 ? undefined : tellingPart(check);
  const sent = deciding && telling !== undefined ? html`<code>${printable(telling, 400)}</code>` : undefined;
  return html`<article id="${anchor}">
<h4>${badge(check.outcome)} ${printable(check.title, 300)}</h4>
<p class="quiet"><code>${check.id}</code> · ${check.section} · ${check.reasonCode ?? "no reason"}${check.flaky ? " · flaky" : ""}</p>
<dl class="versus">
<div class="expected"><dt>Expected</dt><dd>${printable(check.expected ?? "nothing", 800)}</dd></div>
<div class="actual"><dt>Got</dt><dd>${printable(check.actual ?? "nothing", 800)}</dd></div>
</dl>
<dl class="facts">
${fact("Sent", sent)}
${fact("Baseline", acceptedWords(check))}
${fact("Whose", check.cause === null || check.cause === "target" ? undefined : `${check.cause}, not the target`)}
${(check.notes ?? []).map((note) => fact("Note", html`<code>${printable(note, 1200)}</code>`))}
${fact("Proved by", provenBy(check.provenBy))}
</dl>
${evidenceView(check, anchor, role)}
<details><summary>Repeat it</summary><div>
${deciding?.curl === undefined ? undefined : html`<p class="cap">The request that decided</p><pre>${lines(deciding.curl)}</pre>`}
<p class="cap">The check alone, with the same seed</p><pre>${repeatCommand(run, check.id)}</pre></div></details>
</article>`;
}

/** The faults of the reference mock that make this check fail, and nothing else does it to the honest mock. */
function provenBy(faults: readonly string[]): Markup | undefined {
  if (faults.length === 0) return undefined;
  const names = faults.map((id, index) => html`${index > 0 ? ", " : ""}<code>${id}</code>`);
  return html`${names} <span class="quiet">(with ${faults.length === 1 ? "this fault" : "each of these faults"} built in, our
reference mock fails this check; without, it passes)</span>`;
}
