import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { refused } from "./shared/refused.ts";
import { pressOn, sendStep, steps } from "./shared/steps.ts";

/** Ends the check as not-applicable unless the target itself lists EdDSA when it is offered. */
async function requireEdDsa(world: HandshakeWorld): Promise<void> {
  const { offer } = await world.agent.opened({ capabilities: ["ES256", "EdDSA", "TLS1.3"] });
  if (offer.capabilities.includes("EdDSA")) return;
  throw notApplicable("eddsa-not-listed", "the target does not list EdDSA among its capabilities");
}

/** Goes through a handshake until a message is refused. */
async function walk(world: HandshakeWorld): Promise<void> {
  const handshake = await world.newAgent({ algorithm: "EdDSA" }).hello();
  world.mark("subject", handshake.reply);
  if (!handshake.reply.granted) return;
  for (const step of steps) {
    if (step === "handshake_request") continue;
    const reply = await sendStep(handshake, step);
    world.mark("subject", reply);
    if (!reply.granted) return;
  }
}

function judgeWalk(evidence: Evidence): Finding {
  const walked = marked(evidence, "subject");
  const expected = "a whole handshake of an Ed25519 agent, as the target's capabilities promise";
  const last = walked.at(-1);
  if (last === undefined || last.response === null || last.response.status === 429) {
    return untested({ reasonCode: "no-answer", expected, actual: last === undefined ? "nothing" : answerOf(last) });
  }
  if (granted(last) && walked.length === steps.length) return pass(walked);
  return violated({ reasonCode: "refused", expected, actual: answerOf(last), exchanges: [last] });
}

/** Agents with Ed25519 keys (HS-7). */
export const eddsaChecks: readonly Check<HandshakeWorld>[] = [
  check({
    id: "HS-7.eddsa",
    requirement: "HS-7",
    title: "an agent with an Ed25519 key completes the handshake",
    async drive(world: HandshakeWorld) {
      await requireEdDsa(world);
      await walk(world);
    },
    judge: judgeWalk,
  }),
  refused({
    id: "HS-7.eddsa-other-key",
    requirement: "HS-7",
    title: "an Ed25519 proof by another key is refused, and so is what follows",
    async control(world) {
      await requireEdDsa(world);
      return world.newAgent({ algorithm: "EdDSA" }).connected();
    },
    async attempt(world) {
      const handshake = await world.newAgent({ algorithm: "EdDSA" }).opened();
      const reply = await handshake.prove({ signWith: world.newKey("EdDSA") });
      return [reply, ...(await pressOn(handshake, "identity_proof"))];
    },
  }),
];
