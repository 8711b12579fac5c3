import type { AunWorld, ConnectOptions, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, markedCalls } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith, plainConnect } from "./shared/connecting.ts";
import { gather, judgeArrivals, pushedOn, sendText } from "./shared/mail.ts";
import {
  allHold,
  claim,
  claimFreed,
  contend,
  framesOf,
  judgeContest,
  judgeSideBySide,
  lookAtAll,
  onePair,
  type Pair,
  seat,
  standingOf,
} from "./shared/places.ts";

/** Two connections that want one place: both with the same device, whose slots the options give. */
interface Contest {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly first: ConnectOptions;
  readonly second: ConnectOptions;
  /** Of a refusal, where the documents give it. */
  readonly message?: string;
}

const contests: readonly Contest[] = [
  {
    id: "A48.device-singleton",
    requirement: "A48",
    title: "a device without slot is connected once",
    first: { slot: null },
    second: { slot: null },
    message: "device_singleton_conflict",
  },
  {
    id: "A48.empty-slot",
    requirement: "A48",
    title: "an empty slot_id counts as none",
    first: { slot: null },
    second: { slot: "" },
  },
  {
    id: "A49.slot",
    requirement: "A49",
    title: "a slot of a device is connected once",
    first: { slot: "one" },
    second: { slot: "one" },
    message: "slot_conflict",
  },
];

function contestCheck({ id, requirement, title, first, second, message }: Contest): Check<AunWorld> {
  return check<AunWorld>({
    id,
    requirement,
    title,
    async drive(world) {
      const identity = await world.identity();
      const device = world.unique("device");
      // Before and behind the holder, so that a search which ends at the first or the last finds another one.
      await seat(world, "before", identity, { device: world.unique("device") });
      const holder = await seat(world, "holder", identity, { ...first, device });
      await seat(world, "behind", identity, { device: world.unique("device") });
      await contend(world, holder, "newcomer", identity, { ...second, device });
    },
    judge: (evidence) => judgeContest(evidence, onePair, message),
  });
}

/** Two connections that have nothing to do with each other. */
interface Neighbours {
  readonly variant: string;
  readonly title: string;
  /** Of the first; null: none. Default: "one". */
  readonly slot?: string | null;
  readonly second: (
    world: AunWorld,
    identity: Identity,
    device: string,
  ) => Promise<readonly [Identity, ConnectOptions]>;
}

const neighbours: readonly Neighbours[] = [
  {
    variant: "other-slot",
    title: "two slots of a device live side by side",
    second: async (_world, identity, device) => [identity, { device, slot: "two" }],
  },
  {
    variant: "other-device",
    title: "two devices of an AID live side by side",
    second: async (world, identity) => [identity, { device: world.unique("device"), slot: "one" }],
  },
  {
    variant: "other-aid",
    title: "two AIDs on the same device and slot live side by side",
    second: async (world, _identity, device) => [await world.identity(), { device, slot: "one" }],
  },
  {
    variant: "other-aid-no-slot",
    title: "two AIDs on the same device, without slots, live side by side",
    slot: null,
    second: async (world, _identity, device) => [await world.identity(), { device, slot: null }],
  },
];

function neighboursCheck({ variant, title, slot = "one", second }: Neighbours): Check<AunWorld> {
  return check<AunWorld>({
    id: `A50.${variant}`,
    requirement: "A50",
    title,
    async drive(world) {
      const identity = await world.identity();
      const device = world.unique("device");
      const [other, options] = await second(world, identity, device);
      const holder = await seat(world, "holder", identity, { device, slot });
      const newcomer = await claim(world, "newcomer", other, options);
      await lookAtAll(world, [holder, newcomer]);
    },
    judge: (evidence) => judgeSideBySide(evidence),
  });
}

/** The holders and newcomers of a place that was free once, and of one that was taken over. */
const contested: Pair = { holder: "second", newcomer: "third" };
const contestedAgain: Pair = { holder: "third-as-holder", newcomer: "fourth" };

/** Places that are given up in both ways: a slot's, and that of a device without slots. */
const freed = [
  { slot: "one", afterClose: "after-close", afterDrop: "after-drop" },
  { slot: null, afterClose: "device-after-close", afterDrop: "device-after-drop" },
] as const;

/** Which connections may have one place (A47 to A51). */
export const conflictChecks: readonly Check<AunWorld>[] = [
  rpcRefusal({
    id: "A47.slot-without-device",
    requirement: "A47",
    title: "a slot without a device is refused with slot_requires_device_id",
    control: (world: AunWorld) => plainConnect(world, { slot: "one" }),
    attempt: (world, { identity }) => connectWith(world, identity, { device: null, slot: "two" }),
    fitting: { message: "slot_requires_device_id" },
  }),
  ...contests.map(contestCheck),
  check<AunWorld>({
    id: "A49.neither-alive",
    requirement: "A49",
    title: "a conflict leaves one of the two connections alive",
    async drive(world) {
      const identity = await world.identity();
      const place = { device: world.unique("device"), slot: "one" };
      const holder = await seat(world, "holder", identity, place);
      await contend(world, holder, "newcomer", identity, place);
    },
    judge(evidence) {
      const finding = judgeContest(evidence, onePair);
      // That both live, and how a refusal reads, are other checks' affairs.
      const own = finding.outcome !== "violated" || finding.reasonCode === "neither-alive";
      return own ? finding : pass(framesOf(evidence, "holder", "newcomer"));
    },
  }),
  check<AunWorld>({
    id: "A49.refused-keeps-holder",
    requirement: "A49",
    title: "a holder still gets its messages after a newcomer was refused",
    async drive(world) {
      const identity = await world.identity();
      const sender = await world.session();
      const place = { device: world.unique("device"), slot: "one" };
      const holder = await seat(world, "holder", identity, place);
      const newcomer = await claim(world, "newcomer", identity, place);
      if (grantedCall(newcomer.call)) {
        throw notApplicable("newcomer-replaces", "a newcomer replaces the holder here, so that none is refused");
      }
      await lookAtAll(world, [holder, newcomer]);
      world.mark("send", await sendText(sender, identity.aid, "still here"));
      await gather(world, [holder], () => pushedOn(holder.connection).length > 0);
    },
    judge(evidence) {
      const expected = "the holder answers, and gets the message";
      const [send] = markedCalls(evidence, "send");
      const exchanges = framesOf(evidence, "holder", "newcomer", "send", "holder-inbox");
      if (send === undefined || !grantedCall(send)) {
        const actual = send === undefined ? "no message" : answerOfCall(send);
        return untested({ reasonCode: "control-refused", expected, actual, exchanges });
      }
      const arrivals = judgeArrivals(evidence, { expected: ["still here"], at: ["holder"] });
      if (standingOf(evidence, "holder") === "alive" && arrivals.outcome === "pass") return arrivals;
      const actual = `the holder is ${standingOf(evidence, "holder")}; ${arrivals.actual ?? "it got the message"}`;
      return violated({ reasonCode: "holder-lost", expected, actual, exchanges });
    },
  }),
  ...neighbours.map(neighboursCheck),
  check<AunWorld>({
    id: "A51.free-again",
    requirement: "A51",
    title: "a place is free again when its holder has closed, and when it was cut off",
    async drive(world) {
      const identity = await world.identity();
      for (const { slot, afterClose, afterDrop } of freed) {
        const place = { device: world.unique("device"), slot };
        const first = await seat(world, "holder", identity, place);
        await first.connection.close();
        const second = await claimFreed(world, afterClose, identity, place);
        await second.connection.drop();
        await claimFreed(world, afterDrop, identity, place);
      }
    },
    judge(evidence) {
      const expected = "a granted auth.connect";
      const names = freed.flatMap(({ afterClose, afterDrop }) => [afterClose, afterDrop]);
      for (const name of names) {
        const [call] = markedCalls(evidence, name);
        if (call === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no connect" });
        if (grantedCall(call)) continue;
        return violated({
          reasonCode: "refused",
          expected,
          actual: `${name}: ${answerOfCall(call)}`,
          exchanges: call.frames,
        });
      }
      return pass(framesOf(evidence, ...names));
    },
  }),
  check<AunWorld>({
    id: "A51.replaced-place",
    requirement: "A51",
    title: "a place that was free once, or was taken over, is taken by its new holder",
    async drive(world) {
      const identity = await world.identity();
      const place = { device: world.unique("device"), slot: "one" };
      const first = await seat(world, "first", identity, place);
      await first.connection.close();
      const second = await claimFreed(world, "second", identity, place);
      const third = await contend(world, second, "third", identity, place);
      // Where the third has replaced the second, the second's end must not have freed the third's place.
      if (!grantedCall(third.call)) return;
      const next = { ...third, name: contestedAgain.holder };
      world.mark(next.name, next.call);
      await contend(world, next, "fourth", identity, place);
    },
    judge(evidence) {
      const pairs = markedCalls(evidence, "fourth").length > 0 ? [contested, contestedAgain] : [contested];
      return allHold(pairs.map((pair) => judgeContest(evidence, pair)));
    },
  }),
];
