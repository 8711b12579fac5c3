import { printable } from "../printable.ts";
import type { Words } from "../words/en.ts";
import type { Arrow } from "./arrows.ts";
import { html, type Markup } from "./markup.ts";
import { partiesAmong, partyWords } from "./parties.ts";

const character = 7.3;
const rowHeight = 36;
const headHeight = 44;
/** Left of the first lifeline stand the numbers, right of the last one only half its head. */
const margin = { left: 92, right: 62 } as const;
const narrowest = 150;
const longestLabel = 34;
/** Up to this many pixels a diagram is shrunk to a phone and stays legible; a wider one is scrolled. */
const shrinkable = 440;

interface Lifeline {
  readonly name: string;
  readonly x: number;
}

/** What a diagram needs besides its arrows. */
interface Caption {
  readonly role: string;
  readonly words: Words;
  readonly anchorOf: (evidence: number) => string;
}

/**
 * Arrows as a sequence diagram in SVG. Each row is a link to the exchange it shows; `anchorOf` gives its fragment. The
 * picture is for eyes and pointers only: the list of exchanges below it says the same in words and to the keyboard.
 */
export function diagram(arrows: readonly Arrow[], { role, words, anchorOf }: Caption): Markup {
  const lifelines = lifelinesOf(arrows);
  const width = Math.round((lifelines.at(-1)?.x ?? 0) + margin.right);
  const height = headHeight + arrows.length * rowHeight + 16;
  const svg = html`<svg class="seq" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">
${lifelines.map(({ name, x }) => head(x, partyWords(name, role, words), height, name === "target"))}
${arrows.map((arrow, row) => {
  const y = headHeight + row * rowHeight + 26;
  return html`<a href="#${anchorOf(arrow.evidence)}" tabindex="-1" class="${arrow.kind}${arrow.decides ? " decides" : ""}">
<rect class="row" x="2" y="${y - 22}" width="${width - 4}" height="${rowHeight - 4}" rx="6"/>
<text class="number" x="8" y="${y}">#${arrow.id}</text>${drawn(arrow, lifelines, y)}</a>`;
})}</svg>`;
  if (width <= shrinkable) return html`<div class="fits">${svg}</div>`;
  return html`<div class="scroll" role="group" aria-label="${words.html.wire.diagram}" tabindex="0">${svg}</div>`;
}

function head(x: number, words: string, height: number, isTarget: boolean): Markup {
  return html`<line class="life" x1="${x}" y1="34" x2="${x}" y2="${height - 4}"/>
<rect class="head${isTarget ? " target" : ""}" x="${x - 56}" y="6" width="112" height="28" rx="6"/>
<text class="name" x="${x}" y="25">${printable(words, 16)}</text>`;
}

function drawn({ from, to, label, kind }: Arrow, lifelines: readonly Lifeline[], y: number): Markup {
  const [start = 0, end = 0] = [from, to].map((party) => lifelines.find(({ name }) => name === party)?.x ?? 0);
  const words = html`<title>${printable(label, 400)}</title>`;
  const text = shortened(label);
  if (start === end) {
    return html`${words}<text class="label own" x="${start + 12}" y="${y}">${text}</text>
<circle class="tip" cx="${start}" cy="${y - 4}" r="4"/>`;
  }
  const toRight = end > start ? 1 : -1;
  const stop = end - toRight * (kind === "lost" ? 22 : 2);
  const tip =
    kind === "lost"
      ? html`<path class="cross" d="M${stop - 5} ${y - 5}l10 10m0 -10l-10 10"/>`
      : html`<path class="tip" d="M${stop} ${y}l${-9 * toRight} -4.5v9z"/>`;
  return html`${words}<line class="wire" x1="${start}" y1="${y}" x2="${stop - toRight * 6}" y2="${y}"/>${tip}
<text class="label" x="${(start + end) / 2}" y="${y - 7}">${text}</text>`;
}

/** As far apart as the longest label between two neighbours needs. */
function lifelinesOf(arrows: readonly Arrow[]): readonly Lifeline[] {
  const names = partiesAmong(arrows.flatMap(({ from, to }) => [from, to]));
  const lifelines: Lifeline[] = [];
  for (const [index, name] of names.entries()) {
    const reaches = lifelines.map((left, place) => {
      const across = arrows.filter(({ from, to }) => [from, to].includes(name) && [from, to].includes(left.name));
      return left.x + Math.max(narrowest * (index - place), ...across.map(({ label }) => roomFor(label)));
    });
    lifelines.push({ name, x: Math.round(Math.max(margin.left, ...reaches)) });
  }
  return lifelines;
}

function roomFor(label: string): number {
  return shortened(label).length * character + 36;
}

function shortened(label: string): string {
  const characters = [...printable(label, 400)];
  return characters.length <= longestLabel ? characters.join("") : `${characters.slice(0, longestLabel - 1).join("")}…`;
}
