import type { AnswerOptions, Confirmation, HandshakeUser } from "../drivers/handshake/user.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { requestAnswered } from "./shared/asked-users.ts";
import { refused } from "./shared/refused.ts";

/** An approval that must not count. */
interface BentAnswer {
  readonly variant: string;
  readonly title: string;
  readonly needs?: CheckRow["needs"];
  readonly bend: (world: HandshakeWorld, asked: Confirmation) => AnswerOptions;
  /** Who answers; default: the user who was asked. */
  readonly by?: (world: HandshakeWorld) => HandshakeUser;
}

const bentAnswers: readonly BentAnswer[] = [
  {
    variant: "wrong-signature",
    title: "an approval that another key than the user's has signed does not count",
    bend: (world) => ({ signWith: world.newKey() }),
  },
  {
    variant: "unsigned",
    title: "an approval without a signature does not count",
    bend: () => ({ signWith: "none" }),
  },
  {
    variant: "other-user",
    title: "an approval by another user does not count",
    needs: ["second-user"],
    bend: () => ({}),
    by: ({ secondUser }) => secondUser,
  },
  {
    variant: "by-agent",
    title: "an approval that the agent has signed does not count",
    bend: ({ agent }) => ({ signWith: agent.key }),
  },
  {
    variant: "tampered-scopes",
    title: "an approval whose scopes were widened after it was signed does not count",
    needs: ["two-handshake-scopes"],
    bend: (_world, { scopes }) => ({ grant: scopes.slice(0, 1), tamper: { approved_scopes: scopes } }),
  },
  {
    variant: "tampered-denial",
    title: "a denial that was turned into an approval after it was signed does not count",
    bend: (_world, { scopes }) => ({ grant: "deny", tamper: { approved: true, approved_scopes: scopes } }),
  },
  {
    variant: "replayed-approval",
    title: "the signature of an earlier approval does not count for this request",
    bend: ({ agent }, { requestId }) => ({
      body: { request_id: agent.confirmations()[0]?.requestId ?? "" },
      tamper: { request_id: requestId },
    }),
  },
  {
    variant: "expired-answer",
    title: "an approval that has expired already does not count",
    bend: (world) => ({ expiresAt: Math.floor(world.now() / 1000) - 3600 }),
  },
  {
    variant: "tampered-expiry",
    title: "an approval that was made to hold for longer after it was signed does not count",
    // The question's own end is what a gateway may take for the end that the user has signed.
    bend: (world, { expiresAt: until }) => {
      const expiresAt = Number.isFinite(until) ? until : Math.floor(world.now() / 1000) + 300;
      return { expiresAt, tamper: { expires_at: expiresAt + 3600 } };
    },
  },
  {
    variant: "other-request",
    title: "an approval that names an earlier request does not count for this one",
    // The control's request is the earlier one.
    bend: ({ agent }) => ({ body: { request_id: agent.confirmations()[0]?.requestId ?? "" } }),
  },
];

/** What counts as the user's answer (HS-15). */
export const answerChecks: readonly Check<HandshakeWorld>[] = [
  ...bentAnswers.map(({ variant, title, bend, needs = [], by = ({ user }) => user }) =>
    refused({
      id: `HS-15.${variant}`,
      requirement: "HS-15",
      title,
      needs,
      control: ({ agent }) => agent.granted(),
      async attempt(world) {
        const handshake = await world.agent.proven();
        return requestAnswered(handshake, {
          // What does not count leaves the request open; the user's own denial then ends it.
          answer: (asked) => [by(world).answer(asked, bend(world, asked)), world.user.answer(asked, { grant: "deny" })],
        });
      },
    }),
  ),
  refused({
    id: "HS-15.second-answer",
    requirement: "HS-15",
    title: "an approval after the user's denial changes nothing",
    needs: ["answer-by-post"],
    control: ({ agent }) => agent.connected(),
    async attempt(world) {
      const handshake = await world.agent.proven();
      const reply = await requestAnswered(handshake, {
        answer: (asked) => [asked.user.answer(asked, { grant: "deny" }), asked.user.answer(asked)],
      });
      return [reply, await handshake.complete()];
    },
  }),
];
