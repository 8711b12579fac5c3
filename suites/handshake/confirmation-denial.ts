import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { notTested } from "../engine/stop.ts";
import { requestAnswered, requireAsked, untilAsked } from "./shared/asked-users.ts";
import { refused } from "./shared/refused.ts";

/** A request whose user keeps silent until its time is over, at the target's clock. */
async function silence(world: HandshakeWorld): Promise<Reply> {
  const handshake = await world.agent.proven();
  const { confirmation, reply } = await untilAsked(world, handshake, { answer: () => [] });
  if (confirmation === undefined) {
    const early = await reply;
    requireAsked(early);
    return early;
  }
  const leftS = confirmation.expiresAt - world.now() / 1000;
  if (!Number.isFinite(leftS)) {
    throw notTested("no-expiry", "the confirmation request does not say when it expires", { cause: "target" });
  }
  await world.advanceClock(Math.max(1, Math.ceil(leftS) + 1));
  return reply;
}

/** When the user does not approve (HS-16). */
export const denialChecks: readonly Check<HandshakeWorld>[] = [
  refused({
    id: "HS-16.denied",
    requirement: "HS-16",
    title: "a denial by the user ends the handshake without a token",
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const handshake = await world.agent.proven();
      const reply = await requestAnswered(handshake, {
        answer: (asked) => [asked.user.answer(asked, { grant: "deny" })],
      });
      return [reply, await handshake.complete()];
    },
  }),
  refused({
    id: "HS-16.denied-with-scopes",
    requirement: "HS-16",
    title: "a denial that names scopes is a denial",
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const handshake = await world.agent.proven();
      const reply = await requestAnswered(handshake, {
        answer: (asked) => [
          asked.user.answer(asked, { grant: "deny", body: { approved_scopes: asked.scopes } }),
          // Where an answer that contradicts itself does not count, the plain denial ends the waiting.
          asked.user.answer(asked, { grant: "deny" }),
        ],
      });
      return [reply, await handshake.complete()];
    },
  }),
  refused({
    id: "HS-16.never-answers",
    requirement: "HS-16",
    title: "a request that the user never answers ends in a refusal when its time is over",
    needs: ["clock"],
    traits: ["exclusive"],
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const reply = await silence(world);
      const fresh = world.newAgent();
      // A handshake of the new present works, so that it was not the moved clock that spoiled the old one.
      await fresh.connected();
      return reply;
    },
  }),
];
