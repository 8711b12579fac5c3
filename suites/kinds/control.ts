import type { Reply } from "../drivers/reply.ts";
import { answerOf } from "../engine/granted.ts";
import { notTested, rateLimited } from "../engine/stop.ts";
import type { RecordingWorld } from "../engine/world.ts";

/** What a positive control may give: the answer, or something that carries it (a session, a grant). */
export type Controlled = Reply | { readonly reply: Reply };

function replyOf(controlled: Reply | { readonly reply: Reply }): Reply {
  return "reply" in controlled ? controlled.reply : controlled;
}

/** Drives the positive control, insists that it was granted, then drives the attempt; marks both for the judge. */
export async function driveControlled<World extends Pick<RecordingWorld<World>, "mark">, Control extends Controlled>(
  world: World,
  control: (world: World) => Promise<Control>,
  attempt: (world: World, control: Control) => Promise<Reply | readonly Reply[]>,
): Promise<void> {
  const controlled = await control(world);
  const reply = replyOf(controlled);
  world.mark("control", reply);
  requireGranted(reply, "control");
  const attempts = await attempt(world, controlled);
  world.mark("attempt", ...("exchange" in attempts ? [attempts] : attempts));
}

/** Ends the check as not-tested unless the target granted the step; says what the target answered instead. */
export function requireGranted(reply: Reply, step: string): void {
  if (reply.granted) return;
  const { exchange } = reply;
  const what = `${step === "control" ? "the positive control" : `the step "${step}"`} was not granted: ${answerOf(exchange)}`;
  const exchanges = [exchange.id];
  if (reply.status === 429) throw rateLimited(what, exchanges);
  if (exchange.error !== null) {
    throw notTested("transport", what, { exchanges, cause: "environment", mend: "see why the connection failed" });
  }
  throw notTested(step === "control" ? "control-refused" : "prerequisite-refused", what, {
    exchanges,
    cause: "target",
    mend: "see the exchange: a conforming target grants this request",
  });
}
