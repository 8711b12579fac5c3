import { type Messages, validate } from "../../schemas/index.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, isRateLimited, isUnknown, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { headOf } from "./head.ts";
import { callsOf, grantedCall, type MarksFrames } from "./rpc-control.ts";

/** A relation that a result must satisfy, beyond its shape. */
export interface RpcRelation {
  readonly reasonCode: string;
  readonly expected: string;
  /** undefined: it holds; otherwise what was found instead. */
  readonly broken: (result: unknown, evidence: Evidence, call: RpcCall) => string | undefined;
}

export interface RpcConformsRow<World> extends CheckRow {
  /** Gets the result to look at; of several each is judged. */
  readonly subject: (world: World) => Promise<RpcCall | readonly RpcCall[]>;
  /** The message it must be. */
  readonly shape?: keyof Messages;
  readonly relations?: readonly RpcRelation[];
  /** The request is one that every target grants which knows the method: its refusal is a violation. */
  readonly granted?: true;
}

/** A shape over JSON-RPC: the result is the message that the schema describes, and keeps the given relations. */
export function rpcConforms<World extends MarksFrames>(row: RpcConformsRow<World>): Check<World> {
  const { subject, shape, relations = [], granted = false } = row;
  return {
    ...headOf(row),
    kind: "conforms",
    async drive(world) {
      world.mark("subject", ...callsOf(await subject(world)));
    },
    judge(evidence) {
      const calls = markedCalls(evidence, "subject");
      const expected = shape === undefined ? "a result" : `a result that is a ${shape}`;
      if (calls.length === 0) return untested({ reasonCode: "nothing-recorded", expected, actual: "no call" });
      for (const call of calls) {
        if (granted && call.error !== undefined && !isUnknown(call) && !isRateLimited(call)) {
          const actual = answerOfCall(call);
          return violated({ reasonCode: "refused", expected, actual, exchanges: call.frames });
        }
        const finding = judgeResult(call, evidence, shape, relations);
        if (finding.outcome !== "pass") return finding;
      }
      return pass(calls.flatMap(({ frames }) => frames));
    },
  };
}

function judgeResult(
  call: RpcCall,
  evidence: Evidence,
  shape: keyof Messages | undefined,
  relations: readonly RpcRelation[],
): Finding {
  const { frames, result, outcome } = call;
  if (!grantedCall(call)) {
    const reasonCode = outcome === "error" || outcome === "result" ? "request-refused" : "no-answer";
    const details = { expected: "a result", actual: answerOfCall(call), exchanges: frames };
    if (isRateLimited(call)) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
    return untested({ reasonCode, ...details, cause: "target" });
  }
  const problem = shape === undefined ? undefined : misshapen(shape, result);
  if (problem !== undefined) {
    return violated({
      reasonCode: "schema",
      expected: `a result that is a ${shape}`,
      actual: problem,
      exchanges: frames,
    });
  }
  for (const { reasonCode, expected, broken } of relations) {
    const actual = broken(result, evidence, call);
    if (actual !== undefined) return violated({ reasonCode, expected, actual, exchanges: frames });
  }
  return pass(frames);
}

/** What is wrong with a value that should be the message; undefined when nothing is. */
export function misshapen(shape: keyof Messages, value: unknown): string | undefined {
  const judged = validate(shape, value);
  if (judged.ok) return undefined;
  const problems = judged.errors.slice(0, 5).map(({ path, problem }) => `${path === "" ? "it" : path} ${problem}`);
  return problems.join("; ");
}
