import { aunErrorCodes, internalErrors } from "../../specs/aun-gateway/error-codes.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOfCall, isRateLimited, markedCalls, type RpcCall } from "../engine/rpc.ts";
import { headOf } from "./head.ts";
import { driveRpcControlled, grantedCall, type MarksFrames, type RpcControlled } from "./rpc-control.ts";

export interface RpcRefusalRow<World, Control extends RpcControlled> extends CheckRow {
  /** The same request, valid: it must give a result first, or the refusal proves nothing. */
  readonly control: (world: World) => Promise<Control>;
  /** The request that must be refused; several are judged one by one. */
  readonly attempt: (world: World, control: Control) => Promise<RpcCall | readonly RpcCall[]>;
  readonly fitting?: Fitting;
}

/** How a refusal has to look, where the documents say so. */
export interface Fitting {
  /** Other codes that the documents list are then a violation. */
  readonly codes?: readonly number[];
  /** A code that no document lists is a violation as well: JSON-RPC itself gives the one for this case. */
  readonly exact?: true;
  /** The documented message; it has to be somewhere in the error. */
  readonly message?: string;
  /** The end of the connection without an answer is a refusal as well. */
  readonly mayClose?: true;
  /** A result that says `success: false` is no refusal here. */
  readonly asError?: true;
}

/** A refusal over JSON-RPC: after its positive control gave a result, the attempt is answered by an error. */
export function rpcRefusal<World extends MarksFrames, Control extends RpcControlled>(
  row: RpcRefusalRow<World, Control>,
): Check<World> {
  const { control, attempt, fitting = {} } = row;
  return {
    ...headOf(row),
    kind: "refusal",
    drive: (world) => driveRpcControlled(world, control, attempt),
    judge(evidence) {
      const attempts = markedCalls(evidence, "attempt");
      const controls = markedCalls(evidence, "control");
      if (attempts.length === 0 || !controls.some(grantedCall)) {
        return untested({
          reasonCode: "control-refused",
          expected: "the same request, valid, gives a result first",
          actual: "no granted positive control is in the evidence",
          exchanges: controls.flatMap(({ frames }) => frames),
        });
      }
      const findings = attempts.map((call) => judgeRefusal(call, fitting));
      return (
        findings.find(({ outcome }) => outcome !== "pass") ??
        pass(
          attempts.flatMap(({ frames }) => frames),
          familiesOf(attempts),
        )
      );
    },
  };
}

/** Judges one answer to a request that must be refused. */
export function judgeRefusal(call: RpcCall, { codes, message, mayClose, asError, exact }: Fitting = {}): Finding {
  const expected =
    codes === undefined && message === undefined
      ? "an error"
      : `an error${codes === undefined ? "" : ` ${codes.join(" or ")}`}${message === undefined ? "" : ` with "${message}"`}`;
  const details = { expected, actual: answerOfCall(call), exchanges: call.frames };
  const { outcome, error, frames } = call;
  if (outcome === "closed" && mayClose) return pass(frames);
  if (outcome === "silent" || outcome === "closed") return violated({ reasonCode: "no-answer", ...details });
  if (grantedCall(call) || (asError && error === undefined)) return violated({ reasonCode: "accepted", ...details });
  if (error === undefined) return pass(frames);
  const { code } = error;
  if (isRateLimited(call)) return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  if (!codes?.includes(code)) {
    if (internalErrors.includes(code)) return violated({ reasonCode: "server-error", ...details });
    if (codes !== undefined && (exact || aunErrorCodes[code] !== undefined)) {
      return violated({ reasonCode: "unfitting-code", ...details });
    }
  }
  // Some servers put the word into the data of the error.
  const said = `${error.message} ${JSON.stringify(error.data ?? null)}`;
  if (message !== undefined && !said.includes(message))
    return violated({ reasonCode: "unfitting-message", ...details });
  return pass(frames);
}

/** Tells by which of the documented codes a target refuses: the documents give two families for some cases. */
function familiesOf(attempts: readonly RpcCall[]): readonly string[] {
  const codes = new Set(attempts.flatMap(({ error }) => (error === undefined ? [] : [error.code])));
  return codes.size === 0 ? [] : [`refused with ${[...codes].join(", ")}`];
}
