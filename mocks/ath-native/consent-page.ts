import type { Agent, Session } from "../ath/state.ts";
import { type Html, html } from "../core/html.ts";
import { page } from "../core/page.ts";
import type { ConsentPageContent } from "../oauth-provider/consent-page.ts";
import { mailApp } from "./app.ts";

/** The agent that asks, and for which session. */
export interface AskingAgent {
  readonly agent: Agent;
  readonly session: Session;
}

function userChoice(user: string, index: number): Html {
  return html`<label><input type="radio" name="user" value="${user}"${index === 0 && html` checked`}>${user}</label>`;
}

/** A scope as the user sees it: what the service decided about it for this agent, and whether it can be chosen. */
function scopeLine(scope: string, asked: readonly string[], approved: readonly string[]): Html {
  const decision = approved.includes(scope) ? "approved for this agent" : "not approved for this agent";
  if (asked.includes(scope)) {
    return html`<label><input type="checkbox" name="scope" value="${scope}" checked>
<span><code>${scope}</code> <small>${decision}</small></span></label>`;
  }
  return html`<p class="soft"><code>${scope}</code> <small>${decision}; not asked for</small></p>`;
}

/**
 * The service's own consent page. Both sides of ATH's agreement are on it: for each scope whether the service approved it
 * for this agent, and a box by which the user agrees. Nothing to log in with; it is a mock.
 */
export function consentPage(content: ConsentPageContent, asking: AskingAgent | undefined): Response {
  const { request, users, action, csrf, cookie } = content;
  const approved = asking?.agent.approvals.find(({ provider_id }) => provider_id === mailApp.id)?.approved_scopes ?? [];
  const developer = asking?.agent.developer;
  return page({
    title: `${mailApp.name}: allow an agent?`,
    width: "narrow",
    headers: { "set-cookie": cookie },
    body: html`<form class="card" method="post" action="${action}">
<h1>May this agent use your ${mailApp.name}?</h1>
<p><code>${asking?.agent.agentId ?? "unknown agent"}</code></p>
${developer !== undefined && html`<p class="soft">Developed by ${developer.name} (<code>${developer.id}</code>).</p>`}
<input type="hidden" name="csrf" value="${csrf}">
<fieldset><legend>You are</legend>${users.map(userChoice)}</fieldset>
<fieldset><legend>It may</legend>${mailApp.scopes.map((scope) => scopeLine(scope, request.scopes, approved))}</fieldset>
<div class="choice"><button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div>
</form><p class="soft"><small>A reference mock of Gateproof: no password, no real account.</small></p>`,
  });
}
