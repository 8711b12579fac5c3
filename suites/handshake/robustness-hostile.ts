import type { HandshakeWorld } from "../drivers/handshake/world.ts";
import type { Reply } from "../drivers/reply.ts";
import type { Check } from "../engine/check.ts";
import type { Evidence, Exchange } from "../engine/evidence.ts";
import { type Finding, inconclusive, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { brokenJwts } from "../fuzz/broken-jwts.ts";
import { check } from "../kinds/check.ts";
import { judgeEach, judgeMessage } from "./shared/refused.ts";
import { reach, serving, steps } from "./shared/steps.ts";

/** Names that every object of many languages answers to, although nobody stored anything under them. */
const inherited = ["__proto__", "constructor", "toString"] as const;

const hugeBytes = 6 * 1024 * 1024;
const nesting = 20_000;

/** Uses an inherited name wherever a gateway looks something up by a name that the agent chose. */
async function lookUp({ agent, newAgent }: HandshakeWorld, name: string): Promise<readonly Reply[]> {
  const [opened, proven, scoped] = [await agent.opened(), await agent.proven(), await agent.granted()];
  return [
    await scoped.handshake.complete({ handshakeId: name }),
    await proven.request({ handshakeId: name }),
    await opened.prove({ handshakeId: name }),
    await proven.request({ scopes: [name] }),
    await (await newAgent({ did: name }).hello()).reply,
  ];
}

function grantsInherited(attempt: Exchange): boolean {
  // A DID is a name that the agent chooses; whether this one will do is the gateway's own affair.
  return granted(attempt) && attempt.purpose !== "handshake-hello";
}

/** What hostile input must not bring about: silence or a 5xx. */
function judgeSurvival(attempt: Exchange): Finding {
  const details = { expected: "an answer, and no crash", actual: answerOf(attempt), exchanges: [attempt] };
  const status = attempt.response?.status;
  if (status === undefined) return silence(attempt);
  if (status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  return status >= 500 ? violated({ reasonCode: "server-error", ...details }) : pass([attempt]);
}

function judgeLookUp(attempt: Exchange): Finding {
  const survival = judgeSurvival(attempt);
  if (survival.outcome !== "pass" || !grantsInherited(attempt)) return survival;
  const expected = "a name that nobody registered is unknown";
  return violated({ reasonCode: "accepted", expected, actual: answerOf(attempt), exchanges: [attempt] });
}

/** A refusal of a large body may be lost with the connection (RFC 9112 § 9.6): that is a refusal as well. */
function judgeHuge(attempt: Exchange): Finding {
  if (attempt.error?.code === "CONNECTION_RESET") return pass([attempt], ["the connection was closed"]);
  return attempt.response === null ? silence(attempt) : judgeMessage(attempt);
}

function silence(attempt: Exchange): Finding {
  const details = { expected: "an answer", actual: answerOf(attempt), exchanges: [attempt] };
  const cut = attempt.error?.code === "CONNECTION_RESET" && attempt.request.bodyBytes > 64 * 1024;
  return cut
    ? inconclusive({ reasonCode: "connection-cut", ...details })
    : violated({ reasonCode: "no-answer", ...details });
}

async function sendBroken(world: HandshakeWorld): Promise<void> {
  await serving(world);
  for (const credential of brokenJwts) {
    const handshake = await world.newAgent().proven();
    world.mark("attempt", await handshake.request({ credential }));
  }
}

async function sendHuge(world: HandshakeWorld): Promise<void> {
  await serving(world);
  const padding = "x".repeat(hugeBytes);
  world.mark("attempt", (await world.newAgent().hello({ body: { padding } })).reply);
  const { send } = await reach(world, "scope_request");
  world.mark("attempt", await send({ body: { context: { padding } } }));
}

async function sendDeep(world: HandshakeWorld): Promise<void> {
  await serving(world);
  const lists = "[".repeat(nesting) + "]".repeat(nesting);
  const objects = `${'{"a":'.repeat(nesting)}1${"}".repeat(nesting)}`;
  world.mark("attempt", (await world.newAgent().hello({ rawBody: lists })).reply);
  for (const step of steps) {
    const { send } = await reach(world, step);
    const message = `{"type":"${step}","timestamp":${Math.floor(world.now() / 1000)},"context":${objects}}`;
    world.mark("attempt", await send({ rawBody: message }));
  }
}

/** Input that is made to break something (HS-5). */
export const hostileChecks: readonly Check<HandshakeWorld>[] = [
  check({
    id: "HS-5.prototype-names",
    requirement: "HS-5",
    title: "names such as __proto__ are names that nobody registered",
    async drive(world: HandshakeWorld) {
      await serving(world);
      for (const name of inherited) world.mark("attempt", ...(await lookUp(world, name)));
    },
    judge: (evidence: Evidence) => judgeEach(evidence, judgeLookUp),
  }),
  check({
    id: "HS-5.broken-credentials",
    requirement: "HS-5",
    title: "a credential that is no JWT inside is refused",
    drive: sendBroken,
    judge: (evidence: Evidence) => judgeEach(evidence, judgeHuge),
  }),
  check({
    id: "HS-5.huge",
    requirement: "HS-5",
    title: "a message of several MiB is refused",
    traits: ["bursty"],
    drive: sendHuge,
    judge: (evidence: Evidence) => judgeEach(evidence, judgeHuge),
  }),
  check({
    id: "HS-5.deep",
    requirement: "HS-5",
    title: "JSON nested thousands of levels deep does not crash the gateway",
    traits: ["bursty"],
    drive: sendDeep,
    judge: (evidence: Evidence) => judgeEach(evidence, judgeSurvival),
  }),
];
