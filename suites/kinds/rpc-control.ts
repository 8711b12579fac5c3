import type { Frame } from "../engine/evidence.ts";
import { member } from "../engine/json.ts";
import { answerOfCall, isRateLimited, type RpcCall } from "../engine/rpc.ts";
import { notTested, rateLimited } from "../engine/stop.ts";

/** The part of a world that the JSON-RPC kinds need. */
export interface MarksFrames {
  mark(role: string, ...items: readonly { readonly frames: readonly Frame[] }[]): void;
}

/** What a positive control may give: the call, or something that carries it. */
export type RpcControlled = RpcCall | { readonly call: RpcCall };

/** True when the target gave a result; one that says `success: false` is a refusal (AUN docs 01 § 1.5). */
export function grantedCall({ outcome, result }: RpcCall): boolean {
  return outcome === "result" && member(result, "success") !== false;
}

/** Drives the positive control, insists that it was granted, then drives the attempt; marks both for the judge. */
export async function driveRpcControlled<World extends MarksFrames, Control extends RpcControlled>(
  world: World,
  control: (world: World) => Promise<Control>,
  attempt: (world: World, control: Control) => Promise<RpcCall | readonly RpcCall[]>,
): Promise<void> {
  const controlled = await control(world);
  const call = callOf(controlled);
  world.mark("control", call);
  requireResult(call, "control");
  world.mark("attempt", ...callsOf(await attempt(world, controlled)));
}

/** One call, or several, as a list. */
export function callsOf(calls: RpcCall | readonly RpcCall[]): readonly RpcCall[] {
  return "outcome" in calls ? [calls] : calls;
}

function callOf(controlled: RpcCall | { readonly call: RpcCall }): RpcCall {
  return "call" in controlled ? controlled.call : controlled;
}

/** Ends the check as not-tested unless the target granted the step; says what the target answered instead. */
export function requireResult(call: RpcCall, step: string): void {
  if (grantedCall(call)) return;
  const isControl = step === "control";
  const name = isControl ? "the positive control" : `the step "${step}"`;
  const what = `${name} was not granted: ${answerOfCall(call)}`;
  const exchanges = call.frames.map(({ id }) => id);
  if (isRateLimited(call)) throw rateLimited(what, exchanges);
  throw notTested(isControl ? "control-refused" : "prerequisite-refused", what, {
    exchanges,
    cause: "target",
    mend: "see the frames: a conforming target grants this request",
  });
}
