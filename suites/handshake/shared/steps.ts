import type { Handshake, HandshakeAgent, MessageBend } from "../../drivers/handshake/agent.ts";
import type { HandshakeWorld } from "../../drivers/handshake/world.ts";
import type { Reply } from "../../drivers/reply.ts";
import { requireGranted } from "../../kinds/control.ts";

/** The four messages of an agent, in order. */
export const steps = ["handshake_request", "identity_proof", "scope_request", "handshake_complete"] as const;
export type Step = (typeof steps)[number];

/** A handshake that stands right before one of its messages. */
export interface Reached {
  readonly agent: HandshakeAgent;
  /** The last answer on the way: it shows that the target grants valid messages. */
  readonly shown: Reply;
  /** Sends the message that is due. */
  readonly send: (bend?: MessageBend) => Promise<Reply>;
}

/** Goes to the place where the step is due; stops the check as not-tested when the target refuses on the way. */
export async function reach(world: HandshakeWorld, step: Step, agent = world.newAgent()): Promise<Reached> {
  const handshake = await agent.opened();
  let shown = handshake.reply;
  if (step === "handshake_request") return { agent, shown, send: async (bend) => (await agent.hello(bend)).reply };
  for (const before of steps.slice(1, steps.indexOf(step))) {
    if (before === "handshake_request") continue;
    shown = await sendStep(handshake, before);
    requireGranted(shown, before);
  }
  return { agent, shown, send: (bend) => sendStep(handshake, step, bend) };
}

/** Sends a message of the handshake, whether it is due or not. */
export function sendStep(
  handshake: Handshake,
  step: Exclude<Step, "handshake_request">,
  bend: MessageBend = {},
): Promise<Reply> {
  if (step === "identity_proof") return handshake.prove(bend);
  return step === "scope_request" ? handshake.request(bend) : handshake.complete(bend);
}

/** Sends the rest of a handshake after this step, as an agent would that takes no notice of a refusal. */
export async function pressOn(handshake: Handshake, after: Step): Promise<readonly Reply[]> {
  const replies: Reply[] = [];
  for (const step of steps.slice(steps.indexOf(after) + 1)) {
    if (step !== "handshake_request") replies.push(await sendStep(handshake, step));
  }
  return replies;
}

/** A whole handshake, to show that the target serves valid ones; stops the check as not-tested when it does not. */
export async function serving(world: HandshakeWorld): Promise<void> {
  const { reply } = await world.agent.connected();
  world.mark("control", reply);
}
