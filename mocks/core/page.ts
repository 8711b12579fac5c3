import { createHash } from "node:crypto";
import { Html, html } from "./html.ts";
import { knownResponse } from "./known-response.ts";

/** One look for every page of a mock; light and dark, no script, nothing loaded from elsewhere. */
const style = `
:root { color-scheme: light dark; --ink: #1b2430; --soft: #5b6675; --paper: #f5f6f8; --card: #fff; --line: #dde1e7;
  --accent: #2456c6; --on-accent: #fff; --alarm: #a8261a; --alarm-soft: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaef; --soft: #9aa5b4; --paper: #12161c; --card: #1b2129;
  --line: #303945; --accent: #8fb2ff; --on-accent: #10182a; --alarm: #ff9d92; --alarm-soft: #3a1f1c; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2.5rem 1rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; }
main.narrow { max-width: 27rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 1.5rem 1.75rem; margin: 0 0 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; letter-spacing: -.01em; }
h2 { font-size: 1rem; margin: 0 0 .75rem; }
p { margin: 0 0 .9rem; } p:last-child { margin-bottom: 0; }
.soft, small { color: var(--soft); }
code { font: .875em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; border-top: 0; }
.alarm { border-color: var(--alarm); background: var(--alarm-soft); } .alarm h2 { color: var(--alarm); }
fieldset { border: 0; padding: 0; margin: 0 0 1.25rem; } legend { padding: 0 0 .4rem; font-weight: 600; }
label { display: flex; gap: .65rem; align-items: center; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 10px; margin: 0 0 .4rem; }
label:has(:focus-visible), button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--accent); }
.choice { display: flex; gap: .75rem; }
button { flex: 1; font: inherit; font-weight: 600; padding: .65rem 1rem; border-radius: 10px; border: 1px solid var(--line);
  background: transparent; color: inherit; cursor: pointer; }
button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
@media (max-width: 30rem) { .card { padding: 1.1rem 1.15rem; } }
`;

const styleHash = createHash("sha256").update(style).digest("base64");
const styleElement = new Html(`<style>${style}</style>`);

/**
 * `form-action` is left open on purpose: browsers apply it to the redirects after a form too, and a consent form ends at
 * whatever redirect URI the client has.
 */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;

export interface PageContent {
  readonly title: string;
  readonly body: Html;
  /** `narrow` for a single question, `wide` (default) for tables. */
  readonly width?: "narrow" | "wide";
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A complete HTML page as a Response; nothing on it can run or load. */
export function page(content: PageContent): Response {
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title}</title>${styleElement}</head>
<body><main class="${content.width ?? "wide"}">${content.body}</main></body></html>
`;
  return knownResponse(content.status ?? 200, {
    headers: Object.entries({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      ...content.headers,
    }),
    body: Buffer.from(markup),
  });
}
