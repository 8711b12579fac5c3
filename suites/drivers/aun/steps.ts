import { answerOfCall, isRateLimited, type RpcCall } from "../../engine/rpc.ts";
import { notTested, rateLimited, Stopped } from "../../engine/stop.ts";

/** The steps that nearly every check begins with. */
export type LostStep = "challenge" | "identity" | "session";

/** What a step ends with when nothing answered it, or nobody gets an AID. */
const lasting: ReadonlySet<string> = new Set(["no-challenge", "silent", "registration-refused"]);

/**
 * Takes a step; where the first contact took it in vain, no check waits for it again. `learning`: this is the first
 * contact.
 */
export function stepper(lost: Map<LostStep, Stopped>, learning: boolean) {
  return async <Result>(name: LostStep, take: () => Promise<Result>): Promise<Result> => {
    const known = lost.get(name);
    if (known !== undefined) throw known;
    try {
      return await take();
    } catch (error) {
      if (learning && error instanceof Stopped && lasting.has(error.stop.reasonCode)) lost.set(name, error);
      throw error;
    }
  };
}

/** Ends a check at a step that the target had to grant. */
export function refusedStep(reasonCode: string, step: string, call: RpcCall, mend: string): Stopped {
  const code = call.outcome === "silent" ? "silent" : reasonCode;
  const what = `the step ${step} was not granted: ${answerOfCall(call)}`;
  const exchanges = call.frames.map(({ id }) => id);
  return isRateLimited(call)
    ? rateLimited(what, exchanges)
    : notTested(code, what, { cause: "target", exchanges, mend });
}
