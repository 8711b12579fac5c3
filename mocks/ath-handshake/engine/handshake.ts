import type { JsonObject } from "../../ath/json.ts";
import { isJsonObject, own } from "../../ath/json.ts";
import { ownString } from "../json.ts";
import { Refused } from "../refusal.ts";
import { dueAt, type StepMessage } from "../rules/order.ts";
import type { SecretsAtHand } from "../rules/traffic.ts";
import { textVerifies } from "../signatures.ts";
import type { Handshake } from "../state.ts";
import { log } from "./audit-log.ts";
import { complete } from "./complete.ts";
import { receive } from "./confirmation.ts";
import type { HandshakeContext } from "./context.ts";
import { carriedId } from "./correlation.ts";
import { credentialIn } from "./credential.ts";
import { hello } from "./hello.ts";
import { bytesOf, judged, objectOf } from "./message.ts";
import { proof, takenAgain } from "./proof.ts";
import { scopeRequest, widened } from "./scope-request.ts";

/** The handshake opened last in which a message is due, by an agent that signed what the message holds. */
function latestFor({ state, settings }: HandshakeContext, type: StepMessage, body: JsonObject): Handshake | undefined {
  const authorization = own(body, "user_authorization");
  const signed = isJsonObject(authorization) ? authorization : body;
  const signature = ownString(signed, "signature");
  const fits = ({ agent, nonceB, stage }: Handshake) => {
    if (stage !== dueAt[type]) return false;
    const text = ownString(signed, "credential") ?? nonceB;
    return signature === undefined || textVerifies(agent.key.key, text, signature, settings.binding.signature);
  };
  return [...state.handshakes.values()].findLast(fits);
}

/** The handshake that a message belongs to. Throws {@link Refused}. */
function handshakeOf(context: HandshakeContext, request: Request, type: StepMessage, body: JsonObject): Handshake {
  const { rules, state, settings } = context;
  const id = carriedId(context, request, body);
  if (id === undefined) {
    throw new Refused("message-malformed", `the handshake's id is missing (${settings.binding.correlation})`);
  }
  const { handshakes } = state;
  const handshake = rules["order.handshake"]({ id, handshakes, latest: () => latestFor(context, type, body) });
  if (handshake === undefined) throw new Refused("handshake-unknown", "there is no such handshake");
  return handshake;
}

/** Whether the handshake still lives. Throws {@link Refused} `handshake-expired`. */
function judgeAge({ rules, clock }: HandshakeContext, { stage, expiresAt }: Handshake): void {
  if (rules["order.isAlive"]({ stage, expiresAt, now: clock.now() })) return;
  throw new Refused("handshake-expired", "the handshake waited too long for its next message");
}

/** Whether the message is due. Throws {@link Refused} `out-of-order`. */
function judgeOrder(context: HandshakeContext, handshake: Handshake, type: StepMessage): void {
  const { rules, state } = context;
  const stage = rules["order.stage"]({ handshake, handshakes: state.handshakes });
  if (rules["order.isDue"]({ type, stage })) return;
  handshake.stage = rules["order.afterUndue"]({ stage: handshake.stage });
  throw new Refused("out-of-order", `a ${type} is not due in this handshake`);
}

function step(
  context: HandshakeContext,
  handshake: Handshake,
  type: StepMessage,
  body: JsonObject,
): Response | Promise<Response> {
  const again =
    type === "identity_proof"
      ? takenAgain(context, handshake)
      : type === "scope_request"
        ? widened(context, handshake, body)
        : undefined;
  if (again !== undefined) return again;
  judgeOrder(context, handshake, type);
  const before = context.rules["order.beforeStep"]({ type });
  const act = () => taken(context, handshake, type, body);
  return before === undefined ? act() : before.then(act);
}

/** Acts on a message that is due. */
function taken(
  context: HandshakeContext,
  handshake: Handshake,
  type: StepMessage,
  body: JsonObject,
): Response | Promise<Response> {
  handshake.expiresAt = context.clock.now() + context.settings.limits.handshakeTtlS * 1000;
  if (type === "identity_proof") return proof(context, handshake, body);
  return type === "scope_request" ? scopeRequest(context, handshake, body) : complete(context, handshake, body);
}

/** Whom a message is about, for the log. */
interface Subject {
  agent?: string;
  handshake_id?: string;
  secrets: SecretsAtHand;
}

async function answered(context: HandshakeContext, request: Request, subject: Subject): Promise<Response> {
  const body = objectOf(context, await bytesOf(context, request));
  subject.secrets = credentialIn(body);
  const did = ownString(body, "client_did");
  if (did !== undefined) subject.agent = did.slice(0, 300);
  const { type } = judged(context, body);
  if (type === "handshake_request") return hello(context, request, body);
  if (type === "authorization_confirmation_response") {
    throw new Refused("message-malformed", "confirmations have an endpoint of their own");
  }
  const handshake = handshakeOf(context, request, type, body);
  subject.agent = handshake.agent.did;
  subject.handshake_id = handshake.id;
  judgeAge(context, handshake);
  return step(context, handshake, type, body);
}

async function logged(context: HandshakeContext, work: (subject: Subject) => Promise<Response>): Promise<Response> {
  const subject: Subject = { secrets: {} };
  try {
    return await work(subject);
  } catch (error) {
    const { secrets, ...who } = subject;
    const reason = error instanceof Refused ? error.message : "the gateway failed";
    const outcome = error instanceof Refused ? "refused" : "failed";
    log(context, { event: "handshake_refused", outcome, ...who, reason }, secrets);
    throw error;
  }
}

/** An agent's message (steps 1, 3, 5 and 9). Throws {@link Refused}. */
export function message(context: HandshakeContext, request: Request): Promise<Response> {
  return logged(context, (subject) => answered(context, request, subject));
}

/** A user's answer (step 7). Throws {@link Refused}. */
export function confirmation(context: HandshakeContext, request: Request): Promise<Response> {
  return logged(context, async () => {
    receive(context, objectOf(context, await bytesOf(context, request)));
    return new Response(null, { status: 204 });
  });
}
