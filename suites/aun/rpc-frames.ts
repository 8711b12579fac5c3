import { fittingCodes } from "../../specs/aun-gateway/error-codes.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { markedFrames } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, closeOf, markedCalls, messageOf, said } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { grantedCall } from "../kinds/rpc-control.ts";
import { type Fitting, judgeRefusal, rpcRefusal } from "../kinds/rpc-refusal.ts";
import { sendText } from "./shared/mail.ts";
import {
  answersTo,
  answerTo,
  controlPing,
  isAnswer,
  judgeAlive,
  lookAlive,
  pinged,
  pingText,
} from "./shared/raw-frames.ts";

const notJson: readonly string[] = ["{", "", "nope"];

/** A request with a name that nobody has given to a method. */
const callOf = (method: string) => JSON.stringify({ jsonrpc: "2.0", id: "called", method, params: {} });

/** Frames that are JSON and no request, or that ask for what there is not. */
interface BadFrames {
  readonly id: string;
  readonly requirement: string;
  readonly title: string;
  readonly frames: readonly string[];
  readonly fitting: Fitting;
}

const notARequest: Fitting = { codes: fittingCodes.notARequest, exact: true };
// The public clients read 404 and 4040 as not found, too.
const unknownMethod: Fitting = { codes: [...fittingCodes.unknownMethod, 404, 4040], exact: true };

const badFrames: readonly BadFrames[] = [
  {
    id: "A117.no-method",
    requirement: "A117",
    title: "an object without method is no request",
    frames: [JSON.stringify({ jsonrpc: "2.0", id: "no-method", params: {} })],
    fitting: notARequest,
  },
  {
    id: "A117.wrong-version",
    requirement: "A117",
    title: "a request of another JSON-RPC version is refused",
    frames: ["1.0", 2, undefined].map((jsonrpc) =>
      JSON.stringify({ jsonrpc, id: `version ${jsonrpc}`, method: "meta.ping", params: {} }),
    ),
    fitting: notARequest,
  },
  {
    id: "A117.empty-array",
    requirement: "A117",
    title: "an empty list is no request",
    frames: ["[]"],
    fitting: notARequest,
  },
  {
    id: "A117.not-object",
    requirement: "A117",
    title: "a number, a text and null are no requests",
    frames: ["5", '"meta.ping"', "null"],
    fitting: notARequest,
  },
  {
    id: "A118.unknown",
    requirement: "A118",
    title: "an unknown method is refused with -32601",
    frames: ["gateproof.unknown", "meta.gateproof_unknown", "message.gateproof_unknown", "auth.gateproof_unknown"].map(
      callOf,
    ),
    fitting: unknownMethod,
  },
  {
    id: "A118.prototype",
    requirement: "A118",
    title: "names that every object inherits are unknown methods",
    frames: ["constructor", "__proto__", "toString", "hasOwnProperty"].map(callOf),
    fitting: unknownMethod,
  },
];

function badFramesCheck({ id, requirement, title, frames, fitting }: BadFrames): Check<AunWorld> {
  return rpcRefusal({
    id,
    requirement,
    title,
    control: (world: AunWorld) => pinged(world),
    attempt: (world, { session }) => answersTo(world, session, frames),
    fitting,
  });
}

/** What a conforming target answers with an error and goes on. */
const survivable: readonly string[] = [
  "nope",
  JSON.stringify({ jsonrpc: "2.0", id: "no-method" }),
  callOf("gateproof.unknown"),
  JSON.stringify({ jsonrpc: "2.0", id: "params", method: "message.send", params: "text" }),
];

/** The refusals of JSON-RPC 2.0, and what gets no answer at all (A116 to A120, A124). */
export const frameChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A116.not-json",
    requirement: "A116",
    title: "what is no JSON is answered with -32700 and the id null",
    async drive(world) {
      world.mark("attempt", ...(await answersTo(world, await controlPing(world), notJson)));
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "attempt");
      const expected = "the error -32700 with the id null";
      if (calls.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
      const refusal = calls
        .map((call) => judgeRefusal(call, { codes: fittingCodes.notJson }))
        .find(({ outcome }) => outcome !== "pass");
      if (refusal !== undefined) return refusal;
      const exchanges = calls.flatMap(({ frames }) => frames);
      const other = calls.map(({ answer }) => messageOf(answer)?.["id"]).find((id) => id !== null);
      if (other === undefined && calls.every(({ answer }) => messageOf(answer)?.["id"] === null))
        return pass(exchanges);
      const actual = other === undefined ? "no id" : `the id ${JSON.stringify(other)}`;
      return violated({ reasonCode: "wrong-id", expected, actual, exchanges });
    },
  }),
  ...badFrames.map(badFramesCheck),
  rpcRefusal({
    id: "A119.wrong-type",
    requirement: "A119",
    title: "params that are a list or a text are refused",
    control: (world: AunWorld) => pinged(world),
    async attempt(world, { session }) {
      const ofSend = [[], "text"].map((params) =>
        JSON.stringify({ jsonrpc: "2.0", id: "send", method: "message.send", params }),
      );
      const ofConnect = JSON.stringify({ jsonrpc: "2.0", id: "connect", method: "auth.connect", params: "text" });
      const sent = await answersTo(world, session, ofSend);
      return [...sent, await answerTo(world, await world.connection(), ofConnect)];
    },
    // message.send has one code for everything (AUN docs DS09).
    fitting: { codes: [...fittingCodes.badParameter, ...fittingCodes.notARequest, -32603] },
  }),
  check<AunWorld>({
    id: "A120.notification",
    requirement: "A120",
    title: "a request without id gets no response, whatever becomes of it",
    async drive(world) {
      const session = await controlPing(world);
      const { aid } = await world.identity();
      world.mark(
        "sent",
        session.notify("meta.ping", {}),
        session.notify("gateproof.unknown", {}),
        session.notify("message.send", { to: aid, payload: { text: "a notification" } }),
      );
      // A message takes longer than a ping may: only behind the next one nothing can be under way any more.
      await session.settle();
      world.mark("later", await sendText(session, aid, "a request"));
      world.mark("answers", ...session.takeAll().flatMap((item) => (isAnswer(item) ? [item.frame] : [])));
    },
    judge(evidence) {
      const expected = "no response to a notification";
      const sent = markedFrames(evidence, "sent");
      const [later] = markedCalls(evidence, "later");
      const [answer] = markedFrames(evidence, "answers");
      if (answer !== undefined) {
        const actual = answer.text?.slice(0, 200) ?? "a response";
        return violated({ reasonCode: "answered", expected, actual, exchanges: [...sent, answer] });
      }
      if (later?.outcome === "result" || later?.outcome === "error") return pass([...sent, ...later.frames]);
      const actual = later === undefined ? "nothing" : `the request behind it got ${answerOfCall(later)}`;
      return untested({ reasonCode: "no-answer", expected, actual, exchanges: sent });
    },
  }),
  check<AunWorld>({
    id: "A124.survives",
    requirement: "A124",
    title: "a connection survives requests that are refused",
    async drive(world) {
      const session = await controlPing(world);
      for (const frame of survivable) {
        world.mark("attempt", await answerTo(world, session, frame));
        world.mark("after", await session.call("meta.ping", {}));
      }
      const end = await session.whenClosed(0);
      if (end !== undefined) world.mark("end", end);
      await lookAlive(world, session.identity);
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "after");
      const expected = "a ping is answered after each refusal";
      if (calls.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
      const alive = judgeAlive(evidence);
      if (alive.outcome !== "pass") return alive;
      const dead = calls.findIndex((call) => !grantedCall(call));
      if (dead === -1) return pass(calls.flatMap(({ frames }) => frames));
      const attempt = markedCalls(evidence, "attempt")[dead];
      const [end] = markedFrames(evidence, "end");
      const actual = `after ${attempt?.request?.text ?? "it"}: ${closeOf(end)}`;
      return violated({ reasonCode: "closed", expected, actual, exchanges: attempt?.frames ?? [] });
    },
  }),
  check<AunWorld>({
    id: "A123.batch",
    requirement: "A123",
    title: "a batch is answered as a batch, one by one, or refused",
    async drive(world) {
      const session = await controlPing(world);
      const batch = `[${batchIds.map((id) => pingText(id)).join(",")}]`;
      const call = await answerTo(world, session, batch);
      // The rest, where it is answered one by one.
      await session.settle();
      world.mark("attempt", ...(call.request === undefined ? [] : [call.request]));
      world.mark("answers", ...(call.answer === undefined ? [] : [call.answer]));
      world.mark("answers", ...session.takeAll().flatMap((item) => (isAnswer(item) ? [item.frame] : [])));
    },
    judge(evidence) {
      const expected = "an answer to both requests of the batch, or one error";
      const sent = markedFrames(evidence, "attempt");
      const answers = markedFrames(evidence, "answers").filter(({ kind }) => kind === "text");
      const exchanges = [...sent, ...answers];
      if (sent.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no batch" });
      if (answers.length === 0) {
        return violated({ reasonCode: "no-answer", expected, actual: "no answer", exchanges });
      }
      const answered = answers.map(said).join("\n");
      const [only] = answers.map(messageOf);
      if (batchIds.every((id) => answered.includes(`"${id}"`))) {
        return pass(exchanges, [`a batch is answered ${answers.length === 1 ? "as a batch" : "one by one"}`]);
      }
      if (answers.length === 1 && only?.["error"] !== undefined) return pass(exchanges, ["a batch is refused"]);
      return violated({ reasonCode: "missing", expected, actual: answered.slice(0, 200), exchanges });
    },
  }),
];

const batchIds = ["batch-one", "batch-two"];
