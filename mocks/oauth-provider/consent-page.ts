import { type Html, html } from "../core/html.ts";
import { page } from "../core/page.ts";
import type { AuthorizationRequest } from "./authorization-request.ts";

export interface ConsentPageContent {
  readonly request: AuthorizationRequest;
  readonly users: readonly string[];
  /** Where the form goes. */
  readonly action: string;
  readonly csrf: string;
  readonly cookie: string;
}

function userChoice(user: string, index: number): Html {
  return html`<label><input type="radio" name="user" value="${user}"${index === 0 && html` checked`}>${user}</label>`;
}

function scopeChoice(scope: string): Html {
  return html`<label><input type="checkbox" name="scope" value="${scope}" checked><code>${scope}</code></label>`;
}

/** Who you are, what you allow: the page that a person sees at /authorize. Nothing to log in with; it is a mock. */
export function consentPage({ request, users, action, csrf, cookie }: ConsentPageContent): Response {
  const { client, scopes, redirectUri, resources } = request;
  return page({
    title: `Allow ${client.client_id}?`,
    width: "narrow",
    headers: { "set-cookie": cookie },
    body: html`<form class="card" method="post" action="${action}">
<h1>Allow <code>${client.client_id}</code> to act for you?</h1>
<p class="soft">You then return to <code>${new URL(redirectUri).host}</code>.${resources.map(
      (resource) => html` For <code>${resource}</code>.`,
    )}</p>
<input type="hidden" name="csrf" value="${csrf}">
<fieldset><legend>You are</legend>${users.map(userChoice)}</fieldset>
<fieldset><legend>It may</legend>${scopes.map(scopeChoice)}</fieldset>
<div class="choice"><button class="main" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div>
</form><p class="soft"><small>A reference mock of Gateproof: no password, no real account.</small></p>`,
  });
}

/** What a person sees when nobody can be told by redirect. */
export function refusalPage(sentence: string, status = 400): Response {
  return page({
    title: "This request cannot be answered",
    width: "narrow",
    status,
    body: html`<section class="card alarm"><h2>This request cannot be answered</h2><p>${sentence}</p></section>`,
  });
}
