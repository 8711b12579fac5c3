import { answerOfCall, type RpcCall } from "../../engine/rpc.ts";
import { notTested, Stopped } from "../../engine/stop.ts";

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
  return notTested(code, `the step ${step} was not granted: ${answerOfCall(call)}`, {
    cause: "target",
    exchanges: call.frames.map(({ id }) => id),
    mend,
  });
}
