import type { CheckResult, Exchange, Frame } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import type { Words } from "../words/en.ts";
import { arrowsOf, evidenceOf, frameWords, type Piece, pathOf, statusWords } from "./arrows.ts";
import { diagram } from "./diagram.ts";
import { indented } from "./indented.ts";
import { html, lines, type Markup } from "./markup.ts";
import { partyWords } from "./parties.ts";

/** More than this nobody reads in one finding; the last ones decide. */
const mostPieces = 24;

/** Which part the target plays, and the language. */
export interface Telling {
  readonly role: string;
  readonly words: Words;
}

/** The exchanges and frames of a check: the diagram, and under it each request with its answer, one click away. */
export function evidenceView(check: CheckResult, anchor: string, { role, words }: Telling): Markup | undefined {
  const { wire } = words.html;
  const all = evidenceOf(check);
  if (all.length === 0) return undefined;
  const shown = all.slice(-mostPieces);
  const left = all.length - shown.length;
  const anchorOf = (index: number) => `${anchor}-e${index}`;
  const more = left > 0 ? html`${wire.earlier(left)}` : undefined;
  const isOne = new Set(shown.flatMap((piece) => (piece.kind === "frame" ? [piece.frame.connection] : []))).size < 2;
  return html`<div class="flow"><figure>${diagram(arrowsOf(shown, words), { role, words, anchorOf })}
<figcaption>${wire.decided}${more}</figcaption></figure>
<ol class="wire">${shown.map((piece, index) => html`<li>${pieceView(piece, anchorOf(index), { role, words, isOneConnection: isOne })}</li>`)}</ol></div>`;
}

/** Messages say on which connection they went where there are several. */
interface PieceTelling extends Telling {
  readonly isOneConnection: boolean;
}

function pieceView(piece: Piece, anchor: string, { role, words, isOneConnection }: PieceTelling): Markup {
  const { id, from, to } = piece.kind === "exchange" ? piece.exchange : piece.frame;
  const who = html`<span class="who">#${id} ${partyWords(from, role, words)} → ${partyWords(to, role, words)}</span>`;
  const decides = piece.decides ? html` <span class="tag">${words.html.wire.decides}</span>` : undefined;
  const [summary, body] =
    piece.kind === "exchange" ? exchangeParts(piece.exchange, words) : frameParts(piece.frame, words, isOneConnection);
  return html`<details><summary>${who} ${summary}${decides}</summary><div id="${anchor}">${body}</div></details>`;
}

function exchangeParts(exchange: Exchange, words: Words): readonly [Markup, Markup] {
  const { purpose, durationMs, request, response, error } = exchange;
  const { wire } = words.html;
  const outcome = response === null ? (error?.code ?? words.noAnswer) : statusWords(response.status);
  const summary = html`<code>${printable(request.method, 20)} ${printable(pathOf(request.url), 120)}</code>
<span class="status">${printable(outcome, 80)}</span>`;
  const remark = html`<p class="quiet">${printable(purpose, 60)} · ${Math.round(durationMs)} ms</p>`;
  const answer =
    response === null
      ? html`<p>${wire.noAnswer(printable(error?.code ?? "unknown", 60), printable(error?.message ?? "", 400))}</p>`
      : message(wire.answer, statusWords(response.status), response, words);
  return [
    summary,
    html`${remark}${message(wire.request, `${request.method} ${request.url}`, request, words)}${answer}`,
  ];
}

/** The body is set in lines for reading when it is JSON; its size is that on the wire. */
function message(
  title: string,
  firstLine: string,
  said: Exchange["request"] | Answer,
  { html: { wire } }: Words,
): Markup {
  const { headers, body, bodyBytes } = said;
  const fields = headers.map(([name, value]) => html`\n${name}: ${value}`);
  const content = body === undefined || body === "" ? undefined : html`\n\n${lines(indented(body))}`;
  const unseen = content === undefined && bodyBytes > 0 ? html`\n\n${wire.notShown(bodyBytes)}` : undefined;
  return html`<p class="cap">${bodyBytes > 0 ? wire.sized(title, bodyBytes) : title}</p>
<pre><b>${firstLine}</b>${fields}${content}${unseen}</pre>`;
}

type Answer = NonNullable<Exchange["response"]>;

function frameParts(frame: Frame, words: Words, isOneConnection: boolean): readonly [Markup, Markup] {
  const { wire } = words.html;
  const { connection, kind, bytes, atMs, text } = frame;
  const where = isOneConnection ? undefined : html` <span class="who">${wire.onConnection(connection)}</span>`;
  const sort = kind === "binary" ? html` <span class="status">${kind}</span>` : undefined;
  const summary = html`<code>${printable(frameWords(frame, words), 120)}</code>${sort}${where}`;
  const remark = html`<p class="quiet">${wire.connection(connection, Math.round(atMs), bytes)}</p>`;
  const content = text === undefined ? html`<p>${wire.noText}</p>` : html`<pre>${lines(indented(text))}</pre>`;
  return [summary, html`${remark}${content}`];
}
