import type { CheckResult, Report } from "../../schemas/index.ts";
import { countsOf, findingOutcomes, outcomes } from "../outcomes.ts";
import { grouped, levelWord } from "../wording.ts";
import type { Words } from "../words/en.ts";
import { anchorOf, badge } from "./elements.ts";
import { html, type Markup } from "./markup.ts";

/** Coverage of the protocol by section: one cell for each check, and the same in words. */
export function coveragePicture({ checks }: Pick<Report, "checks">, words: Words): Markup {
  const sections = grouped(checks, ({ section }) => section);
  return html`<section aria-labelledby="coverage"><h2 id="coverage">${words.html.headings.coverage}</h2>
<p class="quiet">${words.html.oneCell}</p>
<ul class="coverage">${[...sections].map(
    ([name, members]) => html`<li><span class="name">${words.section(name)}</span>
<span class="cells" aria-hidden="true">${members.map((check) => cell(check, words))}</span>
<span class="words">${countsOf(members).map(
      ({ outcome, count }, index) =>
        html`${index > 0 ? words.separator : ""}<span class="${outcome}">${count} ${words.outcomes[outcome].many}</span>`,
    )}</span></li>`,
  )}</ul>${legend(checks, words)}</section>`;
}

/** Cells are told apart by shape as well as by colour (style.ts). */
function cell({ id, outcome }: CheckResult, words: Words): Markup {
  const title = `${id}: ${words.outcomes[outcome].one}`;
  const isFinding = findingOutcomes.some((one) => one === outcome);
  return isFinding
    ? html`<a class="c ${outcome}" href="#${anchorOf(id)}" tabindex="-1" title="${title}"></a>`
    : html`<i class="c ${outcome}" title="${title}"></i>`;
}

function legend(checks: readonly CheckResult[], words: Words): Markup {
  const found = outcomes.filter((outcome) => checks.some((check) => check.outcome === outcome));
  return html`<ul class="legend">${found.map(
    (outcome) =>
      html`<li><i class="c ${outcome}" aria-hidden="true"></i> <b>${words.outcomes[outcome].one}</b>${words.markdown.colon}${words.outcomes[outcome].means}</li>`,
  )}</ul>`;
}

/** Every check by section, closed at first: what was checked, what came out, which faults prove it. */
export function everyCheck({ checks }: Pick<Report, "checks">, words: Words): Markup {
  const sections = grouped(checks, ({ section }) => section);
  return html`<section aria-labelledby="checks"><h2 id="checks">${words.html.headings.checks}</h2>
${[...sections].map(
  ([
    name,
    members,
  ]) => html`<details class="all"><summary><b>${words.section(name)}</b> <span class="quiet">${words.checks(members.length)}</span></summary>
<ul class="checks">${members.map((check) => checkLine(check, words))}</ul></details>`,
)}
<p class="quiet">${words.html.passedExchanges}</p></section>`;
}

function checkLine({ id, level, title, outcome, provenBy, durationMs }: CheckResult, words: Words): Markup {
  const proof = provenBy.length === 0 ? words.html.unproved : words.provedBy(provenBy.join(", "));
  return html`<li>${badge(outcome, words)} <code>${id}</code> <span class="level">${levelWord(level, words)}</span> <span class="what">${title}</span>
<span class="quiet">${proof} · ${Math.round(durationMs)} ms</span></li>`;
}
