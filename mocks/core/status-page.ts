import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import type { RequestEntry } from "./request-log.ts";
import type { ActiveFault } from "./rules.ts";

/** One endpoint as the page lists it. */
export interface EndpointRow {
  readonly method: string;
  readonly path: string;
  readonly says: string;
}

export interface StatusPageContent {
  /** What runs here, for example `OAuth 2.0 provider`. */
  readonly name: string;
  readonly sentence: string;
  readonly endpoints: readonly EndpointRow[];
  readonly activeFaults: readonly (ActiveFault & { readonly sentence?: string })[];
  /** Oldest first. */
  readonly requests: readonly RequestEntry[];
}

const latest = 25;

function faultCard(faults: StatusPageContent["activeFaults"]): Html | undefined {
  if (faults.length === 0) return undefined;
  return html`<section class="card alarm"><h2>Misbehaving on purpose</h2><table>${faults.map(
    ({ id, at, sentence }) =>
      html`<tr><td><code>${id}${at === undefined ? "" : `@${at}`}</code></td><td>${sentence ?? ""}</td></tr>`,
  )}</table></section>`;
}

function requestCard(requests: readonly RequestEntry[]): Html {
  if (requests.length === 0)
    return html`<section class="card"><h2>Requests</h2><p class="soft">None yet.</p></section>`;
  return html`<section class="card"><h2>Latest requests</h2><table>
<tr><th>Time</th><th>Request</th><th>Status</th><th>ms</th></tr>${requests
    .slice(-latest)
    .reverse()
    .map(
      ({ at, method, path, status, ms }) =>
        html`<tr><td>${at.slice(11, 19)}</td><td><code>${method} ${path}</code></td><td>${status}</td><td>${ms}</td></tr>`,
    )}</table></section>`;
}

/** The page for a person who opens a mock in a browser: what runs here, how it misbehaves, what arrived. */
export function statusPage(content: StatusPageContent): Response {
  const { name, sentence, endpoints, activeFaults, requests } = content;
  return page({
    title: `${name} — Gateproof mock`,
    body: html`<section class="card"><h1>${name}</h1><p class="soft">${sentence}</p><table>
<tr><th>Endpoint</th><th></th></tr>${endpoints.map(
      ({ method, path, says }) => html`<tr><td><code>${method} ${path}</code></td><td>${says}</td></tr>`,
    )}</table></section>${faultCard(activeFaults)}${requestCard(requests)}`,
  });
}
