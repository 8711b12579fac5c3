import { bitsOf, variationOf } from "../ath/shared/secret-strength.ts";
import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { granted, refused } from "../engine/granted.ts";
import { parseJson, text } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { requireGranted } from "../kinds/control.ts";

/** So many handshakes are opened to see whether a nonce comes twice. */
const manySamples = 50;
/** So many nonces are compared position by position. */
const fewSamples = 8;
/** Fewer bits than this can be guessed. */
const enoughBits = 64;

async function helloSeveral(world: HandshakeWorld, samples: number): Promise<void> {
  const { agent } = world;
  const { reply } = await agent.hello();
  world.mark("subject", reply);
  requireGranted(reply, "handshake_request");
  const more = await Promise.all(Array.from({ length: samples - 1 }, () => agent.hello()));
  world.mark("subject", ...more.map((handshake) => handshake.reply));
}

function nonceOf({ response }: Exchange): string | undefined {
  return text(parseJson(response?.body), "nonce");
}

function noncesOf(evidence: Evidence): readonly string[] {
  return marked(evidence, "subject")
    .filter(granted)
    .flatMap((exchange) => nonceOf(exchange) ?? []);
}

function tooFew(expected: string, found: number): Finding {
  return untested({ reasonCode: "prerequisite-refused", expected, actual: `${found} granted handshakes` });
}

function judgeUnique(evidence: Evidence): Finding {
  const nonces = noncesOf(evidence);
  const expected = `${manySamples} handshakes with ${manySamples} different nonces`;
  const different = new Set(nonces).size;
  if (different < nonces.length) {
    const actual = `${different} different ones in ${nonces.length}`;
    return violated({ reasonCode: "repeated", expected, actual, exchanges: marked(evidence, "subject") });
  }
  return nonces.length < manySamples ? tooFew(expected, nonces.length) : pass(marked(evidence, "subject"));
}

function judgeUnguessable(evidence: Evidence): Finding {
  const nonces = noncesOf(evidence);
  const expected = `nonces that differ in at least ${enoughBits} bits`;
  if (nonces.length < fewSamples) return tooFew(expected, nonces.length);
  const bits = Math.floor(bitsOf(variationOf(nonces)));
  if (bits >= enoughBits) return pass(marked(evidence, "subject"));
  const actual = `nonces that differ in ${bits} bits at most`;
  return violated({ reasonCode: "guessable", expected, actual, exchanges: marked(evidence, "subject") });
}

/** Nonce A is echoed when nonce B holds it, forwards or backwards. */
function echoes(exchange: Exchange): boolean {
  const mine = text(parseJson(exchange.request.body), "nonce") ?? "";
  const theirs = nonceOf(exchange) ?? "";
  return mine !== "" && (theirs.includes(mine) || theirs.includes([...mine].reverse().join("")));
}

function refusedForGood(exchange: Exchange): boolean {
  return refused(exchange) && exchange.response?.status !== 429;
}

/** The same nonce A gives other nonces B, none of them A itself. */
function judgeEcho(evidence: Evidence): Finding {
  const subjects = marked(evidence, "subject").filter(granted);
  const expected = "a nonce of the gateway's own";
  // Who takes no nonce of an agent twice leaves one answer to look at.
  const onceOnly = subjects.length === 1 && marked(evidence, "subject").some(refusedForGood);
  if (subjects.length < 2 && !onceOnly) return tooFew(expected, subjects.length);
  const echoing = subjects.find(echoes);
  if (echoing !== undefined) {
    const actual = "a nonce that holds the agent's own";
    return violated({ reasonCode: "echoed", expected, actual, exchanges: [echoing] });
  }
  const nonces = subjects.map(nonceOf);
  if (new Set(nonces).size === nonces.length) return pass(subjects);
  const actual = "the same nonce for the same nonce of the agent";
  return violated({ reasonCode: "echoed", expected, actual, exchanges: subjects });
}

/** The gateway's nonce (HS-2). */
export const nonceChecks: readonly Check<HandshakeWorld>[] = [
  check({
    id: "HS-2.unique",
    requirement: "HS-2",
    title: "the gateway's nonce never comes twice",
    drive: (world: HandshakeWorld) => helloSeveral(world, manySamples),
    judge: judgeUnique,
  }),
  check({
    id: "HS-2.unguessable",
    requirement: "HS-2",
    title: "the gateway's nonce cannot be guessed from others",
    drive: (world: HandshakeWorld) => helloSeveral(world, fewSamples),
    judge: judgeUnguessable,
  }),
  check({
    id: "HS-2.echo",
    requirement: "HS-2",
    title: "the gateway's nonce is not made of the agent's",
    async drive(world: HandshakeWorld) {
      const { nonce, reply } = await world.agent.hello();
      world.mark("subject", reply, (await world.newAgent().hello({ nonce })).reply);
    },
    judge: judgeEcho,
  }),
];
