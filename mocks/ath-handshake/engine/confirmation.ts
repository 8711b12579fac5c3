import type { JsonObject } from "../../ath/json.ts";
import { own, ownTexts } from "../../ath/json.ts";
import { ownNumber, ownString } from "../json.ts";
import { Refused } from "../refusal.ts";
import type { ConfirmationAnswer, ConfirmationMessage } from "../rules/confirmation.ts";
import type { Restrictions } from "../settings.ts";
import { textVerifies } from "../signatures.ts";
import type { ConfirmationRequest, Grant } from "../state.ts";
import { log } from "./audit-log.ts";
import { type HandshakeContext, secondsNow } from "./context.ts";
import { judged, objectIn } from "./message.ts";
import { allowedScopes } from "./proof.ts";

/** The text that a user signs (step 7). */
export function confirmationText(
  answer: Pick<ConfirmationAnswer, "requestId" | "approved" | "approvedScopes" | "expiresAt">,
): string {
  return JSON.stringify([answer.requestId, answer.approved, answer.approvedScopes, answer.expiresAt]);
}

function restrictionsFor({ settings }: HandshakeContext, clientDid: string): Restrictions {
  const rows = settings.policy.restrictions.filter(({ fits }) => fits(clientDid));
  return Object.assign({}, ...rows.map(({ restrictions }) => restrictions));
}

/** Decides what is granted (step 8) after the user approved these scopes until then, in seconds since the epoch. */
export function approve(
  context: HandshakeContext,
  request: ConfirmationRequest,
  approved: readonly string[],
  confirmedUntil: number,
): void {
  const { rules, settings, clock } = context;
  const { handshake, requested, credential } = request;
  const allowed = allowedScopes(context);
  const scopes = rules["scopes.granted"]({ requested, credential: credential.scopes, approved, allowed });
  const now = clock.now() / 1000;
  const grant: Grant = {
    userDid: request.user.did,
    requested,
    scopes,
    ttl: rules["scopes.ttl"]({
      asked: request.ttl,
      most: settings.policy.tokenMaxTtl,
      credentialLeft: credential.exp - now,
      confirmationLeft: confirmedUntil - now,
    }),
    restrictions: restrictionsFor(context, handshake.agent.did),
  };
  const reasonFor = (scope: string) => {
    if (!allowed.includes(scope)) return "the gateway's policy does not allow it";
    return credential.scopes.includes(scope) ? "the user did not approve it" : "the user's credential does not hold it";
  };
  const denied = rules["scopes.denied"]({ requested, granted: scopes, reasonFor });
  request.answer = "approved";
  handshake.grant = grant;
  handshake.stage = rules["scopes.stageAfter"]({ granted: scopes });
  handshake.expiresAt = clock.now() + settings.limits.handshakeTtlS * 1000;
  request.settled({ outcome: "answered", grant, denied });
}

/** Takes the user's refusal. */
export function deny({ rules }: HandshakeContext, request: ConfirmationRequest): void {
  request.answer = "denied";
  request.handshake.stage = rules["confirmation.stageAfterDenial"]();
  request.settled({ outcome: "denied" });
}

/** What silence until the end means. */
export function expire(context: HandshakeContext, request: ConfirmationRequest): void {
  if (request.answer !== undefined) return;
  if (context.rules["confirmation.onSilence"]() === "approve") {
    approve(context, request, request.requested, secondsNow(context) + request.ttl);
    return;
  }
  request.answer = "expired";
  request.handshake.stage = "ended";
  request.settled({ outcome: "expired" });
}

function logAnswer(context: HandshakeContext, request: ConfirmationRequest, outcome: "success" | "refused"): void {
  log(context, {
    event: "confirmation_answered",
    outcome,
    handshake_id: request.handshake.id,
    agent: request.handshake.agent.did,
    user: request.user.did,
    requested_scopes: request.requested,
  });
}

/**
 * Takes a user's answer (step 7); `asked` is the question whose call it answers. Throws {@link Refused} when it does not
 * count.
 */
export function receive(context: HandshakeContext, body: JsonObject, asked?: ConfirmationRequest): void {
  const { rules, state, settings, clock } = context;
  const message = judged(context, body);
  if (message.type !== "authorization_confirmation_response") {
    throw new Refused("message-malformed", "an authorization_confirmation_response is expected here");
  }
  const answer: ConfirmationAnswer = {
    requestId: ownString(body, "request_id") ?? "",
    approved: own(body, "approved") === true,
    approvedScopes: ownTexts(body, "approved_scopes"),
    expiresAt: ownNumber(body, "expires_at") ?? 0,
    signature: ownString(body, "signature") ?? "",
  };
  const requests = state.confirmations;
  const request = rules["confirmation.request"]({ requestId: answer.requestId, asked, requests });
  if (request === undefined) throw new Refused("confirmation-unknown", "no such confirmation was requested");
  const signed = rules["confirmation.signatureHolds"]({
    user: request.user.key.key,
    agent: request.handshake.agent.key.key,
    anyUser: () => [...settings.users.values()].map(({ key }) => key.key),
    answer,
    verifies: (key, changed = {}) =>
      textVerifies(key, confirmationText({ ...answer, ...changed }), answer.signature, settings.binding.signature),
    questionEnds: Math.floor(request.expiresAt / 1000),
    requestIds: () => requests.keys(),
  });
  if (!signed) throw new Refused("confirmation-invalid", "the confirmation is not signed by the user who was asked");
  if (!rules["confirmation.isOpen"]({ answered: request.answer !== undefined })) {
    throw new Refused("confirmation-answered", "this confirmation was answered before, or came too late");
  }
  if (!rules["confirmation.isUnexpired"]({ expiresAt: answer.expiresAt, now: clock.now() })) {
    throw new Refused("confirmation-invalid", "the confirmation has expired");
  }
  const approved = rules["confirmation.approved"]({ answer, requested: request.requested });
  logAnswer(context, request, approved === undefined ? "refused" : "success");
  if (approved === undefined) deny(context, request);
  else approve(context, request, approved, answer.expiresAt);
}

function messageFor(context: HandshakeContext, request: ConfirmationRequest): ConfirmationMessage {
  const { did } = request.handshake.agent;
  const lastPart = did.slice(did.lastIndexOf(":") + 1);
  return context.rules["confirmation.message"]({
    message: {
      type: "authorization_confirmation_request",
      timestamp: secondsNow(context),
      request_id: request.id,
      client_did: did,
      client_info: context.settings.agents.get(did) ?? { name: lastPart, developer: "unknown" },
      requested_scopes: request.requested,
      expires_at: Math.floor(request.expiresAt / 1000),
    },
  });
}

/** Takes what a user sends by habit. What does not count is logged, as it is when it comes over the network. */
function receiveByHabit(context: HandshakeContext, { handshake, user }: ConfirmationRequest, body: JsonObject): void {
  try {
    receive(context, body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const about = { handshake_id: handshake.id, agent: handshake.agent.did, user: user.did };
    log(context, { event: "handshake_refused", outcome: "refused", ...about, reason: error.message });
  }
}

/**
 * Puts the question to the user (step 6). What the channel answers counts when it is an answer; a wrong one ends the
 * request. Everything else means that the user answers later, or on his page.
 */
export async function put(context: HandshakeContext, request: ConfirmationRequest): Promise<void> {
  const byHabit = context.answersOf(request);
  if (byHabit !== undefined) {
    for (const body of byHabit) receiveByHabit(context, request, body);
    return;
  }
  const { confirmationUrl } = request.user;
  if (confirmationUrl === undefined) return;
  const reply = await context.ask(confirmationUrl, JSON.stringify(messageFor(context, request)));
  const body = reply === undefined || reply.status < 200 || reply.status > 299 ? undefined : objectIn(reply.text);
  if (body === undefined || own(body, "type") !== "authorization_confirmation_response") return;
  try {
    receive(context, body, request);
  } catch (error) {
    if (request.answer !== undefined) return;
    request.answer = "denied";
    request.handshake.stage = "ended";
    request.settled({
      outcome: "invalid",
      problem: error instanceof Refused ? error.message : "the confirmation could not be read",
    });
  }
}
