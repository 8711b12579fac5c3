import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { markedFrames } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { isObject, member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, messageOf } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { gather, pushedOn, sendText } from "./shared/mail.ts";
import { onlineIn, queryOnline } from "./shared/presence.ts";
import { acknowledge } from "./shared/pulling.ts";

/** As many as one query may name (AUN docs 06 § 6.3). */
const mostAids = 100;

/** AIDs that nobody has. */
const nobodies = (world: AunWorld, count: number): readonly string[] =>
  Array.from({ length: count }, () => `${world.unique("nobody")}.${world.issuer}`);

/** How often to ask whether a closed connection was noticed, ms. */
const askEveryMs = 200;

const ackEvent = "event/message.ack";

/** Who is online, and who has read (A136, A138). */
export const presenceChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A136.online",
    requirement: "A136",
    title: "query_online is true for who is connected, false for who is not or does not exist",
    async drive(world) {
      const session = await world.session();
      const connected = (await world.session()).identity.aid;
      const never = (await world.identity()).aid;
      const unknown = world.stranger().aid;
      world.fact("online", { [connected]: true, [never]: false, [unknown]: false });
      world.mark("subject", await queryOnline(session, [connected, never, unknown]));
    },
    judge(evidence) {
      const { online } = evidence.facts;
      const expected = JSON.stringify(online ?? null);
      const [call] = markedCalls(evidence, "subject");
      if (call === undefined || !grantedCall(call) || !isObject(online)) {
        const actual = call === undefined ? "no query" : answerOfCall(call);
        return untested({ reasonCode: "request-refused", expected, actual, cause: "target" });
      }
      const { frames } = call;
      if (Object.keys(online).every((aid) => onlineIn(call, aid) === online[aid])) return pass(frames);
      const actual = JSON.stringify(member(call.result, "online") ?? null);
      return violated({ reasonCode: "wrong", expected, actual, exchanges: frames });
    },
  }),
  rpcAcceptance({
    id: "A136.hundred",
    requirement: "A136",
    title: `a query may name ${mostAids} AIDs`,
    async control(world: AunWorld) {
      const session = await world.session();
      return { call: await queryOnline(session, [session.identity.aid]), session };
    },
    attempt: (world, { session }) => queryOnline(session, [...nobodies(world, mostAids - 1), session.identity.aid]),
    relations: [
      {
        reasonCode: "wrong",
        expected: `an answer for each of the ${mostAids} AIDs`,
        broken(result) {
          const answered = Object.keys(Object(member(result, "online"))).length;
          return answered === mostAids ? undefined : `an answer for ${answered}`;
        },
      },
    ],
  }),
  check<AunWorld>({
    id: "A136.limit",
    requirement: "A136",
    title: `a query names ${mostAids} AIDs at most`,
    async drive(world) {
      const session = await world.session();
      const control = await queryOnline(session, [session.identity.aid]);
      world.mark("control", control);
      requireResult(control, "control");
      world.mark("attempt", await queryOnline(session, nobodies(world, mostAids + 1)));
    },
    judge(evidence) {
      const [call] = markedCalls(evidence, "attempt");
      const expected = `an error, or an answer for ${mostAids} AIDs`;
      if (call === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const { frames, outcome, result } = call;
      if (outcome === "silent" || outcome === "closed") {
        return violated({ reasonCode: "no-answer", expected, actual: answerOfCall(call), exchanges: frames });
      }
      if (!grantedCall(call)) return pass(frames);
      const answered = Object.keys(Object(member(result, "online"))).length;
      const actual = `an answer for ${answered} AIDs`;
      if (answered <= mostAids) return pass(frames, [actual]);
      return violated({ reasonCode: "accepted", expected, actual, exchanges: frames });
    },
  }),
  check<AunWorld>({
    id: "A136.offline-after-close",
    requirement: "A136",
    title: "who has closed its connection is not online any more",
    async drive(world) {
      const session = await world.session();
      const leaving = await world.session();
      const { aid } = leaving.identity;
      const before = await queryOnline(session, [aid]);
      world.fact("aid", aid);
      world.mark("before", before);
      requireResult(before, "control");
      await leaving.close();
      // The tests of the public clients have the same patience as the kit has for an answer: ten seconds.
      const until = performance.now() + world.settings.timeoutMs;
      for (;;) {
        const after = await queryOnline(session, [aid]);
        if (onlineIn(after, aid) !== true || performance.now() > until) {
          world.mark("after", after);
          return;
        }
        await world.wait(askEveryMs);
      }
    },
    judge(evidence) {
      const aid = String(evidence.facts["aid"]);
      const expected = "false within the time of an answer";
      const [before] = markedCalls(evidence, "before");
      const [after] = markedCalls(evidence, "after");
      if (before === undefined || after === undefined || onlineIn(before, aid) !== true || !grantedCall(after)) {
        const actual = "it was not online while it was connected, or the query was refused";
        return untested({ reasonCode: "control-refused", expected, actual, cause: "target" });
      }
      const exchanges = [...before.frames, ...after.frames];
      if (onlineIn(after, aid) !== true) return pass(exchanges);
      return violated({ reasonCode: "still-online", expected, actual: "still true", exchanges });
    },
  }),
  check<AunWorld>({
    id: "A138.ack-event",
    requirement: "A138",
    title: "if anybody is told of an acknowledgement, it is the sender",
    async drive(world) {
      const [sender, receiver, bystander] = [await world.session(), await world.session(), await world.session()];
      const sent = await sendText(sender, receiver.identity.aid, "to be read");
      requireResult(sent, "message.send");
      await gather(world, [{ name: "receiver", connection: receiver }], () => pushedOn(receiver).length > 0);
      const acked = await acknowledge(receiver, Number(member(sent.result, "seq")));
      world.mark("control", acked);
      requireResult(acked, "message.ack");
      for (const [role, { received, settle }] of Object.entries({ sender, bystander })) {
        // What is pushed behind the acknowledgement is there after two round trips.
        await settle();
        await settle();
        world.mark(role, ...received.flatMap(({ method, frame }) => (method === ackEvent ? [frame] : [])));
      }
    },
    judge(evidence) {
      const [acked] = markedCalls(evidence, "control");
      const expected = `${ackEvent} for the sender, or for nobody`;
      if (acked === undefined || !grantedCall(acked)) {
        return untested({ reasonCode: "request-refused", expected, actual: "no granted message.ack" });
      }
      const [leaked] = markedFrames(evidence, "bystander");
      if (leaked !== undefined) {
        const actual = `a third AID got ${text(messageOf(leaked), "method") ?? "it"}`;
        return violated({ reasonCode: "leaked", expected, actual, exchanges: [...acked.frames, leaked] });
      }
      const told = markedFrames(evidence, "sender");
      const note = `the sender is ${told.length > 0 ? "told" : "not told"} of acknowledgements`;
      return pass([...acked.frames, ...told], [note]);
    },
  }),
];
