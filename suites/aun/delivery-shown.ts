import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Frame, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member } from "../engine/json.ts";
import { markedCalls, messageOf } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { deliveries } from "./shared/deliveries.ts";
import { gather, modeOf, pushedOn, sendText } from "./shared/mail.ts";
import { type Claim, seat } from "./shared/places.ts";

/** Receivers of each mode, by the name that their frames have. */
const modes = ["fanout", "queue"] as const;

/** Two AIDs, one of each mode, send to each other. */
async function exchangeMessages(world: AunWorld): Promise<void> {
  const [fan, queue] = [await world.identity(), await world.identity()];
  const fanned = await seat(world, "fanout", fan, { delivery: deliveries.fanout });
  const queued = await seat(world, "queue", queue, { delivery: deliveries.roundRobin });
  const send = async (from: Claim, to: string, receiver: Claim) => {
    const call = await sendText(from.connection, to, "which mode");
    world.mark(`${receiver.name}-result`, call);
    requireResult(call, "message.send");
    await gather(world, [receiver], () => pushedOn(receiver.connection).length > 0);
  };
  await send(fanned, queue.aid, queued);
  await send(queued, fan.aid, fanned);
}

/** What a message said of its receiver's mode, and where. */
interface Shown {
  readonly due: string;
  readonly told: string | undefined;
  readonly frames: readonly Frame[];
}

function judgeShown(shown: readonly Shown[]): Finding {
  const expected = "delivery_mode is that of the receiver's connections";
  const exchanges = shown.flatMap(({ frames }) => frames);
  if (shown.length < modes.length) {
    const actual = `${shown.length} of ${modes.length} messages could be looked at`;
    return untested({ reasonCode: "control-refused", expected, actual, exchanges, cause: "target" });
  }
  for (const { due, told, frames } of shown) {
    if (told === due) continue;
    const actual = `${told ?? "nothing"}, the receiver's mode being ${due}`;
    const reasonCode = told === undefined ? "schema" : "wrong-mode";
    return violated({ reasonCode, expected, actual, exchanges: frames });
  }
  return pass(exchanges);
}

function events(evidence: Evidence): readonly Shown[] {
  return modes.flatMap((due) =>
    markedFrames(evidence, `${due}-inbox`)
      .slice(0, 1)
      .map((frame) => ({ due, told: modeOf(member(messageOf(frame), "params")), frames: [frame] })),
  );
}

function results(evidence: Evidence): readonly Shown[] {
  return modes.flatMap((due) =>
    markedCalls(evidence, `${due}-result`)
      .filter(grantedCall)
      .map(({ result, frames }) => ({ due, told: modeOf(result), frames })),
  );
}

/** Where the delivery mode is told (A65). */
export const shownChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A65.event-mode",
    requirement: "A65",
    title: "the event of a message tells the delivery mode",
    drive: exchangeMessages,
    judge: (evidence) => judgeShown(events(evidence)),
  }),
  check<AunWorld>({
    id: "A65.result-mode",
    requirement: "A65",
    title: "the result of message.send tells the delivery mode",
    drive: exchangeMessages,
    judge: (evidence) => judgeShown(results(evidence)),
  }),
];
