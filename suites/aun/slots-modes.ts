import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { judgeRefusal, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { deliveries } from "./shared/deliveries.ts";
import {
  allHold,
  claim,
  claimFreed,
  framesOf,
  judgeSideBySide,
  lookAtAll,
  onePair,
  seat,
  standingOf,
  tryFreed,
} from "./shared/places.ts";

/** A delivery_mode that is none, beside a valid one of the same AID. */
interface BadDelivery {
  readonly variant: string;
  readonly title: string;
  readonly good: Json;
  readonly bad: readonly Json[];
}

const badDeliveries: readonly BadDelivery[] = [
  {
    variant: "mode",
    title: "an unknown delivery_mode.mode is refused",
    good: deliveries.fanout,
    bad: [{ mode: "broadcast" }, { mode: 7 }],
  },
  {
    variant: "routing",
    title: "an unknown delivery_mode.routing is refused",
    good: deliveries.roundRobin,
    bad: [
      { mode: "queue", routing: "random" },
      { mode: "queue", routing: 7 },
    ],
  },
];

/** What connections declare of delivery (A55 to A58). */
export const modeChecks: readonly Check<AunWorld>[] = [
  ...badDeliveries.map(({ variant, title, good, bad }) =>
    rpcRefusal({
      id: `A55.${variant}`,
      requirement: "A55",
      title,
      control: (world: AunWorld) => plainConnect(world, { delivery: good }),
      async attempt(world) {
        // As somebody else: beside the first connection, whatever is different would be refused as well.
        const identity = await world.identity();
        return Promise.all(bad.map((delivery) => connectWith(world, identity, { delivery })));
      },
    }),
  ),
  check<AunWorld>({
    id: "A56.conflict",
    requirement: "A56",
    title: "another delivery mode than that of the AID's connections is refused with delivery_mode_conflict",
    async drive(world) {
      const identity = await world.identity();
      await seat(world, "holder", identity, { delivery: deliveries.roundRobin });
      world.mark("attempt", await connectWith(world, identity, { delivery: deliveries.fanout }));
      const other = await world.identity();
      await seat(world, "other-holder", other, { delivery: deliveries.fanout });
      world.mark("attempt", await connectWith(world, other, { delivery: deliveries.roundRobin }));
      world.mark("other-routing", await connectWith(world, identity, { delivery: deliveries.affinity }));
    },
    judge(evidence) {
      const attempts = markedCalls(evidence, "attempt");
      if (attempts.length === 0) {
        return untested({ reasonCode: "nothing-recorded", expected: "an error", actual: "no second connect" });
      }
      const finding = allHold(attempts.map((call) => judgeRefusal(call, { message: "delivery_mode_conflict" })));
      const [other] = markedCalls(evidence, "other-routing");
      if (finding.outcome !== "pass" || other === undefined) return finding;
      // The documents ask for one delivery_mode, and do not say that its routing is part of it.
      const note = `queue with another routing than that of the AID's connections gets ${answerOfCall(other)}`;
      return { ...finding, notes: [...finding.notes, note] };
    },
  }),
  check<AunWorld>({
    id: "A56.first-unharmed",
    requirement: "A56",
    title: "who declared the delivery mode first lives on after another was refused",
    async drive(world) {
      const identity = await world.identity();
      const holder = await seat(world, "holder", identity, { delivery: deliveries.fanout });
      const newcomer = await claim(world, "newcomer", identity, { delivery: deliveries.roundRobin });
      await lookAtAll(world, [holder, newcomer]);
    },
    judge(evidence) {
      const expected = "the first connection answers";
      if (markedCalls(evidence, "newcomer").length === 0) {
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no second connect" });
      }
      if (standingOf(evidence, "holder") === "alive") return pass(framesOf(evidence, "holder", "newcomer"));
      const actual = `the first connection is ${standingOf(evidence, "holder")}`;
      const exchanges = framesOf(evidence, "holder", "newcomer");
      return violated({ reasonCode: "holder-lost", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A57.same-mode",
    requirement: "A57",
    title: "connections with one delivery mode live side by side",
    async drive(world) {
      const identity = await world.identity();
      const place = { device: world.unique("device"), delivery: deliveries.roundRobin };
      const holder = await seat(world, "holder", identity, { ...place, slot: "one" });
      const newcomer = await claim(world, "newcomer", identity, { ...place, slot: "two" });
      await lookAtAll(world, [holder, newcomer]);
    },
    judge: (evidence) => judgeSideBySide(evidence, [onePair]),
  }),
  check<AunWorld>({
    id: "A57.other-after-close",
    requirement: "A57",
    title: "when all connections of an AID are gone, the next may declare another delivery mode",
    async drive(world) {
      const identity = await world.identity();
      const one = await seat(world, "control", identity, { delivery: deliveries.roundRobin });
      const two = await seat(world, "control", identity, { delivery: deliveries.roundRobin });
      await Promise.all([one.connection.close(), two.connection.close()]);
      await claimFreed(world, "attempt", identity, { delivery: deliveries.fanout });
    },
    judge(evidence) {
      const [attempt] = markedCalls(evidence, "attempt");
      const expected = "a granted auth.connect";
      if (attempt === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no connect" });
      if (grantedCall(attempt)) return pass(attempt.frames);
      return violated({ reasonCode: "refused", expected, actual: answerOfCall(attempt), exchanges: attempt.frames });
    },
  }),
  rpcAcceptance({
    id: "A58.fanout-with-routing",
    requirement: "A58",
    title: "fanout with an empty routing and affinity_ttl_ms 0 is accepted",
    control: (world: AunWorld) => plainConnect(world, { delivery: { mode: "fanout" } }),
    async attempt(world, { identity, connection }) {
      await connection.close();
      const delivery = { mode: "fanout", routing: "", affinity_ttl_ms: 0 };
      return (await tryFreed(world, identity, { delivery })).hello;
    },
  }),
];
