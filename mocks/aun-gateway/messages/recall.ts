import { type JsonObject, own, ownText, ownTexts } from "../../ath/json.ts";
import type { AunContext } from "../context.ts";
import { RpcError } from "../method.ts";
import type { Session } from "../session/session.ts";
import type { Kept } from "./mailbox.ts";

const badParams = -32602;

function wantedIds(params: JsonObject): readonly string[] {
  const one = ownText(params, "message_id");
  return one !== undefined && own(params, "message_ids") === undefined ? [one] : ownTexts(params, "message_ids");
}

/** The kept messages with these ids; of several senders with the same id, the caller's own. */
function findMessages({ mail }: AunContext, ids: ReadonlySet<string>, caller: string): Map<string, Kept> {
  const found = new Map<string, Kept>();
  for (const { lasting, passing } of mail.all()) {
    for (const kept of [lasting, passing]) {
      for (const message of kept) {
        if (ids.has(message.id) && found.get(message.id)?.from !== caller) found.set(message.id, message);
      }
    }
  }
  return found;
}

/** `message.recall`: takes messages back from their receivers (services § message.recall). */
export function recall(context: AunContext, session: Session, params: JsonObject): JsonObject {
  const { rules, clock, registry } = context;
  const ids = new Set(wantedIds(params));
  if (ids.size === 0) throw new RpcError(badParams, "message.recall needs `message_ids`, a list of text");
  const most = rules["messages.recallLimit"]();
  if (ids.size > most) throw new RpcError(badParams, `message.recall takes at most ${most} messages`);

  const caller = session.aid ?? "";
  const now = clock.now();
  const found = findMessages(context, ids, caller);
  const recalled: string[] = [];
  const errors: JsonObject[] = [];
  const byReceiver = new Map<string, string[]>();
  for (const id of ids) {
    const message = found.get(id);
    const problem = rules["messages.recallProblem"]({ caller, message, recalled: message?.recalled === true, now });
    if (problem !== undefined) {
      errors.push({ message_id: id, error: problem });
      continue;
    }
    recalled.push(id);
    if (message === undefined) continue;
    if (rules["messages.takesBack"]()) message.recalled = true;
    byReceiver.set(message.to, [...(byReceiver.get(message.to) ?? []), id]);
  }
  if (rules["messages.tellsOfRecall"]()) {
    for (const [to, messageIds] of byReceiver) {
      const notification = {
        jsonrpc: "2.0",
        method: "event/message.recalled",
        params: { from: caller, to, message_ids: messageIds, timestamp: now / 1000 },
      };
      const text = JSON.stringify(rules["rpc.push"]({ notification }));
      for (const one of registry.of(to)) if (rules["kinds.receives"]({ kind: one.kind })) one.push(text);
    }
  }
  return { success: errors.length === 0, recalled, recalled_count: recalled.length, errors };
}
