import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { type Evidence, type Frame, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { isObject, type Json, member, parseJson } from "../engine/json.ts";
import { markedCalls, messageOf, type RpcCall } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { requireResult } from "../kinds/rpc-control.ts";
import { gather, pushedOn, sendText } from "./shared/mail.ts";
import { answersTo, answerTo, controlPing, pinged } from "./shared/raw-frames.ts";

type Message = Readonly<Record<string, unknown>>;

/** Ids as JSON-RPC 2.0 § 4 allows them, the odd ones among them. */
const ids: readonly Json[] = ["x", "", "X-7", "42", " \u00fc\u{1f600}", 7, 0, -1, 1.5, "long ".repeat(40)];

/** Requests that a target must refuse, each in another layer. */
const badFrames: readonly string[] = [
  "{",
  JSON.stringify({ jsonrpc: "2.0", id: "no-method" }),
  JSON.stringify({ jsonrpc: "2.0", id: "unknown", method: "gateproof.unknown", params: {} }),
  JSON.stringify({ jsonrpc: "2.0", id: "params", method: "message.send", params: [] }),
];

/** One AID writes to another; everything that the target sent to either has the role `subject`. */
async function wholeSession(world: AunWorld): Promise<void> {
  const sender = await world.session();
  const receiver = await world.session();
  requireResult(await sender.call("meta.status", {}), "meta.status");
  requireResult(await sendText(sender, receiver.identity.aid, "a whole session"), "message.send");
  await gather(world, [{ name: "receiver", connection: receiver }], () => pushedOn(receiver).length > 0);
  await answersTo(world, sender, badFrames);
  world.mark("subject", ...[sender, receiver].flatMap(({ received }) => received.map(({ frame }) => frame)));
}

/** Judges each message of a session that the target sent. What is longer than evidence keeps cannot be read. */
function judgeMessages(
  evidence: Evidence,
  expected: string,
  broken: (message: Message) => string | undefined,
  concerns: (message: Message) => boolean = () => true,
): Finding {
  const frames = markedFrames(evidence, "subject").filter(({ truncated }) => truncated !== true);
  const seen: Frame[] = [];
  for (const frame of frames) {
    const message = messageOf(frame);
    const exchanges = [frame];
    if (message === undefined) {
      return violated({ reasonCode: "schema", expected, actual: "a frame that is no JSON object", exchanges });
    }
    if (!concerns(message)) continue;
    const actual = broken(message);
    if (actual !== undefined) return violated({ reasonCode: "schema", expected, actual, exchanges });
    seen.push(frame);
  }
  if (seen.length > 0) return pass(seen);
  return untested({ reasonCode: "nothing-recorded", expected, actual: "no such message came" });
}

/** A message under a name is a push; any other answers something. */
const isPush = (message: Message) => Object.hasOwn(message, "method");

function brokenResponse(message: Message): string | undefined {
  const given = ["result", "error"].filter((name) => Object.hasOwn(message, name));
  return given.length === 1 ? undefined : given.length === 0 ? "neither" : "both";
}

/** A push has no id, and a name of a kind that clients know (AUN docs 00 § 0.3). */
function brokenPush({ id, method }: Message): string | undefined {
  if (id !== undefined) return `a push with the id ${JSON.stringify(id)}`;
  const known = typeof method === "string" && /^(challenge$|event\/.|notification\/.)/.test(method);
  return known ? undefined : `a push called ${JSON.stringify(method)}`;
}

function brokenError(error: unknown): string | undefined {
  if (!isObject(error)) return `an error that is ${JSON.stringify(error)}`;
  const { code, message } = error;
  if (!Number.isInteger(code)) return `code ${JSON.stringify(code ?? null)}`;
  return typeof message === "string" ? undefined : `message ${JSON.stringify(message ?? null)}`;
}

/** Refusals of every layer: before auth.connect, and of each kind of bad request. */
async function refusals(world: AunWorld): Promise<readonly RpcCall[]> {
  const { session } = await pinged(world);
  const gated = await (await world.connection()).call("meta.ping", {});
  return [gated, ...(await answersTo(world, session, badFrames))];
}

/** The id of a request, and whether the answer has the same. */
function echoProblem({ request, answer }: RpcCall): string | undefined {
  const sent = member(parseJson(request?.text), "id");
  const came = messageOf(answer)?.["id"];
  return came === sent ? undefined : `${JSON.stringify(came ?? null)} for ${JSON.stringify(sent)}`;
}

/** What every frame must look like (A113 to A115, A121). */
export const formChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A113.version",
    requirement: "A113",
    title: 'every frame of a session says jsonrpc "2.0"',
    drive: wholeSession,
    judge: (evidence) =>
      judgeMessages(evidence, 'jsonrpc "2.0"', ({ jsonrpc }) =>
        jsonrpc === "2.0" ? undefined : JSON.stringify(jsonrpc ?? null),
      ),
  }),
  check<AunWorld>({
    id: "A114.id-type",
    requirement: "A114",
    title: "a response has the id of its request, of the same type",
    async drive(world) {
      const session = await controlPing(world);
      for (const id of ids) {
        const request = JSON.stringify({ jsonrpc: "2.0", id, method: "meta.ping", params: {} });
        world.mark("attempt", await answerTo(world, session, request));
      }
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "attempt");
      const expected = "the id that was sent";
      if (calls.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
      const unanswered = calls.find(({ outcome }) => outcome === "silent" || outcome === "closed");
      if (unanswered !== undefined) {
        const actual = `no answer to ${unanswered.request?.text ?? "it"}`;
        return violated({ reasonCode: "no-answer", expected, actual, exchanges: unanswered.frames });
      }
      const problem = calls.map(echoProblem).find((found) => found !== undefined);
      const exchanges = calls.flatMap(({ frames }) => frames);
      if (problem === undefined) return pass(exchanges);
      return violated({ reasonCode: "not-echoed", expected, actual: problem, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A114.one-of",
    requirement: "A114",
    title: "a response has either result or error",
    drive: wholeSession,
    judge: (evidence) =>
      judgeMessages(evidence, "one of result and error", brokenResponse, (message) => !isPush(message)),
  }),
  check<AunWorld>({
    id: "A115.error-shape",
    requirement: "A115",
    title: "an error has an integer code and a text as message",
    async drive(world) {
      world.mark("attempt", ...(await refusals(world)));
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "attempt").filter(({ error }) => error !== undefined);
      const expected = "errors with an integer code and a text as message";
      const exchanges = calls.flatMap(({ frames }) => frames);
      if (calls.length === 0) return untested({ reasonCode: "not-refused", expected, actual: "no error came" });
      const actual = calls
        .map(({ answer }) => brokenError(messageOf(answer)?.["error"]))
        .find((found) => found !== undefined);
      return actual === undefined ? pass(exchanges) : violated({ reasonCode: "schema", expected, actual, exchanges });
    },
  }),
  check<AunWorld>({
    id: "A121.pushes",
    requirement: "A121",
    title: "a push has no id and is called event/…, notification/… or challenge",
    drive: wholeSession,
    judge: (evidence) => judgeMessages(evidence, "a notification of a known kind", brokenPush, isPush),
  }),
];
