import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";
import { refused } from "./shared/refused.ts";

/** An id of the right looks that the gateway never gave: the last character of a real one is another. */
function inventedId(id: string): string {
  return `${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`;
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
  await out(handshake.complete());
  await out(handshake.request());
  if (!(await due(handshake.prove()))) return;
  await out(handshake.complete());
  if (!(await due(handshake.request()))) return;
  await due(handshake.complete());
}

function judgeDisturbed(evidence: Evidence): Finding {
  const expected = "the right messages are granted, although others came between them";
  const last = marked(evidence, "subject").at(-1);
  if (last === undefined || last.response === null || last.response.status === 429) {
    return untested({ reasonCode: "no-answer", expected, actual: last === undefined ? "nothing" : answerOf(last) });
  }
  if (granted(last)) return pass(marked(evidence, "subject"));
  const exchanges = [...marked(evidence, "disturbance"), last];
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
