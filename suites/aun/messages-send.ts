import { isDeepStrictEqual } from "node:util";
import type { AunWorld, Identity, Members, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { type Json, member, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcConforms } from "../kinds/rpc-conforms.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { type Arrival, arrivalsIn, gather, inboxFrames, pushedOn, sendText, timesIn } from "./shared/mail.ts";

/** A payload with a bit of everything that JSON has. */
const payload = {
  text: 'with "quotes", \\ and \u00fc\u20ac\ud83d\ude00',
  number: -1.5e-3,
  nothing: null,
  list: [true, [], {}],
  nested: { constructor: "a name like any other" },
  markup: "<b>&amp;</b> ' ;--",
  // Composed and not, a ligature, spaces at both ends.
  spelling: " \u00e9 e\u0301 \ufb01 ",
  long: "0123456789".repeat(300),
  large: 9_007_199_254_740_991,
} satisfies Json;

/** A time that no target has: 9 September 2001, in seconds. */
const claimedTime = 1_000_000_000;

/** Sends from two AIDs, one after the other and again. */
const rounds = 3;

/** Somebody who sends, and somebody who receives. */
async function pair(world: AunWorld): Promise<{ readonly sender: Session; readonly receiver: Session }> {
  return { sender: await world.session(), receiver: await world.session() };
}

/** Waits for the messages that the receiver, and whoever else is listed, should have (roles `<name>-inbox`). */
async function listen(world: AunWorld, count: number, receiver: Session, others: Record<string, Session> = {}) {
  const inboxes = Object.entries({ receiver, ...others }).map(([name, connection]) => ({ name, connection }));
  await gather(world, inboxes, () => pushedOn(receiver).length >= count);
}

/** message.send with a false member beside it, and what the receiver gets; a plain one first. */
async function bent(world: AunWorld, bend: (other: Identity) => Members): Promise<void> {
  const { sender, receiver } = await pair(world);
  const { aid } = receiver.identity;
  world.fact("sender", sender.identity.aid);
  const control = await sendText(sender, aid, "plain");
  world.mark("control", control);
  requireResult(control, "control");
  const attempt = await sendText(sender, aid, "bent", bend(await world.identity()));
  world.mark("attempt", attempt);
  await listen(world, grantedCall(attempt) ? 2 : 1, receiver);
}

/** Judges what {@link bent} brought to the receiver; a refusal is as good. */
function judgeBent(
  evidence: Evidence,
  expected: string,
  wrong: (arrival: Arrival, attempt: RpcCall) => { readonly reasonCode: string; readonly actual: string } | undefined,
): Finding {
  const [attempt] = markedCalls(evidence, "attempt");
  if (attempt === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const { frames } = attempt;
  if (!grantedCall(attempt)) return pass(frames, [`such a message gets ${answerOfCall(attempt)}`]);
  const exchanges = [...frames, ...inboxFrames(evidence, ["receiver"])];
  const arrival = arrivalsIn(evidence, "receiver").find((one) => one.text === "bent");
  if (arrival === undefined) {
    return violated({ reasonCode: "missing", expected, actual: "the message did not come", exchanges });
  }
  const found = wrong(arrival, attempt);
  return found === undefined ? pass(exchanges) : violated({ ...found, expected, exchanges });
}

/** Judges whom the receiver takes for the sender after {@link bent}. */
function judgeFrom(evidence: Evidence): Finding {
  const sender = evidence.facts["sender"];
  return judgeBent(evidence, "from is the AID that is connected, or a refusal", ({ members }) => {
    const from = text(members, "from");
    return from === sender ? undefined : { reasonCode: "spoofed", actual: `from ${from ?? "nobody"}` };
  });
}

/** True for the claimed time in whatever unit. */
function isClaimed(time: unknown): boolean {
  return time === claimedTime || time === claimedTime * 1000;
}

/** Sending, and what arrives (A126 to A130). */
export const sendChecks: readonly Check<AunWorld>[] = [
  rpcConforms({
    id: "A126.result",
    requirement: "A126",
    title: "message.send answers with message_id, seq, timestamp, status and delivery mode",
    async subject(world: AunWorld) {
      const { sender, receiver } = await pair(world);
      const { aid } = await world.identity();
      return [await sendText(sender, receiver.identity.aid, "online"), await sendText(sender, aid, "offline")];
    },
    shape: "AunSendResult",
  }),
  check<AunWorld>({
    id: "A127.from",
    requirement: "A127",
    title: "a message comes from the authenticated AID, whatever its sender writes",
    drive: (world) =>
      bent(world, ({ aid }) => ({
        from: aid,
        from_aid: aid,
        sender: aid,
        payload: { text: "bent", from: aid, from_aid: aid, sender: aid },
      })),
    judge: judgeFrom,
  }),
  check<AunWorld>({
    id: "A127.from-signature",
    requirement: "A127",
    title: "a message comes from the authenticated AID, whoever is named as its signer",
    // Apart from the other names: who verifies the signature refuses the message for that alone.
    drive: (world) =>
      bent(world, ({ aid }) => ({ client_signature: { aid, timestamp: String(Math.floor(world.now() / 1000)) } })),
    judge: judgeFrom,
  }),
  check<AunWorld>({
    id: "A127.arrives",
    requirement: "A127",
    title: "the receiver gets the message as it was sent",
    async drive(world) {
      const { sender, receiver } = await pair(world);
      const { aid } = receiver.identity;
      world.fact("to", aid);
      const call = await sender.call("message.send", { to: aid, payload });
      world.mark("send", call);
      requireResult(call, "message.send");
      await listen(world, 1, receiver);
    },
    judge(evidence) {
      const expected = "event/message.received with to and payload as sent, and message_id and seq as in the result";
      const [send] = markedCalls(evidence, "send");
      if (send === undefined || !grantedCall(send)) {
        return untested({ reasonCode: "request-refused", expected, actual: "no granted message.send" });
      }
      const [arrival] = arrivalsIn(evidence, "receiver");
      const exchanges = [...send.frames, ...inboxFrames(evidence, ["receiver"])];
      if (arrival === undefined) {
        return violated({ reasonCode: "missing", expected, actual: "no such event", exchanges });
      }
      const { members } = arrival;
      const due: Readonly<Record<string, unknown>> = {
        to: evidence.facts["to"],
        message_id: member(send.result, "message_id"),
        seq: member(send.result, "seq"),
        payload,
      };
      const changed = Object.keys(due).filter((name) => !isDeepStrictEqual(member(members, name), due[name]));
      if (changed.length === 0) return pass(exchanges);
      const actual = changed.map((name) => `${name} ${JSON.stringify(member(members, name) ?? null)}`).join(", ");
      return violated({ reasonCode: "changed", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A127.wrong-receiver",
    requirement: "A127",
    title: "nobody but the receiver gets a message",
    async drive(world) {
      const { sender, receiver } = await pair(world);
      const bystander = await world.session();
      const call = await sendText(sender, receiver.identity.aid, "for one");
      world.mark("send", call);
      requireResult(call, "message.send");
      await listen(world, 1, receiver, { bystander });
    },
    judge(evidence) {
      const expected = "a message for the receiver alone";
      const exchanges = [...markedFrames(evidence, "send"), ...inboxFrames(evidence, ["receiver", "bystander"])];
      if (timesIn(arrivalsIn(evidence, "bystander"), "for one") > 0) {
        const actual = "another AID got it";
        return violated({ reasonCode: "leaked", expected, actual, exchanges });
      }
      if (timesIn(arrivalsIn(evidence, "receiver"), "for one") > 0) return pass(exchanges);
      return untested({ reasonCode: "not-delivered", expected, actual: "nobody got it", exchanges, cause: "target" });
    },
  }),
  check<AunWorld>({
    id: "A128.series",
    requirement: "A128",
    title: "the seq of a receiver's messages grows by one series for all senders",
    async drive(world) {
      const { sender, receiver } = await pair(world);
      const senders = [sender, await world.session()];
      for (let round = 0; round < rounds; round += 1) {
        for (const one of senders) {
          const call = await sendText(one, receiver.identity.aid, `round ${round}`);
          world.mark("send", call);
          requireResult(call, "message.send");
        }
      }
      await listen(world, rounds * senders.length, receiver);
    },
    judge(evidence) {
      const expected = "a higher seq for each message";
      const calls = markedCalls(evidence, "send").filter(grantedCall);
      const exchanges = [...calls.flatMap(({ frames }) => frames), ...inboxFrames(evidence, ["receiver"])];
      const told = calls.map(({ result }) => Number(member(result, "seq")));
      const came = arrivalsIn(evidence, "receiver").map(({ seq }) => seq);
      if (told.length < 2 * rounds) return untested({ reasonCode: "request-refused", expected, actual: "no messages" });
      const grows = [told, came].every((series) => series.every((seq, at) => at === 0 || seq > Number(series[at - 1])));
      if (grows) return pass(exchanges, [`seq ${told.join(", ")}`]);
      const actual = `${told.join(", ")} in the results, ${came.join(", ")} at the receiver`;
      return violated({ reasonCode: "out-of-order", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A129.duplicate",
    requirement: "A129",
    title: "a message_id that comes again is a duplicate and delivered once",
    async drive(world) {
      const { sender, receiver } = await pair(world);
      const message_id = world.unique("message");
      const once = () => sendText(sender, receiver.identity.aid, "once", { message_id });
      const control = await once();
      world.mark("control", control);
      requireResult(control, "control");
      // Whoever remembers the last message only has forgotten it now.
      for (const between of ["one", "two"]) {
        await sendText(sender, receiver.identity.aid, between, { message_id: world.unique("message") });
      }
      world.mark("attempt", await once());
      await listen(world, 3, receiver);
    },
    judge(evidence) {
      const expected = "the status duplicate, and one delivery";
      const [again] = markedCalls(evidence, "attempt");
      if (again === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const exchanges = [...again.frames, ...inboxFrames(evidence, ["receiver"])];
      const times = timesIn(arrivalsIn(evidence, "receiver"), "once");
      if (times > 1) return violated({ reasonCode: "doubled", expected, actual: `it came ${times} times`, exchanges });
      const status = text(again.result, "status");
      if (status === "duplicate") return pass(exchanges);
      const actual = status === undefined ? answerOfCall(again) : `status ${status}`;
      return violated({ reasonCode: "not-told", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A129.other-sender",
    requirement: "A129",
    title: "two senders may use the same message_id",
    level: "should",
    async drive(world) {
      const { sender, receiver } = await pair(world);
      const message_id = world.unique("message");
      for (const one of [sender, await world.session()]) {
        const call = await sendText(one, receiver.identity.aid, one.identity.aid, { message_id });
        world.mark("send", call);
        requireResult(call, "message.send");
      }
      await listen(world, 2, receiver);
    },
    judge(evidence) {
      const expected = "both messages";
      const froms = arrivalsIn(evidence, "receiver").map((arrival) => arrival.text);
      const exchanges = [...markedFrames(evidence, "send"), ...inboxFrames(evidence, ["receiver"])];
      if (markedCalls(evidence, "send").filter(grantedCall).length < 2) {
        return untested({ reasonCode: "request-refused", expected, actual: "no two messages", exchanges });
      }
      if (new Set(froms).size === 2) return pass(exchanges);
      return violated({ reasonCode: "missing", expected, actual: `${new Set(froms).size} of them`, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A130.timestamp",
    requirement: "A130",
    title: "the time of a message is the server's, whatever its sender writes",
    drive: (world) => bent(world, () => ({ timestamp: claimedTime })),
    judge: (evidence) =>
      judgeBent(evidence, "the server's time, or a refusal", ({ members }, { result }) => {
        const times = [member(result, "timestamp"), member(members, "timestamp")];
        return times.some(isClaimed)
          ? { reasonCode: "taken-over", actual: `the times ${times.map((time) => JSON.stringify(time)).join(" and ")}` }
          : undefined;
      }),
  }),
];
