import { createHmac, type KeyObject, randomBytes } from "node:crypto";
import { sameText } from "../ath/random.ts";
import { html } from "../core/html.ts";
import { page } from "../core/page.ts";
import { receive } from "./engine/confirmation.ts";
import type { HandshakeContext } from "./engine/context.ts";
import { bytesOf } from "./engine/message.ts";
import { Refused } from "./refusal.ts";
import type { User } from "./settings.ts";
import type { ConfirmationRequest } from "./state.ts";
import { signedAnswer } from "./user-habits.ts";

/**
 * The page of one user, for a person at a mock: pending questions with Approve and Deny. The mock signs the answer with
 * the user's key where it has it; anybody who reaches the page is taken for the user.
 */
export interface UserPages {
  /** `rest` is what follows `/user/`. Throws {@link Refused}. */
  answer(request: Request, rest: string): Promise<Response>;
}

function pendingOf({ state, clock }: HandshakeContext, user: User): readonly ConfirmationRequest[] {
  return [...state.confirmations.values()].filter(
    (request) => request.user.did === user.did && request.answer === undefined && request.expiresAt > clock.now(),
  );
}

/** Pages for the users; `keys` are private keys by DID. */
export function userPages(context: HandshakeContext, keys: ReadonlyMap<string, KeyObject>): UserPages {
  const secret = randomBytes(32);
  const csrfOf = (id: string) => createHmac("sha256", secret).update(id).digest("base64url");
  const { publicUrl, users, agents } = context.settings;

  const card = (user: User, request: ConfirmationRequest) => {
    const { did } = request.handshake.agent;
    const info = agents.get(did);
    const seconds = Math.max(0, Math.round((request.expiresAt - context.clock.now()) / 1000));
    return html`<section class="card"><h2>${info?.name ?? did} asks for access</h2>
<p class="soft"><code>${did}</code>${info === undefined ? "" : ` by ${info.developer}`}, for ${seconds} s more</p>
<form method="post" action="${publicUrl}/user/${user.name}">
<input type="hidden" name="request_id" value="${request.id}"><input type="hidden" name="csrf" value="${csrfOf(request.id)}">
<fieldset><legend>It may</legend>${request.requested.map(
      (scope) => html`<label><input type="checkbox" name="scope" value="${scope}" checked>${scope}</label>`,
    )}</fieldset>
<div class="choice"><button name="answer" value="deny">Deny</button><button class="main" name="answer" value="approve">Approve</button></div>
</form></section>`;
  };

  const shown = (user: User, notice?: string): Response => {
    const pending = pendingOf(context, user);
    const canSign = keys.has(user.did);
    return page({
      title: `${user.name} — confirmations`,
      width: "narrow",
      body: html`<section class="card"><h1>${user.name}</h1><p class="soft"><code>${user.did}</code></p>
${notice === undefined ? undefined : html`<p>${notice}</p>`}
${pending.length === 0 ? html`<p>Nobody asks for anything.</p>` : undefined}
${canSign ? undefined : html`<p>This user's key is elsewhere: ${pending.length} waiting for an answer from there.</p>`}
</section>${canSign ? pending.map((request) => card(user, request)) : undefined}`,
    });
  };

  const answered = async (user: User, request: Request): Promise<Response> => {
    const form = new URLSearchParams(Buffer.from(await bytesOf(context, request)).toString("utf8"));
    const id = form.get("request_id") ?? "";
    if (!sameText(form.get("csrf") ?? "", csrfOf(id))) throw new Refused("operation-not-granted", "not from this page");
    const key = keys.get(user.did);
    const asked = pendingOf(context, user).find((one) => one.id === id);
    if (asked === undefined || key === undefined) return shown(user, "This question is no longer open.");
    const approved = form.get("answer") === "approve";
    const scopes = approved ? form.getAll("scope") : [];
    receive(context, signedAnswer(context, key, asked, { approved, scopes }));
    return shown(user, approved ? "Approved." : "Denied.");
  };

  return {
    async answer(request, rest) {
      const user = [...users.values()].find(({ name }) => name === rest);
      if (user === undefined) throw new Refused("route-unknown", "there is no such user");
      if (request.method === "POST") return answered(user, request);
      if (request.method === "GET" || request.method === "HEAD") return shown(user);
      throw new Refused("method-unsupported", "this page takes GET, POST", { headers: { allow: "GET, POST" } });
    },
  };
}
