import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { ambiguous, type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted, refused as refusedBy } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refused, saysNo } from "./shared/refused.ts";
import { sendStep } from "./shared/steps.ts";

/**
 * An id of the right looks that the gateway never gave: a character in the middle of a real one is another. The last one
 * may stand for no bits at all (base64url of lengths that are no multiple of three).
 */
function inventedId(id: string): string {
  const half = Math.floor(id.length / 2);
  const place = half + Math.max(0, id.slice(half).search(/[a-z0-9]/i));
  return `${id.slice(0, place)}${id[place] === "0" ? "1" : "0"}${id.slice(place + 1)}`;
}

interface OutOfOrder {
  readonly id: string;
  readonly title: string;
  readonly attempt: (world: HandshakeWorld) => Promise<readonly Reply[]>;
}

const rows: readonly OutOfOrder[] = [
  {
    id: "HS-8.scope-before-identity",
    title: "a scope_request before the proof is refused",
    async attempt({ agent }) {
      const handshake = await agent.opened();
      return [await handshake.request(), await handshake.complete()];
    },
  },
  {
    id: "HS-8.complete-before-identity",
    title: "a handshake_complete before the proof is refused",
    attempt: async ({ agent }) => [await (await agent.opened()).complete()],
  },
  {
    id: "HS-8.complete-before-scope",
    title: "a handshake_complete before scopes were asked for is refused",
    attempt: async ({ agent }) => [await (await agent.proven()).complete()],
  },
  {
    id: "HS-8.complete-while-asked",
    title: "a handshake_complete while the user is being asked is refused",
    async attempt({ agent }) {
      const handshake = await agent.proven();
      const early: Reply[] = [];
      await handshake.request({
        async answer(asked) {
          early.push(await handshake.complete());
          return [asked.user.answer(asked, { grant: "deny" })];
        },
      });
      return early;
    },
  },
  {
    id: "HS-8.unknown-handshake",
    title: "messages of no handshake, or of one that the gateway does not know, are refused",
    async attempt({ agent }) {
      const opened = await agent.opened();
      const proven = await agent.proven();
      const scoped = await agent.granted();
      const under = (id: string) => ({ handshakeId: inventedId(id) });
      const { offer = opened.offer } = scoped.handshake;
      return [
        await scoped.handshake.complete({ handshakeId: null }),
        await proven.request({ handshakeId: null }),
        await opened.prove({ handshakeId: null }),
        await scoped.handshake.complete(under(offer.handshakeId)),
        await proven.request(under(proven.offer.handshakeId)),
        await opened.prove(under(opened.offer.handshakeId)),
      ];
    },
  },
];

/** Each right message after one that is not due. */
async function disturbed(world: HandshakeWorld): Promise<void> {
  const handshake = await world.agent.opened();
  const out = async (reply: Promise<Reply>) => world.mark("disturbance", await reply);
  const due = async (reply: Promise<Reply>) => {
    const answer = await reply;
    world.mark("subject", answer);
    return answer.granted;
  };
  const goesOn = async () => {
    await out(handshake.complete());
    await out(handshake.request());
    if (!(await due(handshake.prove()))) return false;
    await out(handshake.complete());
    return (await due(handshake.request())) && due(handshake.complete());
  };
  if (await goesOn()) return;
  // Whether it is over, or somewhere else than it should be.
  for (const step of ["identity_proof", "scope_request", "handshake_complete"] as const) {
    world.mark("afterwards", await sendStep(handshake, step));
  }
}

function judgeDisturbed(evidence: Evidence): Finding {
  const expected = "the right messages are granted, although others came between them";
  const last = marked(evidence, "subject").at(-1);
  if (last === undefined || last.response === null || last.response.status === 429) {
    return untested({ reasonCode: "no-answer", expected, actual: last === undefined ? "nothing" : answerOf(last) });
  }
  if (granted(last)) return pass(marked(evidence, "subject"));
  const exchanges = [...marked(evidence, "disturbance"), last];
  const afterwards = marked(evidence, "afterwards");
  if (afterwards.length > 0 && afterwards.every((exchange) => refusedBy(exchange) || saysNo(exchange))) {
    const actual = "a message out of order ends the handshake";
    return ambiguous({ reasonCode: "ended", expected, actual, exchanges });
  }
  return violated({ reasonCode: "corrupted", expected, actual: answerOf(last), exchanges });
}

/** Messages out of order, one by one (HS-8). */
export const directOrderChecks: readonly Check<HandshakeWorld>[] = [
  ...rows.map(({ id, title, attempt }) =>
    refused({ id, requirement: "HS-8", title, control: ({ agent }) => agent.connected(), attempt }),
  ),
  check({
    id: "HS-8.not-corrupted",
    requirement: "HS-8",
    title: "messages out of order leave the handshake as it was",
    async drive(world: HandshakeWorld) {
      requireGranted((await world.newAgent().connected()).reply, "control");
      await disturbed(world);
    },
    judge: judgeDisturbed,
  }),
];
