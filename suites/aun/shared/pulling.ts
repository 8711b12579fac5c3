import type { AunConnection, AunWorld, Members, Session } from "../../drivers/aun/world.ts";
import type { Evidence } from "../../engine/evidence.ts";
import { member } from "../../engine/json.ts";
import { markedCalls, type RpcCall } from "../../engine/rpc.ts";
import { grantedCall } from "../../kinds/rpc-control.ts";
import { type Arrival, arrivalOf } from "./mail.ts";

/** As many as one call of message.pull gives at most (AUN docs 06 § 6.3). */
const pageSize = 50;
/** A target that always has more is not followed for ever. */
const mostPages = 20;

/** The messages in an answer. */
export function messagesIn({ result }: RpcCall): readonly Arrival[] {
  const messages = member(result, "messages");
  return Array.isArray(messages) ? messages.map(arrivalOf) : [];
}

/** message.pull as an instance pulls for itself; `bend` replaces members. */
export function pullOwn(session: Session, bend: Members): Promise<RpcCall> {
  return session.call("message.pull", { device_id: session.device, slot_id: session.slot, ...bend });
}

/** message.ack of everything up to a seq. */
export function acknowledge(session: Session, seq: number, bend: Members = {}): Promise<RpcCall> {
  return session.call("message.ack", { seq, device_id: session.device, slot_id: session.slot, ...bend });
}

/**
 * message.pull, page by page until a page is empty or leads no further (role `name`). `from`: the seq of the first message
 * that is of interest; a listed AID has a history.
 */
export async function pullAll(world: AunWorld, name: string, connection: AunConnection, from = 1): Promise<void> {
  let after = from - 1;
  for (let page = 0; page < mostPages; page += 1) {
    const call = await connection.call("message.pull", { after_seq: after, limit: pageSize });
    world.mark(name, call);
    const last = Math.max(after, ...messagesIn(call).map(({ seq }) => (Number.isFinite(seq) ? seq : 0)));
    if (last === after) return;
    after = last;
  }
}

/** Everything that was pulled, page after page; undefined when a page was refused. */
export function pulledIn(evidence: Evidence, name: string): readonly Arrival[] | undefined {
  const calls = markedCalls(evidence, name);
  return calls.length > 0 && calls.every(grantedCall) ? calls.flatMap(messagesIn) : undefined;
}
