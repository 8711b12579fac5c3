import type { AunWorld, Identity } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, inapplicable, pass, untested, violated } from "../engine/finding.ts";
import type { Json } from "../engine/json.ts";
import { member } from "../engine/json.ts";
import { answerOfCall, closeOf, markedCalls, messageOf } from "../engine/rpc.ts";
import { notApplicable } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { judgeRefusal } from "../kinds/rpc-refusal.ts";
import { connectWith } from "./shared/connecting.ts";
import {
  allHold,
  claim,
  contend,
  framesOf,
  judgeContest,
  judgeSideBySide,
  lookAtAll,
  type Pair,
  seat,
  standingOf,
} from "./shared/places.ts";

/** Slots that are one slot: the isolation key ends at the first slash, colon or space. */
const oneKey: readonly (readonly [string, string])[] = [
  ["evolclaw cli", "evolclaw daemon"],
  ["a/b", "a/c"],
  ["x:1", "x:2"],
  ["team/a/1", "team/b"],
  ["job 7:a", "job 8/b"],
];
/** Slots that are two, although they end alike. */
const twoKeys: readonly (readonly [string, string])[] = [
  ["evolclaw cli", "other cli"],
  ["b/a", "c/a"],
  ["production-a", "production-b"],
  ["worker.1", "worker.2"],
];

const pairOf = (index: number): Pair => ({ holder: `holder-${index}`, newcomer: `newcomer-${index}` });

/** Names that no slot can have: a line break, and 300 characters. */
const badNames: readonly string[] = ["a\nb", "a".repeat(300)];
/** Names that a slot may have or not, and that every JavaScript object knows. */
const oddNames: readonly string[] = ["__proto__", "constructor"];

/** Takes the place of a connection that carries extra_info, where the target lets it. */
async function replaceHolder(world: AunWorld): Promise<void> {
  const identity: Identity = await world.identity();
  const place = { device: world.unique("device"), slot: "one" };
  const holder = await seat(world, "holder", identity, { ...place, extraInfo: extraInfos.self });
  const newcomer = await contend(world, holder, "newcomer", identity, { ...place, extraInfo: extraInfos.new });
  if (!grantedCall(newcomer.call)) {
    throw notApplicable("newcomer-refused", "a newcomer is refused here, so that nobody is replaced");
  }
  const notice = holder.connection.received.find(({ method }) => method === "event/gateway.disconnect");
  if (notice !== undefined) world.mark("notice", notice.frame);
}

const extraInfos = { self: { app: "gateproof-old" }, new: { app: "gateproof-new" } } as const satisfies Json;

/** The notice of a replaced connection; a finding when nobody was replaced. */
function noticeIn(
  evidence: Evidence,
): Finding | { readonly params: unknown; readonly exchanges: readonly { id: number }[] } {
  const exchanges = [...framesOf(evidence, "holder", "newcomer"), ...markedFrames(evidence, "notice")];
  if (standingOf(evidence, "holder") !== "ended") {
    return untested({
      reasonCode: "not-replaced",
      expected: "the newcomer replaces the holder",
      actual: "the holder still lives beside the newcomer",
      exchanges,
      cause: "target",
    });
  }
  return { params: member(messageOf(markedFrames(evidence, "notice")[0]), "params"), exchanges };
}

/** Slots by their names, clients without one, and what a replaced connection is told (A52 to A54). */
export const nameChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A52.legacy",
    requirement: "A52",
    title: "a client that names no device connects",
    async drive(world) {
      const identity = await world.identity();
      await seat(world, "control", identity, {});
      const places = { device: null, slot: null };
      const first = await claim(world, "first", identity, places);
      const second = await claim(world, "second", identity, places);
      await lookAtAll(world, [first, second]);
    },
    judge(evidence) {
      const [first] = markedCalls(evidence, "first");
      const expected = "a granted auth.connect";
      if (first === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no connect" });
      const exchanges = framesOf(evidence, "first", "second");
      if (!grantedCall(first)) {
        const reasonCode = first.outcome === "error" ? "refused" : "no-answer";
        return violated({ reasonCode, expected, actual: answerOfCall(first), exchanges });
      }
      const alive = ["first", "second"].filter((name) => standingOf(evidence, name) === "alive");
      return pass(exchanges, [`of two clients without a device ${alive.length === 2 ? "both live" : "one lives"}`]);
    },
  }),
  check<AunWorld>({
    id: "A53.isolation-key",
    requirement: "A53",
    title: "slots that are equal up to the first slash, colon or space are one slot",
    async drive(world) {
      const identity = await world.identity();
      await world.token(identity);
      const contests = oneKey.map(async ([first, second], index) => {
        const device = world.unique("device");
        const { holder, newcomer } = pairOf(index);
        const held = await seat(world, holder, identity, { device, slot: first });
        await contend(world, held, newcomer, identity, { device, slot: second });
      });
      await Promise.all(contests);
    },
    judge: (evidence) => allHold(oneKey.map((_, index) => judgeContest(evidence, pairOf(index)))),
  }),
  check<AunWorld>({
    id: "A53.other-prefix",
    requirement: "A53",
    title: "slots that differ before the first slash, colon or space live side by side",
    async drive(world) {
      const identity = await world.identity();
      for (const [index, [first, second]] of twoKeys.entries()) {
        const device = world.unique("device");
        const { holder, newcomer } = pairOf(index);
        const held = await seat(world, holder, identity, { device, slot: first });
        await lookAtAll(world, [held, await claim(world, newcomer, identity, { device, slot: second })]);
      }
    },
    judge: (evidence) =>
      judgeSideBySide(
        evidence,
        twoKeys.map((_, index) => pairOf(index)),
      ),
  }),
  check<AunWorld>({
    id: "A53.bad-names",
    requirement: "A53",
    title: "a slot with a line break or 300 characters is refused, and no name breaks the target",
    async drive(world) {
      const identity = await world.identity();
      await seat(world, "control", identity, { slot: "gateproof" });
      for (const slot of badNames) world.mark("bad", await connectWith(world, identity, { slot }));
      for (const slot of oddNames) world.mark("odd", await connectWith(world, identity, { slot }));
    },
    judge(evidence) {
      const [bad, odd] = [markedCalls(evidence, "bad"), markedCalls(evidence, "odd")];
      if (bad.length === 0 || odd.length === 0) {
        const expected = "the answers to each name";
        return untested({ reasonCode: "nothing-recorded", expected, actual: "no connect is in the evidence" });
      }
      const refusals = [...bad, ...odd.filter((call) => !grantedCall(call))];
      return allHold(refusals.map((call) => judgeRefusal(call)));
    },
  }),
  check<AunWorld>({
    id: "A54.notice",
    requirement: "A54",
    title: "a replaced connection is told so, and closed with the same code",
    drive: replaceHolder,
    judge(evidence) {
      const found = noticeIn(evidence);
      if ("outcome" in found) return found;
      const { params, exchanges } = found;
      const expected = "event/gateway.disconnect with code 4009 and a reason, then close 4009";
      const [end] = markedFrames(evidence, "holder-end");
      const told = member(params, "code") === 4009 && typeof member(params, "reason") === "string";
      if (told && end?.code === 4009) return pass(exchanges);
      const actual = `${params === undefined ? "no such event" : JSON.stringify(params)}; then ${closeOf(end)}`;
      return violated({ reasonCode: "not-told", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A54.extra-info",
    requirement: "A54",
    title: "a replaced connection is told the extra_info of both",
    drive: replaceHolder,
    judge(evidence) {
      const found = noticeIn(evidence);
      if ("outcome" in found) return found;
      const { params, exchanges } = found;
      const expected = "detail with self_extra_info and new_extra_info as the two connections sent them";
      if (params === undefined) {
        return inapplicable({ reasonCode: "no-notice", expected, actual: "a replaced connection is told nothing" });
      }
      const detail = member(params, "detail");
      const fits =
        JSON.stringify(member(detail, "self_extra_info")) === JSON.stringify(extraInfos.self) &&
        JSON.stringify(member(detail, "new_extra_info")) === JSON.stringify(extraInfos.new);
      if (fits) return pass(exchanges);
      return violated({ reasonCode: "schema", expected, actual: JSON.stringify(params), exchanges });
    },
  }),
];
