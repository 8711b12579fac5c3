import type { Reply } from "../../drivers/reply.ts";
import { answerOf } from "../../engine/granted.ts";
import { notTested } from "../../engine/stop.ts";

/** Ends the check as not-tested when the target granted a message that it must refuse: another check judges that. */
export function requireRefused(reply: Reply, step: string): void {
  if (!reply.granted && reply.status !== 0 && reply.status !== 429) return;
  throw notTested("prerequisite-granted", `the wrong ${step} was not refused: ${answerOf(reply.exchange)}`, {
    exchanges: [reply.exchange.id],
    cause: "target",
    mend: "see the checks of this step: they judge that it is refused",
  });
}
