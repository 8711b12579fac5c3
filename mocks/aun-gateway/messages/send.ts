import { type JsonObject, own, ownText } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import type { SendProblem } from "../rules/messages.ts";
import type { Session } from "../session/session.ts";
import { issuerOf } from "../settings.ts";
import { deliver } from "./deliver.ts";

/** Longer ids are refused, so that what is remembered stays small. */
const idCharacters = 128;

const messages: Readonly<Record<SendProblem, string>> = {
  "no-target": "message.send needs `to`, a full AID",
  "no-payload": "message.send needs `payload`",
  "payload-too-large": "the payload is larger than max_message_size",
  "unknown-target": "nobody has this AID",
};

/** Every refusal of message.send has this code (message service § errors). */
const refused = -32603;

function problemsOf(context: AunContext, params: JsonObject, frameLength: number): SendProblem[] {
  const problems: SendProblem[] = [];
  const to = ownText(params, "to");
  if (to === undefined || !to.includes(".")) problems.push("no-target");
  const payload = own(params, "payload");
  if (payload === undefined || payload === null) problems.push("no-payload");
  const { payloadBytes } = context.settings.limits;
  // UTF-8 needs up to three bytes for each character of the frame.
  if (frameLength * 3 > payloadBytes && Buffer.byteLength(JSON.stringify(payload) ?? "") > payloadBytes) {
    problems.push("payload-too-large");
  }
  if (to !== undefined && issuerOf(to) === context.settings.issuer && !context.auth.known(to)) {
    problems.push("unknown-target");
  }
  return problems;
}

/** `message.send` (message service § message.send), within the domain or to another. */
export function send(context: AunContext, session: Session, params: JsonObject): JsonObject | Promise<JsonObject> {
  const { rules, settings, federation, clock } = context;
  const problems = problemsOf(context, params, session.frameLength);
  const problem = rules["messages.problem"]({ problem: problems[0], problems });
  if (problem !== undefined) throw new RpcError(refused, messages[problem], { problem });
  const messageId = own(params, "message_id");
  if (
    messageId !== undefined &&
    (typeof messageId !== "string" || messageId === "" || messageId.length > idCharacters)
  ) {
    throw new RpcError(refused, `message_id must be text of 1 to ${idCharacters} characters`);
  }

  const from = rules["messages.from"]({ authenticated: session.aid ?? "", params });
  const to = ownText(params, "to") ?? from;
  const message = {
    from,
    to,
    messageId,
    payload: own(params, "payload") ?? null,
    type: own(params, "type"),
    encrypted: own(params, "encrypted") === true,
    params,
    weight: session.frameLength,
  };
  if (issuerOf(to) !== settings.issuer && !problems.includes("no-target")) return federation.send(message);

  const waitMs = rules["federation.localWaitMs"]({ failedAt: federation.failedAt(), now: clock.now() });
  if (waitMs === 0) return deliver(context, message);
  return new Promise((resolve) => clock.after(waitMs, () => resolve(deliver(context, message))));
}
