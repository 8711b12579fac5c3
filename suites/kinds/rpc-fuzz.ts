import { type Messages, schemas } from "../../schemas/index.ts";
import { internalErrors } from "../../specs/aun-gateway/error-codes.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { member, text } from "../engine/json.ts";
import { answerOfCall, isRateLimited, markedCalls, messageOf, type RpcCall } from "../engine/rpc.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { mutated } from "../fuzz/mutation.ts";
import { fuzzed } from "./fuzzed.ts";
import { grantedCall, type MarksFrames, requireResult } from "./rpc-control.ts";

/** Writes the params of a request down, given the valid ones. */
export type WriteParams = (params: unknown) => string;

export interface RpcFuzzRow<World, Ready> extends CheckRow {
  /** The params that are mutated. */
  readonly message: keyof Messages;
  /** Makes what valid requests need, once for each case. */
  readonly begin: (world: World) => Promise<Ready>;
  /** Sends a valid request, its params as `write` puts them down; on a new connection where the old one was closed. */
  readonly send: (world: World, ready: Ready, write: WriteParams) => Promise<RpcCall>;
  /** Members that the text lets a target take no notice of: mutations of these may be granted. */
  readonly harmless?: readonly string[];
  /** Codes of internal errors by which the documents have this method refuse. */
  readonly refusals?: readonly number[];
}

/**
 * A JSON-RPC method, fuzzed: after the valid request was granted, mutations of its params are sent one by one. Whatever they
 * are, the target answers or closes the connection, and does not speak of an internal error; it gives no result for params
 * that lack what the schema demands; its errors have the form of errors; and the valid request is granted afterwards.
 */
export function rpcFuzz<World extends RecordingWorld<World> & MarksFrames, Ready>(
  row: RpcFuzzRow<World, Ready>,
): Check<World> {
  const { message, begin, send, harmless = [], refusals = [], ...rest } = row;
  const whole: WriteParams = (params) => JSON.stringify(params);
  return fuzzed<World>(rest, {
    schema: schemas[message],
    harmless,
    async control(world) {
      const call = await send(world, await begin(world), whole);
      world.mark("control", call);
      requireResult(call, "control");
    },
    async attempt(world, mutations) {
      const ready = await begin(world);
      world.mark("attempt", await send(world, ready, (params) => mutated(params, mutations)));
      world.mark("alive", await send(world, ready, whole));
    },
    judge: {
      controlGranted: (evidence) => markedCalls(evidence, "control").some(grantedCall),
      attempt: (evidence, refuse) => judgeAnswer(evidence, { refuse, refusals }),
      alive: judgeAlive,
    },
  });
}

interface Due {
  readonly refuse: boolean;
  readonly refusals: readonly number[];
}

function judgeAnswer(evidence: Evidence, { refuse, refusals }: Due): Finding {
  const [call] = markedCalls(evidence, "attempt");
  const expected = refuse ? "an error with code and message" : "an answer, and no internal error";
  if (call === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
  const { outcome, error, frames, answer } = call;
  const details = { expected, actual: answerOfCall(call), exchanges: frames };
  if (outcome === "silent") return violated({ reasonCode: "no-answer", ...details });
  // Whether the gateway lives shows afterwards.
  if (outcome === "closed") return pass(frames, ["the connection was closed"]);
  if (refuse && grantedCall(call)) return violated({ reasonCode: "accepted", ...details });
  if (error === undefined) return pass(frames);
  if (isRateLimited(call)) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  const isInternal = internalErrors.includes(error.code) && !refusals.includes(error.code);
  if (isInternal) return violated({ reasonCode: "server-error", ...details });
  const said = member(messageOf(answer), "error");
  if (Number.isInteger(error.code) && text(said, "message") !== undefined) return pass(frames);
  return violated({
    reasonCode: "error-shape",
    expected: "an error with an integer code and a text as message",
    actual: JSON.stringify(said),
    exchanges: frames,
  });
}

function judgeAlive(evidence: Evidence): Finding {
  const [call] = markedCalls(evidence, "alive");
  const expected = "after the mutated request the valid one is granted";
  if (call === undefined) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
  if (grantedCall(call)) return pass(call.frames);
  const { frames } = call;
  const attempts = markedCalls(evidence, "attempt").flatMap((attempt) => attempt.frames);
  const details = { expected, actual: answerOfCall(call), exchanges: [...attempts, ...frames] };
  return isRateLimited(call)
    ? untested({ reasonCode: "rate-limited", ...details, cause: "environment" })
    : violated({ reasonCode: "not-alive", ...details });
}
