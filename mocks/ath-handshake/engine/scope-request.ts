import { type JsonObject, ownTexts } from "../../ath/json.ts";
import { ownNumber } from "../json.ts";
import { Refused } from "../refusal.ts";
import {
  type ConfirmationRequest,
  type Denial,
  type Grant,
  type Handshake,
  remember,
  type ScopeOutcome,
} from "../state.ts";
import { log } from "./audit-log.ts";
import { approve, expire, put } from "./confirmation.ts";
import { type HandshakeContext, secondsNow } from "./context.ts";
import { answerIn } from "./correlation.ts";
import { type Authorization, authorizationOf, credentialIn } from "./credential.ts";

const DEFAULT_TTL = 3600;

/** More questions than this are not remembered; the oldest are forgotten first. */
const MAX_CONFIRMATIONS = 10_000;

function result(context: HandshakeContext, handshake: Handshake, grant: Grant, denied: readonly Denial[]): Response {
  log(context, {
    event: "scopes_granted",
    outcome: grant.scopes.length > 0 ? "success" : "refused",
    handshake_id: handshake.id,
    agent: handshake.agent.did,
    user: grant.userDid,
    requested_scopes: grant.requested,
    scopes: grant.scopes,
  });
  return answerIn(context, handshake.id, "scope_result", {
    scopes_granted: grant.scopes,
    scopes_denied: denied,
    ttl_granted: grant.ttl,
    restrictions: grant.restrictions,
  });
}

/** Asks the user and waits for the end of it. */
function askedUser(
  context: HandshakeContext,
  handshake: Handshake,
  authorization: Authorization,
  body: JsonObject,
): Promise<ScopeOutcome> {
  const { rules, state, random, clock, settings } = context;
  const { user, scopes, exp, canAsk } = authorization;
  const ttl = ownNumber(body, "ttl") ?? DEFAULT_TTL;
  const lastsMs = settings.limits.confirmationTtlS * 1000;
  return new Promise((resolve, reject) => {
    const request: ConfirmationRequest = {
      id: rules["confirmation.requestId"]({ random: () => random.text(18), agentDid: handshake.agent.did }),
      handshake,
      user,
      requested: ownTexts(body, "scopes"),
      credential: { scopes, exp },
      ttl,
      expiresAt: clock.now() + lastsMs,
      answer: undefined,
      settled(outcome) {
        cancel();
        resolve(outcome);
      },
    };
    const cancel = clock.after(lastsMs, () => expire(context, request));
    const approvedUnasked = () => approve(context, request, request.requested, secondsNow(context) + ttl);
    const needed = rules["confirmation.isNeeded"]({
      required: settings.policy.requireUserConfirmation,
      agentDid: handshake.agent.did,
    });
    if (!needed || !canAsk) return approvedUnasked();
    remember(state.confirmations, request.id, request, MAX_CONFIRMATIONS);
    handshake.stage = "asking";
    handshake.expiresAt = request.expiresAt + settings.limits.handshakeTtlS * 1000;
    const about = { handshake_id: handshake.id, agent: handshake.agent.did, user: user.did };
    log(
      context,
      { event: "confirmation_requested", outcome: "success", ...about, requested_scopes: request.requested },
      credentialIn(body),
    );
    put(context, request).catch(reject);
    if (!rules["confirmation.isAwaited"]()) approvedUnasked();
  });
}

/** Step 5 within a handshake that has its scope_result: the scopes asked for are added unseen. */
export function widened(context: HandshakeContext, handshake: Handshake, body: JsonObject): Response | undefined {
  const { grant } = handshake;
  if (grant === undefined || !context.rules["scopes.takesAgain"]({ stage: handshake.stage })) return undefined;
  const scopes = [...new Set([...grant.scopes, ...ownTexts(body, "scopes")])];
  handshake.grant = { ...grant, scopes };
  return result(context, handshake, handshake.grant, []);
}

/** Step 5, answered by step 8 when the user has answered. Throws {@link Refused}. */
export async function scopeRequest(
  context: HandshakeContext,
  handshake: Handshake,
  body: JsonObject,
): Promise<Response> {
  let authorization: Authorization;
  try {
    authorization = authorizationOf(context, handshake, body);
  } catch (error) {
    handshake.stage = "ended";
    throw error;
  }
  const outcome = await askedUser(context, handshake, authorization, body);
  switch (outcome.outcome) {
    case "answered":
      return result(context, handshake, outcome.grant, outcome.denied);
    case "denied":
      throw new Refused("user-denied", "the user refused");
    case "expired":
      throw new Refused("confirmation-timeout", "the user did not answer in time");
    case "invalid":
      throw new Refused("confirmation-invalid", outcome.problem);
  }
}
