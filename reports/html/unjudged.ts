import type { CheckResult, Report } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { counted, grouped, levelWord, neededWords, requirementOf } from "../wording.ts";
import { anchorOf, badge, fact } from "./elements.ts";
import { evidenceView } from "./evidence.ts";
import { html, type Markup } from "./markup.ts";

/** What is wrong with the set-up: before any verdict, and whose it is. */
export function setUp({ setup = [] }: Pick<Report, "setup">): Markup | undefined {
  if (setup.length === 0) return undefined;
  return html`<section aria-labelledby="setup"><h2 id="setup">Set-up</h2>
${setup.map(
  ({
    severity,
    whose,
    what,
    mend,
  }) => html`<article class="setup ${severity}"><h3>${severity}: ${printable(what, 600)}</h3>
<dl class="facts">${fact("Whose", whose)}${fact("To mend it", printable(mend, 600))}</dl></article>`,
)}</section>`;
}

/** Where two honest readings exist and the target follows the one that the kit did not take. */
export function ambiguous({ checks, target }: Report): Markup | undefined {
  const found = checks.filter(({ outcome }) => outcome === "ambiguous");
  if (found.length === 0) return undefined;
  return html`<section aria-labelledby="ambiguous"><h2 id="ambiguous">Two honest readings</h2>
<p class="quiet">Not a failure: the text can be read in two ways, and the target takes the other one.</p>
${found.map((check) => {
  const readings = requirementOf(check)?.ambiguous;
  return html`<article id="${anchorOf(check.id)}"><h3>${badge("ambiguous")} ${printable(check.title, 300)}</h3>
<p class="quiet"><code>${check.id}</code></p>
<dl class="facts">${fact("Got", printable(check.actual ?? "", 800))}${fact("Read as", printable(check.expected ?? "", 800))}
${(readings?.readings ?? []).map((reading) => fact("Reading", reading))}${fact("Position", readings?.position)}
${(check.notes ?? []).map((note) => fact("Note", printable(note, 1200)))}</dl>
${evidenceView(check, anchorOf(check.id), target.role)}</article>`;
})}</section>`;
}

const unjudgedWords = {
  "not-tested": ["Not tested", "These apply and could not be judged. What is not tested is never a pass."],
  "not-applicable": ["Not applicable", "The target does not declare or show the feature that these speak of."],
} as const satisfies Partial<Record<CheckResult["outcome"], readonly [string, string]>>;

/** Checks that gave no verdict: each reason once, what would make them testable, and who it holds for. */
export function unjudged({ checks, target }: Report, outcome: keyof typeof unjudgedWords): Markup | undefined {
  const found = checks.filter((check) => check.outcome === outcome);
  if (found.length === 0) return undefined;
  const [heading, words] = unjudgedWords[outcome];
  const reasons = grouped(found, ({ reasonCode, actual, expected }) => JSON.stringify([reasonCode, actual, expected]));
  return html`<section aria-labelledby="${outcome}"><h2 id="${outcome}">${heading}</h2><p class="quiet">${words}</p>
${[...reasons.values()].map((members) => reason(members, target.role))}</section>`;
}

function reason(members: readonly CheckResult[], role: string): Markup {
  const [first] = members;
  if (first === undefined) return html``;
  const musts = members.filter(({ level }) => level === "must").length;
  const view = evidenceView(first, anchorOf(first.id), role);
  return html`<article><h3>${printable(first.actual ?? "no reason was given", 400)}</h3>
<p class="quiet">${first.reasonCode ?? "no reason"} · ${counted(members.length, "check")}${musts > 0 ? `, ${musts} of a MUST` : ""}${
    first.cause === null ? "" : ` · ${first.cause}`
  }</p>
${first.expected === null ? undefined : html`<p class="mend"><b>${neededWords(first)}:</b> ${printable(first.expected, 600)}</p>`}
<ul class="checks">${members.map(
    ({ id, level, title }) =>
      html`<li><code>${id}</code> <span class="level">${levelWord(level)}</span> <span class="what">${title}</span></li>`,
  )}</ul>
${view === undefined ? undefined : html`<details><summary>What happened at ${first.id}</summary><div>${view}</div></details>`}</article>`;
}
