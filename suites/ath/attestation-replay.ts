import { randomUUID } from "node:crypto";
import type { World } from "../drivers/world.ts";
import type { Check } from "../engine/check.ts";
import { type Exchange, marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refusal } from "../kinds/refusal.ts";
import { secondsNow } from "./shared/bent-attestations.ts";

/** How often two requests are raced: one race alone may be won by luck. */
const races = 3;

/** The same agent may be authorized twice, so that a refusal afterwards is for the attestation. */
async function authorizedOnce({ agent }: World): Promise<void> {
  requireGranted(await agent.authorize(), "authorize, with an attestation of its own");
}

/** One use for every jti (ATT-5). */
export const replayChecks: readonly Check[] = [
  refusal({
    id: "ATT-5.replayed",
    requirement: "ATT-5",
    title: "an attestation sent a second time is refused",
    async control(world) {
      await authorizedOnce(world);
      const attestation = await world.agent.attestation();
      return { reply: await world.agent.authorize({ attestation }), attestation };
    },
    attempt: ({ agent }, { attestation }) => agent.authorize({ attestation }),
  }),
  refusal({
    id: "ATT-5.across-endpoints",
    requirement: "ATT-5",
    title: "an attestation that was used to register is refused at authorize",
    async control({ agent }) {
      const attestation = await agent.attestation();
      await agent.registered({ attestation });
      return { reply: await agent.authorize(), attestation };
    },
    attempt: ({ agent }, { attestation }) => agent.authorize({ attestation }),
  }),
  refusal({
    id: "ATT-5.reused-jti",
    requirement: "ATT-5",
    title: "a new attestation with the jti of an earlier one is refused",
    async control(world) {
      await authorizedOnce(world);
      const jti = randomUUID();
      return { reply: await world.agent.authorize({ attestation: { claims: { jti } } }), jti };
    },
    attempt(world, { jti }) {
      const iat = secondsNow(world) - 30;
      return world.agent.authorize({ attestation: { claims: { jti, iat, exp: iat + 400 } } });
    },
  }),
  refusal({
    id: "ATT-5.empty-jti",
    requirement: "ATT-5",
    title: "an attestation with an empty jti is good for one use at most",
    control: ({ agent }) => agent.authorize(),
    async attempt({ agent }) {
      // Whether an empty one is a jti at all is left to the target; that it is seen twice is not.
      const attestation = await agent.attestation({ claims: { jti: "" } });
      await agent.authorize({ attestation });
      return agent.authorize({ attestation });
    },
  }),
  refusal({
    id: "ATT-5.replayed-later",
    requirement: "ATT-5",
    title: "an attestation sent again minutes later, while it has not expired, is refused",
    needs: ["clock"],
    traits: ["exclusive"],
    async control(world) {
      await authorizedOnce(world);
      // Seven minutes later it is three minutes old, so that only its jti tells against it.
      const iat = secondsNow(world) + 240;
      const attestation = await world.agent.attestation({ claims: { iat, exp: iat + 3600 } });
      return { reply: await world.agent.authorize({ attestation }), attestation };
    },
    async attempt(world, { attestation }) {
      await world.advanceClock(420);
      const replayed = await world.agent.authorize({ attestation });
      if (!replayed.granted) requireGranted(await world.agent.authorize(), "authorize seven minutes later");
      return replayed;
    },
  }),
  check({
    id: "ATT-5.concurrent",
    requirement: "ATT-5",
    title: "of two requests with one attestation at the same time at most one is granted",
    async drive(world) {
      const { agent } = world;
      const control = await agent.authorize();
      world.mark("control", control);
      requireGranted(control, "control");
      for (let race = 0; race < races; race += 1) {
        const attestation = await agent.attestation();
        const pair = await Promise.all([agent.authorize({ attestation }), agent.authorize({ attestation })]);
        world.mark(`race-${race}`, ...pair);
      }
    },
    judge(evidence) {
      const expected = "at most one granted of each pair";
      const pairs = Array.from({ length: races }, (_, race) => marked(evidence, `race-${race}`));
      const all = pairs.flat();
      if (all.length === 0 || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const bothWon = pairs.find((pair) => pair.filter(granted).length > 1);
      if (bothWon !== undefined) {
        const actual = bothWon.map(answerOf).join(" and ");
        return violated({ reasonCode: "accepted", expected, actual, exchanges: bothWon });
      }
      const unanswered = all.find(({ response }) => response === null || response.status === 429);
      if (unanswered !== undefined) {
        const reasonCode = unanswered.response === null ? "no-answer" : "rate-limited";
        return untested({ reasonCode, expected, actual: answerOf(unanswered), exchanges: [unanswered] });
      }
      return pass(all, all.some(failed) ? ["a request that lost the race was answered with a server error"] : []);
    },
  }),
];

function failed({ response }: Exchange): boolean {
  return response !== null && response.status >= 500;
}
