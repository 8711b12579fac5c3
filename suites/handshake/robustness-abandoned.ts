import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refused } from "./shared/refused.ts";

/** No handshake takes an hour; the text speaks of a time-out and names none. */
const longPast = 3600;
/** So many handshakes are opened and left behind: more than a small table holds, and with `--slow` as many as may come. */
const abandoned = { usually: 1_200, slowly: 10_000 };
const atOnce = 40;

/** Opens handshakes of agents that never come back. Only how they were answered goes into the evidence. */
async function flood(world: HandshakeWorld): Promise<void> {
  const key = world.newKey();
  // A world of its own that is never finished: thousands of equal exchanges would tell nothing.
  const { world: own } = world.fork();
  const handshakes = world.settings.slow ? abandoned.slowly : abandoned.usually;
  const answers: Record<string, number> = {};
  const opening = Array.from({ length: atOnce }, async () => {
    for (let count = 0; count < handshakes / atOnce; count += 1) {
      const { reply } = await own.newAgent({ key }).hello();
      const answer = String(reply.status);
      answers[answer] = (answers[answer] ?? 0) + 1;
    }
  });
  await Promise.all(opening);
  world.fact("flood", answers);
  world.fact("abandoned", handshakes);
}

async function floodAndReturn(world: HandshakeWorld): Promise<void> {
  const { reply } = await world.agent.connected();
  world.mark("control", reply);
  requireGranted(reply, "control");
  await flood(world);
  await world.advanceClock(longPast);
  const handshake = await world.newAgent().hello();
  world.mark("subject", handshake.reply);
  if (handshake.reply.granted) world.mark("subject", await handshake.prove());
}

function judgeReturn(evidence: Evidence): Finding {
  const last = marked(evidence, "subject").at(-1);
  const expected = `an hour after ${String(evidence.facts["abandoned"])} handshakes were left behind, a new one is served`;
  if (last === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange" });
  if (granted(last)) return pass([last]);
  return violated({ reasonCode: "exhausted", expected, actual: answerOf(last), exchanges: [last] });
}

/** Handshakes that nobody goes on with (HS-23). */
export const abandonedChecks: readonly Check<HandshakeWorld>[] = [
  refused({
    id: "HS-23.expires",
    requirement: "HS-23",
    title: "a handshake that was left for an hour has expired, however far it had come",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const [opened, proven] = [await world.newAgent().opened(), await world.newAgent().proven()];
      const { handshake } = await world.newAgent().granted();
      await world.advanceClock(longPast);
      const attempt = [await opened.prove(), await proven.request(), await handshake.complete()];
      // A handshake of the new present works, so that it was not the moved clock that spoiled the old one.
      await world.agent.connected();
      return attempt;
    },
  }),
  check({
    id: "HS-23.many",
    requirement: "HS-23",
    title: "more than a thousand handshakes left behind do not exhaust the gateway",
    needs: ["clock"],
    traits: ["exclusive", "bursty"],
    drive: floodAndReturn,
    judge: judgeReturn,
  }),
];
