import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { property } from "../kinds/property.ts";
import { judgeRefused, refused } from "./shared/refused.ts";
import { reach, type Step, steps } from "./shared/steps.ts";

/** Timestamps may be five minutes off; a little room is left for the clocks of both machines. */
const withinS = 240;
const beyondS = 360;

type Sending = { readonly step: Step; readonly shiftS: number };

/** Four messages and one dimension: a few shifts of each, the edge of the range always among them. */
const share = 0.3;
const edges = (shiftS: number): readonly Sending[] => steps.map((step) => ({ step, shiftS }));

/** Each message with a shift in the given range; the smallest shift is what a counterexample shrinks to. */
function shifted(direction: 1 | -1, from: number, to: number) {
  return (fc: typeof import("fast-check")) =>
    fc.record({
      step: fc.constantFrom(...steps),
      shiftS: fc.integer({ min: from, max: to }).map((seconds) => direction * seconds),
    });
}

async function sendShifted(world: HandshakeWorld, { step, shiftS }: Sending): Promise<void> {
  const { send, shown } = await reach(world, step);
  world.mark("control", shown);
  world.mark("attempt", await send({ timeShiftS: shiftS }));
}

function judgeTaken(evidence: Evidence): Finding {
  const attempt = marked(evidence, "attempt")[0];
  const expected = `granted: timestamps may be ${withinS} s off`;
  if (attempt === undefined || attempt.response?.status === 429) {
    return untested({ reasonCode: "prerequisite-refused", expected, actual: "no answer that could be judged" });
  }
  if (granted(attempt)) return pass([attempt]);
  return violated({ reasonCode: "refused", expected, actual: answerOf(attempt), exchanges: [attempt] });
}

/** The clock, in all four messages of an agent (HS-6). */
export const timestampChecks: readonly Check<HandshakeWorld>[] = [
  property<Sending, HandshakeWorld>({
    id: "HS-6.past",
    requirement: "HS-6",
    title: "a message with a timestamp more than five minutes ago is refused",
    given: shifted(-1, beyondS, 86_400),
    always: edges(-beyondS),
    share,
    drive: sendShifted,
    judge: (evidence) => judgeRefused(evidence),
  }),
  property<Sending, HandshakeWorld>({
    id: "HS-6.future",
    requirement: "HS-6",
    title: "a message with a timestamp more than five minutes ahead is refused",
    given: shifted(1, beyondS, 86_400),
    always: edges(beyondS),
    share,
    drive: sendShifted,
    judge: (evidence) => judgeRefused(evidence),
  }),
  property<Sending, HandshakeWorld>({
    id: "HS-6.window-past",
    requirement: "HS-6",
    title: "a message with a timestamp up to four minutes ago is taken",
    given: shifted(-1, 0, withinS),
    always: edges(-withinS),
    share,
    drive: sendShifted,
    judge: judgeTaken,
  }),
  property<Sending, HandshakeWorld>({
    id: "HS-6.window-future",
    requirement: "HS-6",
    title: "a message with a timestamp up to four minutes ahead is taken",
    given: shifted(1, 0, withinS),
    always: edges(withinS),
    share,
    drive: sendShifted,
    judge: judgeTaken,
  }),
  refused({
    id: "HS-6.milliseconds",
    requirement: "HS-6",
    title: "a timestamp in milliseconds is refused",
    control: ({ agent }) => agent.opened(),
    attempt: async (world) => (await world.newAgent().hello({ body: { timestamp: world.now() } })).reply,
  }),
];
