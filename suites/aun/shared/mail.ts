import type { AunConnection, AunWorld, Members, Received } from "../../drivers/aun/world.ts";
import { type Evidence, type Frame, markedFrames } from "../../engine/evidence.ts";
import { type Finding, pass, violated } from "../../engine/finding.ts";
import { isObject, member, text } from "../../engine/json.ts";
import { messageOf, type RpcCall } from "../../engine/rpc.ts";
import { requireResult } from "../../kinds/rpc-control.ts";

/** The push by which a receiver learns of a message (AUN docs 06 § 6.3). */
const receivedEvent = "event/message.received";

/** Somebody's inbox: what came on the connection gets the role `<name>-inbox`. */
export interface Inbox {
  readonly name: string;
  readonly connection: AunConnection;
}

/** A message as its receiver sees it, pushed or pulled. */
export interface Arrival {
  /** As the sender wrote it; undefined when the payload has no text. */
  readonly text: string | undefined;
  /** NaN when there is none. */
  readonly seq: number;
  readonly mode: string | undefined;
  readonly members: unknown;
}

/** message.send of a text, whatever comes of it. */
export function sendText(sender: AunConnection, to: string, message: string, bend: Members = {}): Promise<RpcCall> {
  return sender.call("message.send", { to, payload: { text: message }, ...bend });
}

/** The same (role `send`); ends the check when it is refused. */
export async function deliverText(
  world: AunWorld,
  sender: AunConnection,
  to: string,
  message: string,
): Promise<RpcCall> {
  const call = await sendText(sender, to, message);
  world.mark("send", call);
  requireResult(call, "message.send");
  return call;
}

/** The messages that were pushed on a connection so far. */
export function pushedOn({ received }: AunConnection): readonly Received[] {
  return received.filter(({ method }) => method === receivedEvent);
}

/**
 * Waits until enough has come, or patience is over; then makes a round trip on every connection, so that what is there
 * twice is there too. Gives all pushes of messages their role.
 */
export async function gather(
  world: AunWorld,
  inboxes: readonly Inbox[],
  enough: () => boolean,
  patienceMs: number = world.patience,
): Promise<void> {
  const until = performance.now() + patienceMs;
  const open = () => inboxes.filter(({ connection }) => connection.isOpen);
  for (;;) {
    const complete = enough();
    await Promise.all(open().map(({ connection }) => connection.settle()));
    if (complete || performance.now() > until || open().length === 0) break;
    if (!enough()) await world.wait(20);
  }
  for (const { name, connection } of inboxes)
    world.mark(`${name}-inbox`, ...pushedOn(connection).map(({ frame }) => frame));
}

/** What came into an inbox. What was pushed before the first message was sent (role `send`) waited there from earlier. */
export function arrivalsIn(evidence: Evidence, name: string): readonly Arrival[] {
  const [first] = markedFrames(evidence, "send");
  return markedFrames(evidence, `${name}-inbox`)
    .filter(({ id }) => first === undefined || id > first.id)
    .map((frame) => arrivalOf(member(messageOf(frame), "params")));
}

/** The frames of inboxes. */
export function inboxFrames(evidence: Evidence, names: readonly string[]): readonly Frame[] {
  return names.flatMap((name) => markedFrames(evidence, `${name}-inbox`));
}

/** Reads the params of a push, or a message of message.pull. */
export function arrivalOf(members: unknown): Arrival {
  const seq = member(members, "seq");
  return {
    text: text(member(members, "payload"), "text"),
    seq: typeof seq === "number" ? seq : Number.NaN,
    mode: modeOf(members),
    members,
  };
}

/** The delivery mode in an event or a result: a word, or an object that holds it. */
export function modeOf(value: unknown): string | undefined {
  const mode = member(value, "delivery_mode");
  return isObject(mode) ? text(mode, "mode") : text(value, "delivery_mode");
}

/** Numbered texts. */
export function texts(count: number, prefix = "message"): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`);
}

/** How often each text is among the arrivals. */
export function timesIn(arrivals: readonly Arrival[], message: string): number {
  return arrivals.filter((arrival) => arrival.text === message).length;
}

/** Judges that every inbox got every text once: `missing`, `doubled`. */
export function judgeArrivals(
  evidence: Evidence,
  { expected, at }: { readonly expected: readonly string[]; readonly at: readonly string[] },
): Finding {
  const exchanges = [...markedFrames(evidence, "send"), ...inboxFrames(evidence, at)];
  const wanted = "each connection gets each message once";
  for (const name of at) {
    const arrivals = arrivalsIn(evidence, name);
    const missing = expected.filter((message) => timesIn(arrivals, message) === 0);
    const doubled = expected.filter((message) => timesIn(arrivals, message) > 1);
    for (const [reasonCode, those] of [["missing", missing] as const, ["doubled", doubled] as const]) {
      if (those.length === 0) continue;
      const actual = `${name}: ${reasonCode} ${those.join(", ")}`;
      return violated({ reasonCode, expected: wanted, actual, exchanges });
    }
  }
  return pass(exchanges);
}

/** Judges that each text came to exactly one of the inboxes: `missing`, `doubled`. */
export function judgeShared(
  evidence: Evidence,
  { expected, at }: { readonly expected: readonly string[]; readonly at: readonly string[] },
): Finding {
  const exchanges = [...markedFrames(evidence, "send"), ...inboxFrames(evidence, at)];
  const arrivals = at.flatMap((name) => arrivalsIn(evidence, name));
  const wanted = "exactly one connection gets each message";
  for (const message of expected) {
    const times = timesIn(arrivals, message);
    if (times === 1) continue;
    const reasonCode = times === 0 ? "missing" : "doubled";
    return violated({ reasonCode, expected: wanted, actual: `"${message}" came ${times} times`, exchanges });
  }
  return pass(exchanges);
}
