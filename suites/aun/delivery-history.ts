import type { AunWorld, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import { type Json, member } from "../engine/json.ts";
import { markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { deliveries } from "./shared/deliveries.ts";
import { deliverText, sendText, texts, timesIn } from "./shared/mail.ts";
import { claimFreed, seat } from "./shared/places.ts";
import { wentOffline } from "./shared/presence.ts";
import { pullAll, pulledIn } from "./shared/pulling.ts";

/** What queue mode keeps for one AID (AUN docs 06 § 6.3). */
const kept = 200;
const keptForS = 300;
/** So many requests at once the public clients send. */
const atOnce = 14;

const few = texts(3);
const many = texts(210);

/** An AID whose only connection has declared a mode and gone, one who sends to it, and the way back. */
async function absent(world: AunWorld, delivery: Json) {
  const sender = await world.session();
  const identity = await world.identity();
  const place = { device: world.unique("device"), delivery };
  const before = await seat(world, "before", identity, place);
  await before.connection.close();
  await wentOffline(world, sender, identity.aid);
  return {
    sender,
    aid: identity.aid,
    comeBack: async () => (await claimFreed(world, "back", identity, place)).connection,
  };
}

/** The seq in a result; nothing when there is none. */
function seqIn({ result }: RpcCall): readonly number[] {
  const seq = member(result, "seq");
  return typeof seq === "number" ? [seq] : [];
}

const firstOf = (seqs: readonly number[]) => (seqs.length === 0 ? 1 : Math.min(...seqs));

/** Sends texts one by one and gives the seq of the first; ends the check when one is refused. */
async function deliverAll(world: AunWorld, sender: Session, aid: string, messages: readonly string[]): Promise<number> {
  const seqs: number[] = [];
  for (const message of messages) seqs.push(...seqIn(await deliverText(world, sender, aid, message)));
  return firstOf(seqs);
}

function notPulled(evidence: Evidence, expected: string, role: string): Finding {
  const answered = markedCalls(evidence, role).length;
  const actual = `${answered} calls of message.pull, and not all gave a result`;
  return untested({ reasonCode: "pull-refused", expected, actual, cause: "target" });
}

/** Whether every result says that the message went out by fanout. */
function sentAsFanout(evidence: Evidence): boolean {
  const results = markedCalls(evidence, "send").flatMap(({ result }) => (result === undefined ? [] : [result]));
  return results.length > 0 && results.every((result) => member(result, "delivery_mode") === "fanout");
}

const pullFrames = (evidence: Evidence, role: string) => markedCalls(evidence, role).flatMap(({ frames }) => frames);

/** What is kept for somebody who is away (A66). */
export const historyChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A66.fanout-history",
    requirement: "A66",
    title: "with fanout, what came while an AID was away can be pulled afterwards",
    async drive(world) {
      const { sender, aid, comeBack } = await absent(world, deliveries.fanout);
      const from = await deliverAll(world, sender, aid, few);
      await pullAll(world, "pull", await comeBack(), from);
    },
    judge(evidence) {
      const expected = few.join(", ");
      const pulled = pulledIn(evidence, "pull");
      if (pulled === undefined) return notPulled(evidence, expected, "pull");
      const missing = few.filter((message) => timesIn(pulled, message) === 0);
      const exchanges = pullFrames(evidence, "pull");
      if (missing.length === 0) return pass(exchanges);
      return violated({ reasonCode: "missing", expected, actual: `missing: ${missing.join(", ")}`, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A66.queue-limit",
    requirement: "A66",
    title: `with queue, ${kept} messages are kept for an AID that is away, and no more`,
    traits: ["bursty"],
    async drive(world) {
      const { sender, aid, comeBack } = await absent(world, deliveries.roundRobin);
      const seqs: number[] = [];
      for (let sent = 0; sent < many.length; sent += atOnce) {
        const calls = many.slice(sent, sent + atOnce).map((message) => sendText(sender, aid, message));
        for (const call of await Promise.all(calls)) {
          world.mark("send", call);
          seqs.push(...seqIn(call));
        }
      }
      await pullAll(world, "pull", await comeBack(), firstOf(seqs));
    },
    judge(evidence) {
      const expected = `at most ${kept} of ${many.length} messages`;
      const pulled = pulledIn(evidence, "pull");
      if (pulled === undefined) return notPulled(evidence, expected, "pull");
      const there = many.filter((message) => timesIn(pulled, message) > 0).length;
      const exchanges = pullFrames(evidence, "pull");
      const actual = `${there} can be pulled`;
      // Which mode holds while nobody is there is not said: who answers fanout keeps them as fanout does.
      if (sentAsFanout(evidence)) return inapplicable({ reasonCode: "sent-as-fanout", expected, actual, exchanges });
      if (there === 0) return inapplicable({ reasonCode: "nothing-kept", expected, actual, exchanges });
      if (there <= kept) return pass(exchanges, [`of ${many.length} messages in queue mode ${actual}`]);
      return violated({ reasonCode: "too-many", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A66.queue-age",
    requirement: "A66",
    title: "with queue, messages are kept for five minutes",
    // By the hook only: that much real time would be longer than everything else together.
    needs: ["clock"],
    traits: ["exclusive"],
    async drive(world) {
      const { sender, aid, comeBack } = await absent(world, deliveries.roundRobin);
      const from = await deliverAll(world, sender, aid, few);
      const back = await comeBack();
      await pullAll(world, "early", back, from);
      await world.passTime(keptForS + 1);
      await pullAll(world, "late", back, from);
    },
    judge(evidence) {
      const expected = `nothing is left after ${keptForS} s`;
      const [early, late] = [pulledIn(evidence, "early"), pulledIn(evidence, "late")];
      if (early === undefined || late === undefined) return notPulled(evidence, expected, "late");
      const countIn = (pulled: typeof early) => few.filter((message) => timesIn(pulled, message) > 0).length;
      const exchanges = [...pullFrames(evidence, "early"), ...pullFrames(evidence, "late")];
      const actual = `${countIn(early)} of ${few.length} at first, ${countIn(late)} later`;
      if (sentAsFanout(evidence)) return inapplicable({ reasonCode: "sent-as-fanout", expected, actual, exchanges });
      if (countIn(early) === 0) return inapplicable({ reasonCode: "nothing-kept", expected, actual, exchanges });
      if (countIn(late) === 0) return pass(exchanges);
      return violated({ reasonCode: "kept", expected, actual, exchanges });
    },
  }),
];
