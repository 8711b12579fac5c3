import type { JsonObject } from "../../ath/json.ts";
import { ownString } from "../json.ts";
import { Refused, refusals } from "../refusal.ts";
import { textVerifies } from "../signatures.ts";
import { type Handshake, remember } from "../state.ts";
import { log } from "./audit-log.ts";
import type { HandshakeContext } from "./context.ts";
import { answerIn } from "./correlation.ts";

/** More DIDs than this do not keep their keys; the oldest are forgotten first. */
const MAX_AGENTS = 10_000;

/** The gateway's allowed scopes. */
export function allowedScopes({ settings }: HandshakeContext): readonly string[] {
  const { scopesSupported, deniedScopes } = settings.policy;
  return scopesSupported.filter((scope) => !deniedScopes.has(scope));
}

function success(context: HandshakeContext, { id }: Handshake): Response {
  const { rules, settings } = context;
  const { tokenMaxTtl, requireUserConfirmation } = settings.policy;
  const metadata = rules["identity.metadata"]({
    metadata: {
      scopes_supported: allowedScopes(context),
      token_max_ttl: tokenMaxTtl,
      require_user_confirmation: requireUserConfirmation,
    },
  });
  return answerIn(context, id, "identity_result", { success: true, ...(metadata === undefined ? {} : { metadata }) });
}

function failure(context: HandshakeContext, handshake: Handshake): Response {
  const { rules } = context;
  handshake.stage = rules["identity.stageAfterFailure"]();
  const { code, status } = refusals["identity-failed"];
  const message = "the signature does not verify over this handshake's nonce with the agent's key";
  log(context, {
    event: "handshake_refused",
    outcome: "refused",
    handshake_id: handshake.id,
    agent: handshake.agent.did,
    reason: message,
  });
  const error = rules["identity.error"]({ error: message });
  // Without an error it is no ATHError either.
  if (error === undefined) return answerIn(context, handshake.id, "identity_result", { success: false });
  return answerIn(context, handshake.id, "identity_result", { success: false, error, code, message }, status);
}

/** Step 3 within a handshake that has its proof. */
export function takenAgain(context: HandshakeContext, handshake: Handshake): Response | undefined {
  const takes = context.rules["identity.takesAgain"]({ stage: handshake.stage });
  return takes ? success(context, handshake) : undefined;
}

/** Step 3, answered by step 4. Throws {@link Refused} `key-changed`. */
export function proof(context: HandshakeContext, handshake: Handshake, body: JsonObject): Response {
  const { rules, state, settings, clock } = context;
  const signature = ownString(body, "signature") ?? "";
  const encoding = settings.binding.signature;
  const holds = rules["identity.proofHolds"]({
    handshake,
    signature,
    verifies: (by, text) => textVerifies(by.agent.key.key, text, signature, encoding),
    handshakes: () => state.handshakes.values(),
  });
  if (!holds) return failure(context, handshake);
  const { did, key } = handshake.agent;
  // Another handshake of this DID may have proved another key in the meantime.
  const proved = state.agentKeys.get(did)?.fingerprint;
  if (!rules["hello.keyIsKept"]({ fingerprint: key.fingerprint, proved })) {
    handshake.stage = "ended";
    throw new Refused("key-changed", "this DID has proved another key");
  }
  remember(state.agentKeys, did, { fingerprint: proved ?? key.fingerprint, usedAt: clock.now() }, MAX_AGENTS);
  handshake.stage = "proved";
  log(context, { event: "identity_verified", outcome: "success", handshake_id: handshake.id, agent: did });
  return success(context, handshake);
}
