import type { CheckResult, Exchange, Frame } from "../../schemas/index.ts";
import { printable } from "../printable.ts";
import { arrowsOf, evidenceOf, frameWords, type Piece, pathOf, statusWords } from "./arrows.ts";
import { diagram } from "./diagram.ts";
import { indented } from "./indented.ts";
import { html, lines, type Markup } from "./markup.ts";
import { partyWords } from "./parties.ts";

/** More than this nobody reads in one finding; the last ones decide. */
const mostPieces = 24;

/** The exchanges and frames of a check: the diagram, and under it each request with its answer, one click away. */
export function evidenceView(check: CheckResult, anchor: string, role: string): Markup | undefined {
  const all = evidenceOf(check);
  if (all.length === 0) return undefined;
  const shown = all.slice(-mostPieces);
  const left = all.length - shown.length;
  const anchorOf = (index: number) => `${anchor}-e${index}`;
  const more = left > 0 ? html` ${left} earlier ones are in the JSON report.` : undefined;
  return html`<div class="flow"><figure>${diagram(arrowsOf(shown), role, anchorOf)}
<figcaption>What decided, in the order of the wire.${more}</figcaption></figure>
<ol class="wire">${shown.map((piece, index) => html`<li>${pieceView(piece, anchorOf(index), role)}</li>`)}</ol></div>`;
}

function pieceView(piece: Piece, anchor: string, role: string): Markup {
  const { id, from, to } = piece.kind === "exchange" ? piece.exchange : piece.frame;
  const who = html`<span class="who">#${id} ${partyWords(from, role)} → ${partyWords(to, role)}</span>`;
  const decides = piece.decides ? html` <span class="tag">decides</span>` : undefined;
  const [summary, body] = piece.kind === "exchange" ? exchangeParts(piece.exchange) : frameParts(piece.frame);
  return html`<details><summary>${who} ${summary}${decides}</summary><div id="${anchor}">${body}</div></details>`;
}

function exchangeParts({ purpose, durationMs, request, response, error }: Exchange): readonly [Markup, Markup] {
  const outcome = response === null ? (error?.code ?? "no answer") : statusWords(response.status);
  const summary = html`<code>${printable(request.method, 20)} ${printable(pathOf(request.url), 120)}</code>
<span class="status">${printable(outcome, 80)}</span>`;
  const remark = html`<p class="quiet">${printable(purpose, 60)} · ${Math.round(durationMs)} ms</p>`;
  const answer =
    response === null
      ? html`<p>No answer: ${printable(error?.code ?? "unknown", 60)}, ${printable(error?.message ?? "", 400)}</p>`
      : message("Answer", statusWords(response.status), response);
  return [summary, html`${remark}${message("Request", `${request.method} ${request.url}`, request)}${answer}`];
}

/** The body is set in lines for reading when it is JSON; its size is that on the wire. */
function message(title: string, firstLine: string, { headers, body, bodyBytes }: Exchange["request"] | Answer): Markup {
  const fields = headers.map(([name, value]) => html`\n${name}: ${value}`);
  const content = body === undefined || body === "" ? undefined : html`\n\n${lines(indented(body))}`;
  const unseen = content === undefined && bodyBytes > 0 ? html`\n\n(${bodyBytes} bytes that are not shown)` : undefined;
  return html`<p class="cap">${title}${bodyBytes > 0 ? `, ${bodyBytes} bytes` : ""}</p>
<pre><b>${firstLine}</b>${fields}${content}${unseen}</pre>`;
}

type Answer = NonNullable<Exchange["response"]>;

function frameParts(frame: Frame): readonly [Markup, Markup] {
  const { connection, kind, bytes, atMs, text } = frame;
  const summary = html`<code>${printable(frameWords(frame), 120)}</code> <span class="status">${kind}</span>`;
  const remark = html`<p class="quiet">connection ${connection} · ${Math.round(atMs)} ms · ${bytes} bytes</p>`;
  const content = text === undefined ? html`<p>No text was kept.</p>` : html`<pre>${lines(indented(text))}</pre>`;
  return [summary, html`${remark}${content}`];
}
