import type { Check, CheckRow } from "../engine/check.ts";
import type { Evidence } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, isRateLimited, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { headOf } from "./head.ts";
import type { RpcRelation } from "./rpc-conforms.ts";
import { callsOf, driveRpcControlled, grantedCall, type MarksFrames, type RpcControlled } from "./rpc-control.ts";

export interface RpcAcceptanceRow<World, Control extends RpcControlled> extends CheckRow {
  /** The plain form of the request, or what leads to it; granted first, so that a refusal afterwards means something. */
  readonly control: (world: World) => Promise<Control>;
  /** The special form, which must give a result as well. */
  readonly attempt: (world: World, control: Control) => Promise<RpcCall | readonly RpcCall[]>;
  /** What each result must satisfy: a proof that the thing itself was granted. */
  readonly relations?: readonly RpcRelation[];
}

/** An acceptance over JSON-RPC: what the documents allow gives a result. */
export function rpcAcceptance<World extends MarksFrames, Control extends RpcControlled>(
  row: RpcAcceptanceRow<World, Control>,
): Check<World> {
  const { control, attempt, relations = [] } = row;
  return {
    ...headOf(row),
    kind: "acceptance",
    drive: (world) => driveRpcControlled(world, control, attempt),
    judge(evidence) {
      const attempts = markedCalls(evidence, "attempt");
      if (attempts.length === 0 || !markedCalls(evidence, "control").some(grantedCall)) {
        return untested({
          reasonCode: "control-refused",
          expected: "the plain form of the request gives a result first",
          actual: "no granted positive control is in the evidence",
        });
      }
      return judgeGranted(attempts, evidence, relations);
    },
  };
}

export interface RpcGrantRow<World> extends CheckRow {
  /** The calls that must give a result. */
  readonly attempt: (world: World) => Promise<RpcCall | readonly RpcCall[]>;
  /** The proof that the thing itself was granted, since there is no control beside it. */
  readonly relations: readonly [RpcRelation, ...RpcRelation[]];
}

/** An acceptance that is its own control, such as the first step of everything: it counts by what it gives. */
export function rpcGrant<World extends MarksFrames>(row: RpcGrantRow<World>): Check<World> {
  const { attempt, relations } = row;
  return {
    ...headOf(row),
    kind: "acceptance",
    async drive(world) {
      world.mark("attempt", ...callsOf(await attempt(world)));
    },
    judge(evidence) {
      const attempts = markedCalls(evidence, "attempt");
      if (attempts.length > 0) return judgeGranted(attempts, evidence, relations);
      return untested({ reasonCode: "nothing-recorded", expected: "a call", actual: "no call is in the evidence" });
    },
  };
}

/** Judges answers that must be results: `refused`, `no-answer`, or what a relation says. */
export function judgeGranted(
  attempts: readonly RpcCall[],
  evidence: Evidence,
  relations: readonly RpcRelation[] = [],
): Finding {
  for (const call of attempts) {
    const { frames, outcome } = call;
    if (!grantedCall(call)) {
      const details = {
        expected: "a result, as the documents allow it",
        actual: answerOfCall(call),
        exchanges: frames,
      };
      if (isRateLimited(call)) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
      const reasonCode = outcome === "result" || outcome === "error" ? "refused" : "no-answer";
      return violated({ reasonCode, ...details });
    }
    for (const { reasonCode, expected, broken } of relations) {
      const actual = broken(call.result, evidence, call);
      if (actual !== undefined) return violated({ reasonCode, expected, actual, exchanges: frames });
    }
  }
  return pass(attempts.flatMap(({ frames }) => frames));
}
