import { isListedCode } from "../../specs/ath-0.1/error-codes.ts";
import type { Reply } from "../drivers/reply.ts";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { type Evidence, type Exchange, marked } from "../engine/evidence.ts";
import { type Finding, pass, untested, violated } from "../engine/finding.ts";
import { answerOf, errorCode, granted } from "../engine/granted.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { type Controlled, driveControlled } from "./control.ts";
import { headOf } from "./head.ts";

/** Something that must not have happened, although the answer was a refusal. */
export interface SideEffect {
  readonly reasonCode: string;
  readonly expected: string;
  /** The exchanges that show it; empty: it did not happen. */
  readonly shown: (evidence: Evidence) => readonly Exchange[];
}

export interface RefusalRow<Control extends Controlled, World = AthWorld> extends CheckRow {
  /** The same request, valid: it must be granted first, or the refusal proves nothing. */
  readonly control: (world: World) => Promise<Control>;
  /** The request that must be refused; several are judged one by one. */
  readonly attempt: (world: World, control: Control) => Promise<Reply | readonly Reply[]>;
  /** The fitting codes, where the text states them. Other listed codes are then a violation. */
  readonly codes?: readonly string[];
  readonly sideEffects?: readonly SideEffect[];
}

/**
 * A refusal: after its positive control was granted, the attempt is answered by a 4xx and grants nothing.
 *
 * A body that is no ATHError, or a code from no list, is not this check's business (ERR-1, ERR-3), so that one wrong
 * habit of a target is one finding and not forty.
 */
export function refusal<Control extends Controlled, World extends Pick<RecordingWorld<World>, "mark"> = AthWorld>(
  row: RefusalRow<Control, World>,
): Check<World> {
  const { control, attempt, codes, sideEffects = [] } = row;
  return {
    ...headOf(row),
    kind: "refusal",
    drive: (world) => driveControlled(world, control, attempt),
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      if (attempts.length === 0 || !marked(evidence, "control").some(granted)) return noControl(evidence);
      const finding = attempts
        .map((exchange) => judgeAttempt(exchange, codes))
        .find(({ outcome }) => outcome !== "pass");
      if (finding !== undefined) return finding;
      for (const { reasonCode, expected, shown } of sideEffects) {
        const exchanges = shown(evidence);
        if (exchanges.length > 0) {
          return violated({
            reasonCode,
            expected,
            actual: `refused, and yet it happened ${exchanges.length} time(s)`,
            exchanges,
          });
        }
      }
      return pass(attempts);
    },
  };
}

function noControl(evidence: Evidence): Finding {
  return untested({
    reasonCode: "control-refused",
    expected: "the same request, valid, is granted first",
    actual: "no granted positive control is in the evidence",
    exchanges: marked(evidence, "control"),
  });
}

/** Judges one answer to a request that must be refused. Shared by every kind that expects a refusal. */
export function judgeAttempt(exchange: Exchange, codes?: readonly string[]): Finding {
  const expected = codes === undefined ? "a refusal (4xx)" : `a refusal (4xx) with ${codes.join(" or ")}`;
  const details = { expected, actual: answerOf(exchange), exchanges: [exchange] };
  const { response } = exchange;
  if (response === null) return violated({ reasonCode: "no-answer", ...details });
  if (response.status === 429) {
    return untested({ reasonCode: "rate-limited", ...details, cause: "environment" });
  }
  if (granted(exchange) || response.status < 400) return violated({ reasonCode: "accepted", ...details });
  if (response.status >= 500) return violated({ reasonCode: "server-error", ...details });
  const code = errorCode(exchange);
  if (codes !== undefined && code !== undefined && isListedCode(code) && !codes.includes(code)) {
    return violated({ reasonCode: "unfitting-code", ...details });
  }
  return pass([exchange]);
}
