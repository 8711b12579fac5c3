import { type Messages, schemas } from "../../schemas/index.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Evidence, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import { parseJson, text } from "../engine/json.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { mutated } from "../fuzz/mutation.ts";
import { requireGranted } from "./control.ts";
import { type FuzzJudge, fuzzed } from "./fuzzed.ts";

export interface FuzzRow<World = AthWorld> extends CheckRow {
  /** The message that is mutated. */
  readonly message: keyof Messages;
  /** Makes a valid message of this kind, with everything it needs made anew, and sends it as `write` puts it down. */
  readonly send: (world: World, write: (message: unknown) => string) => Promise<Reply>;
  /** Members that the text lets a target take no notice of: mutations of these may be granted. */
  readonly harmless?: readonly string[];
  /** Where a message takes many others to get to: the part of the runs that it makes. */
  readonly share?: number;
  /** There too: a valid message that takes none, to see after each mutation that the target lives; the message itself comes again at the end. */
  readonly sign?: (world: World) => Promise<Reply>;
  /** A body that is a refusal and no error: where the protocol has messages that say no. */
  readonly saysNo?: (body: unknown) => boolean;
}

/**
 * A request, fuzzed: after the valid message was granted, mutations of it are sent one by one. Whatever they are, the target
 * answers, and not with a 5xx; it grants nothing for a message that lacks what the schema demands; its refusals have the
 * form of errors; and a valid message is granted afterwards.
 */
export function fuzz<World extends RecordingWorld<World> = AthWorld>(row: FuzzRow<World>): Check<World> {
  const { message, send, harmless = [], sign, saysNo = () => false, ...rest } = row;
  const valid = (world: World) => send(world, (made) => JSON.stringify(made));
  const markAlive = async (world: World, reply: Promise<Reply>) => world.mark("alive", await reply);
  return fuzzed<World>(rest, {
    schema: schemas[message],
    harmless,
    async control(world) {
      const reply = await valid(world);
      world.mark("control", reply);
      requireGranted(reply, "control");
    },
    async attempt(world, mutations) {
      world.mark("attempt", await send(world, (made) => mutated(made, mutations)));
      await markAlive(world, (sign ?? valid)(world));
    },
    ...(sign && { afterwards: (world: World) => markAlive(world, valid(world)) }),
    judge: httpJudge(saysNo),
  });
}

function httpJudge(saysNo: (body: unknown) => boolean): FuzzJudge {
  return {
    controlGranted: (evidence) => marked(evidence, "control").some(granted),
    attempt: (evidence, refuse) => judgeAnswer(evidence, refuse, saysNo),
    alive: judgeAlive,
  };
}

function judgeAnswer(evidence: Evidence, refuse: boolean, saysNo: (body: unknown) => boolean): Finding {
  const [attempt] = marked(evidence, "attempt");
  const expected = refuse ? "a refusal (4xx) with code and message" : "an answer, and no crash";
  if (attempt === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange" });
  const details = { expected, actual: answerOf(attempt), exchanges: [attempt] };
  const { response } = attempt;
  if (response === null) return violated({ reasonCode: "no-answer", ...details });
  if (response.status === 429) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  if (response.status >= 500) return violated({ reasonCode: "server-error", ...details });
  if (refuse && granted(attempt)) return violated({ reasonCode: "accepted", ...details });
  const body = parseJson(response.body);
  const isError = text(body, "code") !== undefined && text(body, "message") !== undefined;
  if (response.status < 400 || isError || saysNo(body)) return pass([attempt]);
  return violated({
    reasonCode: "error-shape",
    expected: "a refusal that is a JSON object with code and message",
    actual: `${answerOf(attempt)} with ${body === undefined ? "a body that is no JSON" : "another body"}`,
    exchanges: [attempt],
  });
}

function judgeAlive(evidence: Evidence): Finding {
  const [alive] = marked(evidence, "alive");
  const expected = "after the mutated message the valid one is granted";
  if (alive === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no exchange" });
  if (granted(alive)) return pass([alive]);
  const details = { expected, actual: answerOf(alive), exchanges: [...marked(evidence, "attempt"), alive] };
  return alive.response?.status === 429
    ? untested({ reasonCode: "rate-limited", ...details, cause: "environment" })
    : violated({ reasonCode: "not-alive", ...details });
}
