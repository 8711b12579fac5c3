import type { CheckResult, Report } from "../../schemas/index.ts";
import { countsOf, findingOutcomes, outcomes, outcomeWords } from "../outcomes.ts";
import { counted, grouped, levelWord } from "../wording.ts";
import { anchorOf, badge } from "./elements.ts";
import { html, type Markup } from "./markup.ts";

/** Coverage of the protocol by section: one cell for each check, and the same in words. */
export function coveragePicture({ checks }: Pick<Report, "checks">): Markup {
  const sections = grouped(checks, ({ section }) => section);
  return html`<section aria-labelledby="coverage"><h2 id="coverage">Coverage by section</h2>
<p class="quiet">One cell is one check, in the order of the protocol.</p>
<ul class="coverage">${[...sections].map(
    ([name, members]) => html`<li><span class="name">${sectionWords(name)}</span>
<span class="cells" aria-hidden="true">${members.map(cell)}</span>
<span class="words">${countsOf(members).map(
      ({ outcome, count }, index) =>
        html`${index > 0 ? ", " : ""}<span class="${outcome}">${count} ${outcomeWords[outcome].many}</span>`,
    )}</span></li>`,
  )}</ul>${legend(checks)}</section>`;
}

/** Cells are told apart by shape as well as by colour (style.ts). */
function cell({ id, outcome }: CheckResult): Markup {
  const title = `${id}: ${outcomeWords[outcome].one}`;
  const isFinding = findingOutcomes.some((one) => one === outcome);
  return isFinding
    ? html`<a class="c ${outcome}" href="#${anchorOf(id)}" tabindex="-1" title="${title}"></a>`
    : html`<i class="c ${outcome}" title="${title}"></i>`;
}

function legend(checks: readonly CheckResult[]): Markup {
  const found = outcomes.filter((outcome) => checks.some((check) => check.outcome === outcome));
  return html`<ul class="legend">${found.map(
    (outcome) =>
      html`<li><i class="c ${outcome}" aria-hidden="true"></i> <b>${outcomeWords[outcome].one}</b>: ${outcomeWords[outcome].means}</li>`,
  )}</ul>`;
}

/** Every check by section, closed at first: what was checked, what came out, which faults prove it. */
export function everyCheck({ checks }: Pick<Report, "checks">): Markup {
  const sections = grouped(checks, ({ section }) => section);
  return html`<section aria-labelledby="checks"><h2 id="checks">Every check</h2>
${[...sections].map(
  ([
    name,
    members,
  ]) => html`<details><summary><b>${sectionWords(name)}</b> <span class="quiet">${counted(members.length, "check")}</span></summary>
<ul class="checks">${members.map(checkLine)}</ul></details>`,
)}
<p class="quiet">The exchanges of checks that passed are in the JSON report.</p></section>`;
}

function checkLine({ id, level, title, outcome, provenBy, durationMs }: CheckResult): Markup {
  const proof = provenBy.length === 0 ? "no fault proves it" : `proved by ${provenBy.join(", ")}`;
  return html`<li>${badge(outcome)} <code>${id}</code> <span class="level">${levelWord(level)}</span> <span class="what">${title}</span>
<span class="quiet">${proof} · ${Math.round(durationMs)} ms</span></li>`;
}

/** `agent-status` is `Agent status` for a reader. */
function sectionWords(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
