import type { AunWorld, ConnectOptions } from "../drivers/aun/world.ts";
import type { Check, Section } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { check } from "../kinds/check.ts";
import { historyChecks } from "./delivery-history.ts";
import { interleavedCheck } from "./delivery-interleaved.ts";
import { shownChecks } from "./delivery-shown.ts";
import { deliveries } from "./shared/deliveries.ts";
import {
  arrivalsIn,
  deliverText,
  gather,
  inboxFrames,
  judgeArrivals,
  judgeShared,
  pushedOn,
  texts,
  timesIn,
} from "./shared/mail.ts";
import { type Claim, seat } from "./shared/places.ts";

const instances: readonly string[] = ["one", "two", "three"];
/** So large a part of one sender's messages goes one way when the target tries at all; affinity is best effort. */
const stickyShare = 0.8;

const fanned = texts(5);
const queued = texts(20);

/** A receiver with three connections on two devices, and one who sends to it. */
async function receivers(world: AunWorld, delivery: Json) {
  const identity = await world.identity();
  const options: ConnectOptions = { device: world.unique("device"), delivery };
  const claims: Claim[] = [];
  for (const slot of instances)
    claims.push(await seat(world, slot, identity, { ...options, slot, ...elsewhere(world, slot) }));
  return { aid: identity.aid, claims, sender: await world.session() };
}

/** The last instance is on a device of its own, and has no slot. */
function elsewhere(world: AunWorld, name: string): ConnectOptions {
  return name === instances.at(-1) ? { device: world.unique("device"), slot: null } : {};
}

/** How many messages have come to these connections, all together. */
function arrived(claims: readonly Claim[]): number {
  return claims.reduce((sum, { connection }) => sum + pushedOn(connection).length, 0);
}

/** Twenty messages of one sender to a receiver with three connections. */
async function spread(world: AunWorld, delivery: Json): Promise<void> {
  const { aid, claims, sender } = await receivers(world, delivery);
  for (const message of queued) await deliverText(world, sender, aid, message);
  await gather(world, claims, () => arrived(claims) >= queued.length);
}

/** How many of the messages came to each connection. */
function sharesOf(evidence: Evidence, messages: readonly string[]): readonly number[] {
  return instances.map((name) => messages.filter((message) => timesIn(arrivalsIn(evidence, name), message) > 0).length);
}

/** Where so little came that nothing can be said of how it was spread. */
function tooFew(evidence: Evidence, expected: string): Finding | undefined {
  const came = sharesOf(evidence, queued).reduce((sum, share) => sum + share, 0);
  if (came >= queued.length / 2) return undefined;
  const actual = `${came} of ${queued.length} messages came`;
  return untested({ reasonCode: "control-refused", expected, actual, cause: "target" });
}

/** Sender affinity while the receiver's connections, or the time of the binding, come to an end. */
async function affinityBreaks(
  world: AunWorld,
  delivery: Json,
  ends: (bound: Claim, seek: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const { aid, claims, sender } = await receivers(world, delivery);
  await deliverText(world, sender, aid, "first");
  await gather(world, claims, () => arrived(claims) > 0);
  const bound = claims.find(({ connection }) => pushedOn(connection).length > 0);
  if (bound !== undefined) {
    world.fact("bound", bound.name);
    await ends(bound, () => seek(world, claims, (message) => deliverText(world, sender, aid, message)));
  }
  const before = arrived(claims);
  for (const message of fanned) await deliverText(world, sender, aid, message);
  await gather(world, claims, () => arrived(claims) >= before + fanned.length);
}

/** Sends until something comes: a target may notice late that a connection has ended, and lose with it what came before. */
async function seek(world: AunWorld, claims: readonly Claim[], send: (message: string) => Promise<unknown>) {
  const before = arrived(claims);
  const until = performance.now() + world.patience;
  for (let tried = 1; arrived(claims) === before && performance.now() < until; tried += 1) {
    await send(`seeking ${tried}`);
    await world.wait(50);
  }
}

/** Judges that the messages after the end of a binding come to exactly one connection each. */
function judgeAfterBreak(evidence: Evidence): Finding {
  const expected = "the first message comes, and each later one to exactly one connection";
  const { bound } = evidence.facts;
  if (bound === undefined) {
    const actual = "the first message came to nobody";
    return untested({ reasonCode: "control-refused", expected, actual, cause: "target" });
  }
  const finding = judgeShared(evidence, { expected: fanned, at: instances });
  if (finding.outcome !== "pass") return finding;
  const shares = sharesOf(evidence, fanned);
  const still = instances.filter((_, index) => (shares[index] ?? 0) > 0);
  return { ...finding, notes: [`bound to ${String(bound)} first, later messages came to ${still.join(" and ")}`] };
}

const queueChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A60.exactly-one",
    requirement: "A60",
    title: "with queue exactly one connection gets each message",
    drive: (world) => spread(world, deliveries.roundRobin),
    judge: (evidence) => judgeShared(evidence, { expected: queued, at: instances }),
  }),
  check<AunWorld>({
    id: "A61.round-robin",
    requirement: "A61",
    title: "round robin gives every connection a share",
    drive: (world) => spread(world, deliveries.roundRobin),
    judge(evidence) {
      const expected = "every connection gets some of the messages";
      const few = tooFew(evidence, expected);
      if (few !== undefined) return few;
      const shares = sharesOf(evidence, queued);
      const exchanges = inboxFrames(evidence, instances);
      const actual = `of ${queued.length} messages the connections got ${shares.join(", ")}`;
      if (shares.every((share) => share > 0)) return pass(exchanges, [actual]);
      return violated({ reasonCode: "starved", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A62.affinity",
    requirement: "A62",
    level: "should",
    title: "sender affinity leads most messages of one sender to one connection",
    drive: (world) => spread(world, deliveries.affinity),
    judge(evidence) {
      const expected = `at least ${stickyShare * 100} % of a sender's messages on one connection`;
      const few = tooFew(evidence, expected);
      if (few !== undefined) return few;
      const shares = sharesOf(evidence, queued);
      const total = shares.reduce((sum, share) => sum + share, 0);
      const exchanges = inboxFrames(evidence, instances);
      const most = Math.max(...shares);
      const percent = Math.round((most / total) * 100);
      const actual = `${percent} % of one sender's messages came to one connection (${shares.join(", ")})`;
      if (most >= total * stickyShare) return pass(exchanges, [actual]);
      return violated({ reasonCode: "scattered", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A63.moves",
    requirement: "A63",
    title: "when the connection of a sender's messages is gone, they go to one that lives",
    drive: (world) =>
      affinityBreaks(world, deliveries.affinity, async ({ connection }, seekOthers) => {
        await connection.close();
        await seekOthers();
      }),
    judge: judgeAfterBreak,
  }),
  check<AunWorld>({
    id: "A64.ttl",
    requirement: "A64",
    title: "when affinity_ttl_ms is over, a sender's messages still arrive",
    needs: ["time"],
    traits: ["waits"],
    drive: (world) => affinityBreaks(world, deliveries.briefAffinity, () => world.passTime(3)),
    judge: judgeAfterBreak,
  }),
];

/** Who gets a message, and what is kept (A59 to A66). */
export const delivery: Section<AunWorld> = {
  id: "delivery",
  title: "Delivery",
  checks: [
    check<AunWorld>({
      id: "A59.all",
      requirement: "A59",
      title: "with fanout every connection of the receiver gets each message once",
      async drive(world) {
        const { aid, claims, sender } = await receivers(world, deliveries.fanout);
        for (const message of fanned) await deliverText(world, sender, aid, message);
        const all = () => claims.every(({ connection }) => pushedOn(connection).length >= fanned.length);
        await gather(world, claims, all);
      },
      judge: (evidence) => judgeArrivals(evidence, { expected: fanned, at: instances }),
    }),
    interleavedCheck,
    ...queueChecks,
    ...shownChecks,
    ...historyChecks,
  ],
};
