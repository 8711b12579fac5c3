import type { AunWorld, Session } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, strings } from "../engine/json.ts";
import { answerOfCall, isUnknown, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { notTested } from "../engine/stop.ts";
import { check } from "../kinds/check.ts";
import { grantedCall, requireResult } from "../kinds/rpc-control.ts";
import { gather, pushedOn, sendText } from "./shared/mail.ts";
import { messagesIn, pullOwn } from "./shared/pulling.ts";

/** As many as one call may name (AUN docs 06 § 6.3), and for how long. */
const mostIds = 100;
const recallableS = 120;

const recalledText = "to be recalled";

async function recall(session: Session, ids: readonly string[]): Promise<RpcCall> {
  const call = await session.call("message.recall", { message_ids: [...ids] });
  if (!isUnknown(call)) return call;
  // The founding document does not speak of recalling, and the public clients do without it.
  throw notTested("method-absent", `the target has no message.recall: ${answerOfCall(call)}`, {
    cause: "target",
    exchanges: call.frames.map(({ id }) => id),
    mend: "offer message.recall (AUN docs 06 § 6.3)",
  });
}

/** A message that its receiver has got. */
interface Sent {
  readonly sender: Session;
  readonly receiver: Session;
  readonly id: string;
  /** From here on the receiver pulls. */
  readonly before: number;
}

async function sent(world: AunWorld, count = 1): Promise<Sent> {
  const sender = await world.session();
  const receiver = await world.session();
  const id = world.unique("message");
  const call = await sendText(sender, receiver.identity.aid, recalledText, { message_id: id });
  requireResult(call, "message.send");
  await gather(world, [{ name: "receiver", connection: receiver }], () => pushedOn(receiver).length >= count);
  return { sender, receiver, id, before: Number(member(call.result, "seq")) - 1 };
}

/** A recall as it should be, first, with another message of the same kind. */
async function controlled(world: AunWorld): Promise<Sent> {
  const control = await sent(world);
  const call = await recall(control.sender, [control.id]);
  world.mark("control", call);
  requireResult(call, "control");
  return control;
}

/** Drives a recall that must fail, after one that was granted. */
async function attempt(
  world: AunWorld,
  make: (control: Sent) => Promise<{ readonly ids: readonly string[]; readonly by: Session }>,
): Promise<void> {
  const { ids, by } = await make(await controlled(world));
  world.fact("ids", ids);
  world.mark("attempt", await recall(by.isOpen ? by : await world.session(by.identity), ids));
}

/** Whether the answer says that this message was recalled: a result that neither names it as an error nor leaves it out. */
function isRecalled(call: RpcCall, id: string): boolean {
  if (!grantedCall(call)) return listed(call, "recalled")?.includes(id) ?? false;
  const errors = JSON.stringify(member(call.result, "errors") ?? null);
  return !errors.includes(id) && (listed(call, "recalled")?.includes(id) ?? true);
}

function listed({ result }: RpcCall, name: string): readonly string[] | undefined {
  return strings(member(result, name));
}

/** The messages of an answer that were dealt with one by one, recalled or not. */
function dealtWith({ result }: RpcCall, ids: readonly string[]): number {
  const said = JSON.stringify([member(result, "errors") ?? null, member(result, "recalled") ?? null]);
  return ids.filter((id) => said.includes(`"${id}"`)).length;
}

/** Judges that a recall failed: `accepted`, `no-answer`. */
function judgeRefused(evidence: Evidence, wrong: (call: RpcCall, ids: readonly string[]) => string | undefined) {
  const [call] = markedCalls(evidence, "attempt");
  const expected = "an error, or a result that tells it under errors";
  if (call === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
    return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
  }
  const details = { expected, exchanges: call.frames };
  if (call.outcome === "silent" || call.outcome === "closed") {
    return violated({ reasonCode: "no-answer", actual: answerOfCall(call), ...details });
  }
  const actual = wrong(call, strings(evidence.facts["ids"]) ?? []);
  return actual === undefined ? pass(call.frames) : violated({ reasonCode: "accepted", actual, ...details });
}

function judgeNotRecalled(evidence: Evidence): Finding {
  return judgeRefused(evidence, (call, ids) =>
    ids.some((id) => isRecalled(call, id)) ? "it was recalled" : undefined,
  );
}

/** Recalling a message (A135). */
export const recallChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A135.recall",
    requirement: "A135",
    title: "a recalled message is gone, and its receiver is told",
    async drive(world) {
      const { sender, receiver, id, before } = await sent(world);
      const call = await recall(sender, [id]);
      world.mark("control", call);
      requireResult(call, "control");
      const about = await receiver.take(
        ({ method, message }) =>
          method !== undefined && isRecall(method) && JSON.stringify(message).includes(`"${id}"`),
        world.patience,
      );
      if (about !== undefined) world.mark("told", about.frame);
      world.mark("pull", await pullOwn(receiver, { after_seq: before, limit: 10 }));
    },
    judge(evidence) {
      const expected = "a push to the receiver, and nothing left to pull";
      const [call] = markedCalls(evidence, "control");
      const [pull] = markedCalls(evidence, "pull");
      if (call === undefined || pull === undefined || !grantedCall(call) || !grantedCall(pull)) {
        const actual = "no granted message.recall and message.pull";
        return untested({ reasonCode: "request-refused", expected, actual, cause: "target" });
      }
      const told = markedFrames(evidence, "told");
      const exchanges = [...call.frames, ...told, ...pull.frames];
      // A stone in its place without the text is as good as nothing.
      if (messagesIn(pull).some((arrival) => arrival.text === recalledText)) {
        const actual = "the message can still be pulled";
        return violated({ reasonCode: "not-recalled", expected, actual, exchanges });
      }
      if (told.length > 0) return pass(exchanges);
      return violated({ reasonCode: "not-told", expected, actual: "no push to the receiver", exchanges });
    },
  }),
  check<AunWorld>({
    id: "A135.not-sender",
    requirement: "A135",
    title: "only the sender can recall a message",
    drive: (world) =>
      attempt(world, async () => {
        const { receiver, id } = await sent(world);
        return { ids: [id], by: receiver };
      }),
    judge: judgeNotRecalled,
  }),
  check<AunWorld>({
    id: "A135.not-found",
    requirement: "A135",
    title: "a message that does not exist cannot be recalled",
    drive: (world) => attempt(world, async ({ sender }) => ({ ids: [world.unique("no-message")], by: sender })),
    judge: judgeNotRecalled,
  }),
  check<AunWorld>({
    id: "A135.twice",
    requirement: "A135",
    title: "a message cannot be recalled twice",
    drive: (world) => attempt(world, async ({ sender, id }) => ({ ids: [id], by: sender })),
    judge: judgeNotRecalled,
  }),
  check<AunWorld>({
    id: "A135.hundred",
    requirement: "A135",
    title: `a recall may name ${mostIds} messages, whatever becomes of the others`,
    drive: (world) =>
      attempt(world, async () => {
        const { sender, id } = await sent(world);
        const others = Array.from({ length: mostIds - 1 }, () => world.unique("no-message"));
        return { ids: [id, ...others], by: sender };
      }),
    judge(evidence) {
      const [call] = markedCalls(evidence, "attempt");
      const [id = ""] = strings(evidence.facts["ids"]) ?? [];
      const expected = "the one message that exists is recalled";
      if (call === undefined || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      if (isRecalled(call, id)) return pass(call.frames);
      return violated({ reasonCode: "refused", expected, actual: answerOfCall(call), exchanges: call.frames });
    },
  }),
  check<AunWorld>({
    id: "A135.too-many",
    requirement: "A135",
    title: `a recall names ${mostIds} messages at most`,
    drive: (world) =>
      attempt(world, async ({ sender }) => ({
        ids: Array.from({ length: mostIds + 1 }, () => world.unique("no-message")),
        by: sender,
      })),
    judge: (evidence) =>
      judgeRefused(evidence, (call, ids) => {
        const dealt = dealtWith(call, ids);
        return dealt > mostIds ? `${dealt} messages were dealt with` : undefined;
      }),
  }),
  check<AunWorld>({
    id: "A135.expired",
    requirement: "A135",
    title: `a message cannot be recalled after ${recallableS / 60} minutes`,
    // By the hook only: that much real time would be longer than everything else together.
    needs: ["clock"],
    traits: ["exclusive"],
    drive: (world) =>
      attempt(world, async () => {
        const { sender, id } = await sent(world);
        await world.passTime(recallableS + 1);
        return { ids: [id], by: sender };
      }),
    judge: judgeNotRecalled,
  }),
];

/** A push that is about a recall, whatever the target calls it; the message itself came by another one. */
const isRecall = (method: string) => method !== "event/message.received";
