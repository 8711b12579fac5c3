import { bitsOf, variationOf } from "../ath/shared/secret-strength.ts";
import type { AunWorld } from "../drivers/aun/world.ts";
import type { Section } from "../engine/check.ts";
import { type Evidence, type Frame, markedFrames } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { markedCalls, messageOf } from "../engine/rpc.ts";
import { check } from "../kinds/check.ts";
import { misshapen } from "../kinds/rpc-conforms.ts";

/** Connections whose nonces are compared. */
const connections = 20;
/** What the varying part of a nonce must be able to carry, in bits. */
const unguessable = 64;

/** Opens a connection and marks what came first. */
async function first(world: AunWorld): Promise<void> {
  const connection = await world.dial();
  const came = await connection.take(() => true);
  world.mark("opening", connection.opening);
  if (came !== undefined) world.mark("subject", came.frame);
}

async function manyNonces(world: AunWorld): Promise<void> {
  const opened = await Promise.all(Array.from({ length: connections }, () => world.connection()));
  world.mark("subject", ...opened.flatMap(({ challenge }) => (challenge === undefined ? [] : [challenge.frame])));
}

/** Judges the first frame; when none came that is the finding. */
function judgeFirst(evidence: Evidence, judge: (message: Record<string, unknown>, frame: Frame) => Finding): Finding {
  const expected = "a first frame that is the challenge";
  const [frame] = markedFrames(evidence, "subject");
  const opening = markedFrames(evidence, "opening");
  if (frame === undefined) {
    return opening.some(({ kind }) => kind === "open")
      ? violated({ reasonCode: "no-answer", expected, actual: "nothing came", exchanges: opening })
      : untested({ reasonCode: "transport", expected, actual: "no connection", exchanges: opening });
  }
  const message = messageOf(frame);
  if (message !== undefined) return judge(message, frame);
  return violated({ reasonCode: "schema", expected, actual: "a frame that is no JSON object", exchanges: [frame] });
}

const noncesIn = (frames: readonly Frame[]) =>
  frames.map((frame) => text(member(messageOf(frame), "params"), "nonce") ?? "");

/** What a connection begins with (A9 to A13). */
export const challenge: Section<AunWorld> = {
  id: "challenge",
  title: "Challenge",
  checks: [
    check<AunWorld>({
      id: "A9.first-frame",
      requirement: "A9",
      title: "a connection begins with the notification challenge, unprompted and without id",
      drive: first,
      judge: (evidence) =>
        judgeFirst(evidence, (message, frame) => {
          const actual = misshapen("AunChallenge", message);
          if (actual === undefined) return pass([frame]);
          return violated({ reasonCode: "schema", expected: "an AunChallenge", actual, exchanges: [frame] });
        }),
    }),
    check<AunWorld>({
      id: "A10.nonce",
      requirement: "A10",
      title: "the challenge's nonce is a text that is not empty",
      drive: first,
      judge: (evidence) =>
        judgeFirst(evidence, (message, frame) => {
          const nonce = member(message["params"], "nonce");
          if (typeof nonce === "string" && nonce !== "") return pass([frame]);
          const actual = JSON.stringify(nonce ?? null);
          return violated({ reasonCode: "schema", expected: "a text in params.nonce", actual, exchanges: [frame] });
        }),
    }),
    check<AunWorld>({
      id: "A11.fresh",
      requirement: "A11",
      title: `${connections} connections have ${connections} different nonces`,
      drive: manyNonces,
      judge(evidence) {
        const frames = markedFrames(evidence, "subject");
        const nonces = noncesIn(frames);
        const expected = `${connections} different nonces`;
        const actual = `${new Set(nonces).size} different ones of ${nonces.length}`;
        if (nonces.length < connections) return untested({ reasonCode: "too-few", expected, actual });
        if (new Set(nonces).size === nonces.length) return pass(frames);
        return violated({ reasonCode: "repeated", expected, actual, exchanges: frames });
      },
    }),
    check<AunWorld>({
      id: "A11.unguessable",
      requirement: "A11",
      title: "what differs between nonces is too much to be guessed",
      drive: manyNonces,
      judge(evidence) {
        const frames = markedFrames(evidence, "subject");
        const variation = variationOf(noncesIn(frames));
        const bits = Math.floor(bitsOf(variation));
        const expected = `at least ${unguessable} bits that differ from nonce to nonce`;
        const actual = `${bits} bits in ${variation.varying} positions of ${variation.samples} nonces`;
        if (frames.length < connections) return untested({ reasonCode: "too-few", expected, actual });
        if (bits >= unguessable) return pass(frames, [actual]);
        return violated({ reasonCode: "guessable", expected, actual, exchanges: frames });
      },
    }),
    check<AunWorld>({
      id: "A12.members",
      requirement: "A12",
      title: "the challenge tells server, protocol, auth methods, capabilities and time",
      drive: first,
      judge: (evidence) =>
        judgeFirst(evidence, (message, frame) => {
          const actual = misshapen("AunChallengeParams", message["params"]);
          if (actual === undefined) return pass([frame]);
          return violated({ reasonCode: "schema", expected: "AunChallengeParams", actual, exchanges: [frame] });
        }),
    }),
    check<AunWorld>({
      id: "A13.quiet",
      requirement: "A13",
      title: "nothing is pushed between the challenge and the answer to the first request",
      async drive(world) {
        const { aid, certificate } = await world.identity();
        const connection = await world.connection();
        const params = { aid, cert: certificate, client_nonce: "Z2F0ZXByb29mLTAxMjM=" };
        const call = await connection.call("auth.aid_login1", params);
        world.mark("control", call);
        // Whatever is sent a little late is a push before the second request.
        await connection.call("auth.aid_login1", params);
        world.mark("pushed", ...connection.takeAll().map(({ frame }) => frame));
      },
      judge(evidence) {
        const expected = "no push before auth.connect";
        const [control] = markedCalls(evidence, "control");
        if (control === undefined || control.answer === undefined) {
          return untested({ reasonCode: "no-answer", expected, actual: "the first request had no answer" });
        }
        const pushed = markedFrames(evidence, "pushed");
        if (pushed.length === 0) return pass(control.frames);
        const actual = text(messageOf(pushed[0]), "method") ?? "another frame";
        return violated({ reasonCode: "unasked-push", expected, actual, exchanges: pushed });
      },
    }),
  ],
};
