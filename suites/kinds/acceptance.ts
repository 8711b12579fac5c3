import type { Reply } from "../drivers/reply.ts";
import type { World as AthWorld } from "../drivers/world.ts";
import type { Check, CheckRow } from "../engine/check.ts";
import { marked } from "../engine/evidence.ts";
import { pass, untested, violated } from "../engine/finding.ts";
import { answerOf, granted } from "../engine/granted.ts";
import type { RecordingWorld } from "../engine/world.ts";
import { type Controlled, driveControlled } from "./control.ts";
import { headOf } from "./head.ts";

export interface AcceptanceRow<Control extends Controlled, World = AthWorld> extends CheckRow {
  /** The plain form of the request; granted first, so that a refusal of the special form means something. */
  readonly control: (world: World) => Promise<Control>;
  /** The special form, which must be granted as well. */
  readonly attempt: (world: World, control: Control) => Promise<Reply | readonly Reply[]>;
}

/** An acceptance: what the text allows must be granted (a clock four minutes off, a rotated key). */
export function acceptance<Control extends Controlled, World extends Pick<RecordingWorld<World>, "mark"> = AthWorld>(
  row: AcceptanceRow<Control, World>,
): Check<World> {
  const { control, attempt } = row;
  return {
    ...headOf(row),
    kind: "acceptance",
    drive: (world) => driveControlled(world, control, attempt),
    judge(evidence) {
      const attempts = marked(evidence, "attempt");
      const expected = "granted, as the text allows it";
      if (attempts.length === 0 || !marked(evidence, "control").some(granted)) {
        return untested({ reasonCode: "control-refused", expected, actual: "no granted positive control" });
      }
      const limited = attempts.find(({ response }) => response?.status === 429);
      if (limited !== undefined) {
        return untested({ reasonCode: "rate-limited", expected, actual: answerOf(limited), exchanges: [limited] });
      }
      const other = attempts.find((exchange) => !granted(exchange));
      if (other === undefined) return pass(attempts);
      const reasonCode = other.response === null ? "no-answer" : "refused";
      return violated({ reasonCode, expected, actual: answerOf(other), exchanges: [other] });
    },
  };
}
