import type { AunWorld } from "../drivers/aun/world.ts";
import type { Check } from "../engine/check.ts";
import { markedFrames } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { member, strings } from "../engine/json.ts";
import { answerOfCall, markedCalls, messageOf } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { rpcAcceptance } from "../kinds/rpc-acceptance.ts";
import { answerTo, controlPing, isAnswer, judgeAlive, lookAlive, pinged, pingText } from "./shared/raw-frames.ts";

/** As many as the public clients have under way at most (AUN docs DS08). */
const atOnce = 16;

const mebibyte = 1_048_576;
/** The first may still be taken, the second nobody has announced. */
const long = [1.5 * mebibyte, 8 * mebibyte] as const;

/** Many requests, and frames that are longer or oddly framed (A122, A125). */
export const limitChecks: readonly Check<AunWorld>[] = [
  check<AunWorld>({
    id: "A122.concurrent",
    requirement: "A122",
    title: `${atOnce} requests at once are all answered, each once`,
    async drive(world) {
      const session = await controlPing(world);
      const ids = Array.from({ length: atOnce }, () => world.unique("at-once"));
      world.fact("ids", ids);
      world.mark("sent", ...ids.map((id) => session.send(pingText(id))));
      const until = performance.now() + world.patience;
      for (let come = 0; come < ids.length; come += 1) {
        const left = Math.max(0, until - performance.now());
        const answer = await session.take(isAnswer, left);
        if (answer === undefined) break;
        world.mark("answers", answer.frame);
      }
      await session.settle();
      world.mark("answers", ...session.takeAll().flatMap((item) => (isAnswer(item) ? [item.frame] : [])));
    },
    judge(evidence) {
      const ids = strings(evidence.facts["ids"]) ?? [];
      const answers = markedFrames(evidence, "answers");
      const exchanges = [...markedFrames(evidence, "sent"), ...answers];
      const expected = "one answer to each request";
      if (ids.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no request" });
      const answered = answers.map((frame) => member(messageOf(frame), "id"));
      const times = ids.map((id) => answered.filter((one) => one === id).length);
      const missing = times.filter((count) => count === 0).length;
      if (missing > 0) {
        return violated({ reasonCode: "missing", expected, actual: `${missing} were not answered`, exchanges });
      }
      const doubled = times.filter((count) => count > 1).length;
      if (doubled === 0) return pass(exchanges);
      return violated({
        reasonCode: "doubled",
        expected,
        actual: `${doubled} were answered more than once`,
        exchanges,
      });
    },
  }),
  check<AunWorld>({
    id: "A125.oversized",
    requirement: "A125",
    title: "a message far above max_message_size is refused, and harms nobody",
    traits: ["bursty"],
    async drive(world) {
      const { identity, hello } = await controlPing(world);
      const features = member(member(hello.result, "capabilities"), "features");
      const announced = member(features, "max_message_size");
      world.fact("announced", typeof announced === "number" ? announced : 0);
      for (const bytes of long) {
        const session = await world.session(identity);
        world.mark("attempt", await session.call("meta.ping", { padding: "x".repeat(bytes) }));
        if (!(await lookAlive(world, identity))) return;
      }
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "attempt");
      const alive = judgeAlive(evidence, long.length);
      if (alive.outcome !== "pass") return alive;
      const expected = "an error, or the end of the connection";
      const tooLong = calls[1];
      if (tooLong === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
      const silent = calls.find(({ outcome }) => outcome === "silent");
      if (silent !== undefined) {
        return violated({ reasonCode: "no-answer", expected, actual: "no answer", exchanges: silent.frames });
      }
      const announced = evidence.facts["announced"];
      const notes = calls.map((call) => `${call.request?.bytes ?? 0} bytes: ${answerOfCall(call)}`);
      const exchanges = calls.flatMap(({ frames }) => frames);
      const allowed = typeof announced === "number" && announced >= (tooLong.request?.bytes ?? 0);
      if (tooLong.outcome !== "result" || allowed) return pass(exchanges, notes);
      return violated({ reasonCode: "accepted", expected, actual: notes.join("; "), exchanges });
    },
  }),
  check<AunWorld>({
    id: "A125.binary",
    requirement: "A125",
    title: "a binary frame harms nobody",
    async drive(world) {
      const session = await controlPing(world);
      const request = Buffer.from(pingText(world.unique("binary")));
      world.mark("attempt", await answerTo(world, session, request, { as: "binary" }));
      await lookAlive(world, session.identity);
    },
    judge(evidence) {
      const alive = judgeAlive(evidence);
      const [attempt] = markedCalls(evidence, "attempt");
      if (alive.outcome !== "pass" || attempt === undefined) return alive;
      return pass(attempt.frames, [`a binary frame gets ${answerOfCall(attempt)}`]);
    },
  }),
  rpcAcceptance({
    id: "A125.fragments",
    requirement: "A125",
    title: "a request in fragments, with ping frames between them, is answered",
    control: (world: AunWorld) => pinged(world),
    attempt: (world, { session }) =>
      answerTo(world, session, pingText(world.unique("fragments")), { fragments: 5, between: "ping" }),
  }),
];
