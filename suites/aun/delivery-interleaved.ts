import type { AunWorld, Identity, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { isObject, strings, text } from "../engine/json.ts";
import { markedCalls } from "../engine/rpc.ts";
import { property } from "../kinds/property.ts";
import { type Arrival, arrivalsIn, timesIn } from "./shared/mail.ts";
import { pullAll, pulledIn } from "./shared/pulling.ts";
import { createReceiver } from "./shared/receiver.ts";

/** A message, or one of the receiver's connections coming or going. */
type Act = Send | Turn;
type Send = { readonly act: "send" };
type Turn = { readonly act: "open" | "close" | "drop"; readonly slot: "left" | "right" };

/** What was sent while a connection was open. */
type Due = { readonly name: string; readonly due: readonly string[] };

const expected = "every message comes once to each open connection, and can be pulled when none was open; seq grows";

function dueIn({ facts }: Evidence): readonly Due[] {
  const lines = facts["lines"];
  if (!Array.isArray(lines)) return [];
  return lines.filter(isObject).map((line) => ({ name: text(line, "name") ?? "", due: strings(line["due"]) ?? [] }));
}

/** What is wrong with what came on one way; undefined when nothing is. */
function problemOf(way: string, arrivals: readonly Arrival[], due: readonly string[]) {
  const missing = due.filter((message) => timesIn(arrivals, message) === 0);
  if (missing.length > 0) return { reasonCode: "missing", actual: `${way}: missing ${missing.join(", ")}` };
  const came = arrivals.flatMap(({ text: message }) => (message === undefined ? [] : [message]));
  const doubled = came.filter((message, index) => came.indexOf(message) < index);
  if (doubled.length > 0) return { reasonCode: "doubled", actual: `${way}: doubled ${doubled.join(", ")}` };
  const seqs = arrivals.map(({ seq }) => seq);
  const grows = seqs.every((seq, index) => index === 0 || seq > (seqs[index - 1] ?? Number.NaN));
  return grows ? undefined : { reasonCode: "out-of-order", actual: `${way}: seq ${seqs.join(", ")}` };
}

function judge(evidence: Evidence): Finding {
  const lines = dueIn(evidence);
  const sent = strings(evidence.facts["sent"]) ?? [];
  // A listed AID has a history, of which a target may bring what it has missed.
  const isOurs = ({ text: message = "" }: Arrival) => sent.includes(message);
  const pushed = new Set(lines.flatMap(({ due }) => due));
  const frames = [...markedFrames(evidence, "send"), ...markedFrames(evidence, "pull")];
  for (const { name, due } of lines) {
    const problem = problemOf(`pushes on ${name}`, arrivalsIn(evidence, name).filter(isOurs), due);
    if (problem === undefined) continue;
    return violated({ ...problem, expected, exchanges: [...frames, ...markedFrames(evidence, `${name}-inbox`)] });
  }
  const pulled = pulledIn(evidence, "pull")?.filter(isOurs);
  if (pulled === undefined) {
    const answered = markedCalls(evidence, "pull").length;
    const actual = `${answered} calls of message.pull, and not all gave a result`;
    return untested({ reasonCode: "pull-refused", expected, actual, cause: "target" });
  }
  const absent = sent.filter((message) => !pushed.has(message));
  const problem = problemOf("message.pull", pulled, absent);
  return problem === undefined ? pass(frames) : violated({ ...problem, expected, exchanges: frames });
}

/** One sender for all cases of a run: nothing of what it sends depends on what it sent before. */
const senders = new WeakMap<AunWorld["generation"], Promise<{ readonly identity: Identity; readonly token: string }>>();

async function register(world: AunWorld) {
  const identity = await world.identity();
  return { identity, token: await world.token(identity) };
}

async function sendingSession(world: AunWorld): Promise<Session> {
  // Listed identities are counted from the first in every case: the sender would be the receiver too.
  if (world.settings.aun?.identities !== "open") return world.session();
  const registered = senders.get(world.generation) ?? register(world);
  senders.set(world.generation, registered);
  const { identity, token } = await registered;
  return world.session(identity, { token });
}

/** Messages to a receiver whose connections come and go (A59): nothing is lost, nothing doubled, the order stays. */
export const interleavedCheck: Check<AunWorld> = property<readonly Act[], AunWorld>({
  id: "A59.interleaved",
  requirement: "A59",
  title: "nothing is lost and nothing doubled while the receiver's connections come and go",
  given: (fc) => {
    const send = fc.constant<Send>({ act: "send" });
    const slot = fc.constantFrom<Turn["slot"]>("left", "left", "right");
    const open = fc.record<Turn>({ act: fc.constant("open"), slot });
    const end = fc.record<Turn>({ act: fc.constantFrom("close", "drop"), slot });
    return fc.array(fc.oneof(send, send, send, open, end), { minLength: 1, maxLength: 14, size: "max" });
  },
  async drive(world, given) {
    const sender = await sendingSession(world);
    const receiver = createReceiver(world, await world.identity());
    const prefix = world.unique("message");
    const sent: string[] = [];
    for (const step of given) {
      if (step.act === "send") {
        const message = `${prefix}.${sent.length + 1}`;
        await receiver.send(sender, message);
        sent.push(message);
      } else if (step.act === "open") {
        await receiver.open(step.slot);
      } else {
        await receiver.end(step.slot, step.act);
      }
      if (!receiver.complete) break;
    }
    await receiver.settle();
    await pullAll(world, "pull", await receiver.open("left"));
    world.fact("sent", sent);
    world.fact(
      "lines",
      receiver.lines.map(({ name, due }) => ({ name, due })),
    );
  },
  judge,
});
