import type { AunWorld, Identity, Members, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, strings, text } from "../engine/json.ts";
import { answerOfCall, markedCalls, type RpcCall, said } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { rpcRefusal } from "../kinds/rpc-refusal.ts";
import { type Arrival, sendText, texts } from "./shared/mail.ts";
import { wentOffline } from "./shared/presence.ts";
import { acknowledge, messagesIn, pullOwn } from "./shared/pulling.ts";

/** message.pull gives no more than this (AUN docs 06 § 6.3). */
const pageSize = 50;
const many = texts(60);
const few = texts(4);
/** So many requests the public clients have under way. */
const atOnce = 15;

/** Sends texts to an AID and gives the seq of each result (role `send`); ends the check when one is refused. */
async function sendAll(world: AunWorld, sender: Session, to: string, messages: readonly string[]) {
  const seqs: number[] = [];
  for (let from = 0; from < messages.length; from += atOnce) {
    const some = messages.slice(from, from + atOnce).map((message) => sendText(sender, to, message));
    for (const call of await Promise.all(some)) {
      world.mark("send", call);
      requireResult(call, "message.send");
      seqs.push(Number(member(call.result, "seq")));
    }
  }
  return seqs;
}

/** A receiver to whom messages came while it was connected, and their seqs. */
async function filled(world: AunWorld, messages: readonly string[]) {
  const receiver = await world.session();
  const seqs = await sendAll(world, await world.session(), receiver.identity.aid, messages);
  return { receiver, seqs, before: Math.min(...seqs) - 1 };
}

/** A receiver that connected once and is away now. */
async function away(world: AunWorld, sender: Session): Promise<Identity> {
  const receiver = await world.session();
  const { aid } = receiver.identity;
  await receiver.close();
  await wentOffline(world, sender, aid);
  return receiver.identity;
}

/** The calls of message.pull with a role, once all of them gave something; a finding while they did not. */
function pulls(evidence: Evidence, role: string, expected: string): readonly RpcCall[] | Finding {
  const calls = markedCalls(evidence, role);
  const refused = calls.find((call) => !grantedCall(call));
  if (calls.length > 0 && refused === undefined) return calls;
  const actual = refused === undefined ? "no message.pull" : `message.pull got ${answerOfCall(refused)}`;
  return untested({ reasonCode: "pull-refused", expected, actual, cause: "target" });
}

const framesOf = (calls: readonly RpcCall[]) => calls.flatMap(({ frames }) => frames);
const seqsOf = (arrivals: readonly Arrival[]) => arrivals.map(({ seq }) => seq);
const isFinding = (pulled: readonly RpcCall[] | Finding): pulled is Finding => "outcome" in pulled;

async function ownAck(world: AunWorld) {
  const { receiver, seqs } = await filled(world, few.slice(0, 1));
  const [seq = 0] = seqs;
  return { call: await acknowledge(receiver, seq), receiver, seq };
}

/** A session that pulls for itself, and may. */
async function ownPull(world: AunWorld) {
  const session = await world.session();
  return { call: await pullOwn(session, { after_seq: 0, limit: 1 }), session };
}

/** Pulling, acknowledging, and whose messages these are (A132 to A134, A137). */
export const pullChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A132.offline",
    requirement: "A132",
    title: "what came while the receiver was away can be pulled in order, and was called sent",
    async drive(world) {
      const senders = [await world.session(), await world.session()];
      const [sender = await world.session()] = senders;
      world.fact(
        "senders",
        senders.map(({ identity }) => identity.aid),
      );
      const identity = await away(world, sender);
      const seqs: number[] = [];
      // One after the other, so that their order is known; by turns, since an order by senders is none.
      for (const [index, message] of few.entries()) {
        const one = senders[index % senders.length] ?? sender;
        seqs.push(...(await sendAll(world, one, identity.aid, [message])));
      }
      const back = await world.session(identity);
      world.mark("pull", await pullOwn(back, { after_seq: Math.min(...seqs) - 1, limit: pageSize }));
    },
    judge(evidence) {
      const expected = `${few.join(", ")}, each with the status sent`;
      const pulled = pulls(evidence, "pull", expected);
      if (isFinding(pulled)) return pulled;
      const sent = markedCalls(evidence, "send");
      const exchanges = framesOf([...sent, ...pulled]);
      const status = sent.map(({ result }) => text(result, "status") ?? "nothing").find((one) => one !== "sent");
      if (status !== undefined) {
        return violated({ reasonCode: "wrong-status", expected, actual: `the status ${status}`, exchanges });
      }
      const arrivals = pulled.flatMap(messagesIn);
      const came = few.filter((message) => arrivals.some((arrival) => arrival.text === message));
      if (came.length < few.length) {
        return violated({ reasonCode: "missing", expected, actual: `${came.length} of ${few.length}`, exchanges });
      }
      const pulledFew = arrivals.filter((arrival) => few.some((message) => message === arrival.text));
      const order = pulledFew.map((arrival) => arrival.text).join(", ");
      if (order !== few.join(", ")) return violated({ reasonCode: "out-of-order", expected, actual: order, exchanges });
      const senders = strings(evidence.facts["senders"]) ?? [];
      const froms = pulledFew.map(({ members }) => text(members, "from"));
      if (froms.every((from, index) => from === senders[index % senders.length])) return pass(exchanges);
      const actual = `from ${froms.map((from) => from ?? "nobody").join(", ")}`;
      return violated({
        reasonCode: "wrong-sender",
        expected: `from ${senders.join(", ")} by turns`,
        actual,
        exchanges,
      });
    },
  }),
  check<AunWorld>({
    id: "A132.idempotent",
    requirement: "A132",
    title: "the same pull gives the same messages again",
    async drive(world) {
      const { receiver, before } = await filled(world, few);
      for (const role of ["first", "again"]) {
        world.mark(role, await pullOwn(receiver, { after_seq: before, limit: pageSize }));
      }
    },
    judge(evidence) {
      const expected = "the same messages";
      const [first, again] = [pulls(evidence, "first", expected), pulls(evidence, "again", expected)];
      if (isFinding(first)) return first;
      const exchanges = framesOf(first);
      const seqs = seqsOf(first.flatMap(messagesIn));
      if (seqs.length === 0) {
        const actual = "the first pull gave nothing";
        return untested({ reasonCode: "nothing-pulled", expected, actual, exchanges, cause: "target" });
      }
      if (isFinding(again)) return again;
      const later = seqsOf(again.flatMap(messagesIn));
      const both = [...exchanges, ...framesOf(again)];
      if (later.join() === seqs.join()) return pass(both);
      const actual = `seq ${seqs.join(", ")}; then ${later.join(", ") || "nothing"}`;
      return violated({ reasonCode: "changed", expected, actual, exchanges: both });
    },
  }),
  check<AunWorld>({
    id: "A132.limit",
    requirement: "A132",
    title: `a pull gives ${pageSize} messages at most, and no more than its limit`,
    async drive(world) {
      const { receiver, seqs, before } = await filled(world, many);
      world.fact("first", Math.min(...seqs));
      world.mark("page", await pullOwn(receiver, { after_seq: before }));
      world.mark("page", await pullOwn(receiver, { after_seq: before, limit: 2 * pageSize }));
      world.mark("limited", await pullOwn(receiver, { after_seq: before, limit: 5 }));
    },
    judge(evidence) {
      const expected = `${pageSize} messages at most, and 5 where that is the limit`;
      const limited = pulls(evidence, "limited", expected);
      if (isFinding(limited)) return limited;
      // A limit above the highest may be refused as well.
      const pages = markedCalls(evidence, "page").filter(grantedCall);
      const exchanges = framesOf([...pages, ...limited]);
      const [counts, of5] = [pages, limited].map((calls) => calls.map((call) => messagesIn(call).length));
      const actual = `${[...(counts ?? []), ...(of5 ?? [])].join(", ")} of ${many.length}`;
      if (counts?.some((count) => count > pageSize) || of5?.some((count) => count > 5)) {
        return violated({ reasonCode: "too-many", expected, actual, exchanges });
      }
      if (of5?.some((count) => count > 0)) {
        const begins = [...pages, ...limited].flatMap((call) => seqsOf(messagesIn(call)).slice(0, 1));
        // How many messages are kept for somebody who is away no document says, but every page begins with the same one.
        const first = Math.min(...begins);
        const forgotten = first > Number(evidence.facts["first"]) ? [`what came before seq ${first} is not kept`] : [];
        // Who goes on after the last seq of a page loses what was left out before it.
        const skipped = begins.find((seq) => seq > first);
        if (skipped === undefined) return pass(exchanges, [`the pulls gave ${actual}`, ...forgotten]);
        const found = `a page that begins with seq ${skipped}`;
        return violated({ reasonCode: "skipped", expected: `pages from seq ${first} on`, actual: found, exchanges });
      }
      return untested({ reasonCode: "nothing-pulled", expected, actual, exchanges, cause: "target" });
    },
  }),
  check<AunWorld>({
    id: "A132.after-seq",
    requirement: "A132",
    title: "a pull gives what comes after after_seq only",
    async drive(world) {
      const { receiver, seqs } = await filled(world, few);
      const after = seqs[1] ?? 0;
      world.fact("after", after);
      world.mark("pull", await pullOwn(receiver, { after_seq: after, limit: pageSize }));
    },
    judge(evidence) {
      const after = Number(evidence.facts["after"]);
      const expected = `messages with a seq above ${after}`;
      const pulled = pulls(evidence, "pull", expected);
      if (isFinding(pulled)) return pulled;
      const seqs = seqsOf(pulled.flatMap(messagesIn));
      const exchanges = framesOf(pulled);
      const actual = `seq ${seqs.join(", ") || "of nothing"}`;
      if (seqs.length === 0) {
        return untested({ reasonCode: "nothing-pulled", expected, actual, exchanges, cause: "target" });
      }
      if (seqs.every((seq) => seq > after)) return pass(exchanges);
      return violated({ reasonCode: "too-many", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A133.forward",
    requirement: "A133",
    title: "an acknowledgement goes forward only",
    async drive(world) {
      const { receiver, seqs } = await filled(world, few);
      const [early = 0, , late = 0] = seqs;
      world.fact("late", late);
      world.mark("ack", await acknowledge(receiver, late), await acknowledge(receiver, early));
    },
    judge(evidence) {
      const late = Number(evidence.facts["late"]);
      const expected = `success, and ack_seq ${late} or above both times`;
      const calls = markedCalls(evidence, "ack");
      const [first, second] = calls;
      const exchanges = framesOf(calls);
      if (first === undefined || second === undefined || !grantedCall(first)) {
        const actual = first === undefined ? "no call" : `message.ack got ${answerOfCall(first)}`;
        return untested({ reasonCode: "request-refused", expected, actual, exchanges, cause: "target" });
      }
      // To refuse what is acknowledged already is no step back.
      const told = calls.filter(grantedCall).map(({ result }) => member(result, "ack_seq"));
      const actual = `ack_seq ${told.map((seq) => JSON.stringify(seq ?? null)).join(", ")}`;
      const shaped = calls.filter(grantedCall).every(({ result }) => member(result, "success") === true);
      if (!shaped || !told.every(Number.isInteger)) {
        return violated({ reasonCode: "schema", expected, actual, exchanges });
      }
      if (told.every((seq) => Number(seq) >= late)) return pass(exchanges, [actual]);
      return violated({ reasonCode: "backwards", expected, actual, exchanges });
    },
  }),
  rpcRefusal({
    id: "A134.pull-other-device",
    requirement: "A134",
    title: "message.pull for another device is refused",
    control: ownPull,
    attempt: (world: AunWorld, { session }) =>
      // Another one, and one that begins like the own.
      Promise.all(
        [world.unique("device"), `${session.device}-2`].map((device_id) =>
          pullOwn(session, { after_seq: 0, limit: 1, device_id }),
        ),
      ),
  }),
  rpcRefusal({
    id: "A134.pull-other-slot",
    requirement: "A134",
    title: "message.pull for another slot is refused",
    control: ownPull,
    attempt: (world: AunWorld, { session }) =>
      pullOwn(session, { after_seq: 0, limit: 1, slot_id: world.unique("slot") }),
  }),
  rpcRefusal({
    id: "A134.ack-other-device",
    requirement: "A134",
    title: "message.ack for another device is refused",
    control: ownAck,
    attempt: (world: AunWorld, { receiver, seq }) => acknowledge(receiver, seq, { device_id: world.unique("device") }),
  }),
  rpcRefusal({
    id: "A134.ack-other-slot",
    requirement: "A134",
    title: "message.ack for another slot is refused",
    control: ownAck,
    attempt: (world: AunWorld, { receiver, seq }) => acknowledge(receiver, seq, { slot_id: world.unique("slot") }),
  }),
  check<AunWorld>({
    id: "A137.pull",
    requirement: "A137",
    title: "nobody can pull what is for another AID, whatever AID the request names",
    async drive(world) {
      const secret = world.unique("for-somebody-else");
      world.fact("secret", secret);
      const { receiver, before } = await filled(world, [secret]);
      const { aid } = receiver.identity;
      const other = await world.session();
      world.mark("control", await pullOwn(receiver, { after_seq: before, limit: pageSize }));
      const claims: readonly Members[] = [{ aid }, { to: aid }, { owner: aid }, { owner_aid: aid, from_aid: aid }];
      for (const claim of claims) {
        for (const after_seq of [0, before]) {
          world.mark("attempt", await pullOwn(other, { after_seq, limit: pageSize, ...claim }));
        }
      }
    },
    judge(evidence) {
      const secret = String(evidence.facts["secret"]);
      const expected = "nothing of another AID";
      const holds = ({ answer }: RpcCall) => said(answer).includes(secret);
      const [control] = markedCalls(evidence, "control");
      if (control === undefined || !holds(control)) {
        const actual = "its receiver could not pull the message";
        return untested({ reasonCode: "control-refused", expected, actual, cause: "target" });
      }
      const attempts = markedCalls(evidence, "attempt");
      const leak = attempts.find(holds);
      if (leak === undefined) return pass([...markedFrames(evidence, "control"), ...framesOf(attempts)]);
      return violated({ reasonCode: "leaked", expected, actual: "a message for another AID", exchanges: leak.frames });
    },
  }),
];
