import { isJsonObject, type JsonObject } from "../../ath/json.ts";
import { BodyError, readBody } from "../../core/json.ts";
import { ownNumber } from "../json.ts";
import { Refused } from "../refusal.ts";
import type { MessageType } from "../rules/message.ts";
import type { HandshakeContext } from "./context.ts";

/** A message whose form and time are right. */
export interface Message {
  readonly type: MessageType;
  readonly body: JsonObject;
}

/** The bytes of a body. Throws {@link Refused} `message-too-large`. */
export async function bytesOf({ rules, settings }: HandshakeContext, request: Request): Promise<Uint8Array> {
  try {
    return await readBody(request, rules["message.maxBytes"]({ configured: settings.limits.bodyMaxBytes }));
  } catch (error) {
    if (error instanceof BodyError) throw new Refused("message-too-large", error.message);
    throw error;
  }
}

/** The JSON object in a body. Throws {@link Refused} `message-malformed`. */
export function objectOf({ rules }: HandshakeContext, bytes: Uint8Array): JsonObject {
  const parsed = rules["message.parse"]({
    bytes,
    depthIsBearable: (text) => rules["message.depthIsBearable"]({ text }),
  });
  if (!parsed.ok) throw new Refused("message-malformed", `the message ${parsed.problem}`);
  const body = rules["message.asObject"]({ value: parsed.value });
  if (body === undefined) throw new Refused("message-malformed", "the message must be a JSON object");
  return body;
}

/** Judges form and time. Throws {@link Refused} `message-malformed` or `timestamp-off`. */
export function judged({ rules, clock }: HandshakeContext, body: JsonObject): Message {
  const type = rules["message.type"]({ message: body });
  if (type === undefined) throw new Refused("message-malformed", "the type of the message is missing or unknown");
  const issues = rules["message.issues"]({ type, message: body });
  if (issues.length > 0) {
    const first = issues.map(({ member, problem }) => `${member} ${problem}`).slice(0, 3);
    throw new Refused("message-malformed", `the ${type} breaks its form: ${first.join("; ")}`);
  }
  if (!rules["message.timestampFits"]({ type, timestamp: ownNumber(body, "timestamp"), now: clock.now() })) {
    throw new Refused("timestamp-off", "the timestamp must be within 5 minutes of now, in seconds");
  }
  return { type, body };
}

/** The JSON object of a text that should be one; undefined: it is none. */
export function objectIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
