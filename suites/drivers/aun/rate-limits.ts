import { member } from "../../engine/json.ts";
import { isRateLimited, type RpcCall } from "../../engine/rpc.ts";

/** A target that asks for more patience than this is not waited for. */
const longestMs = 10_000;
/** For one that does not say how long. */
const unsaidMs = 1000;
/** So often one request is sent. */
const mostTries = 4;
/** After so many requests that waiting did not help, nobody waits any more. */
const mostInVain = 3;

/** The rate limit of a target, as the calls of a run meet it. */
export interface RateLimits {
  /** Whether to send the request again; resolves when the target has had the peace it asked for. `tries`: how often it was sent. */
  askAgain(call: RpcCall, tries: number): Promise<boolean>;
}

/**
 * Gives in to rate limits: no document has them, the public clients know their codes and come again later. What a target
 * refuses for being asked too fast says nothing of the rule that the request was about.
 */
export function createRateLimits(wait: (ms: number) => Promise<void> = realWait): RateLimits {
  let inVain = 0;
  return {
    async askAgain(call, tries) {
      if (!isRateLimited(call)) {
        if (tries > 1) inVain = 0;
        return false;
      }
      const ms = askedFor(call);
      if (ms > longestMs || tries >= mostTries || inVain >= mostInVain) {
        inVain += 1;
        return false;
      }
      await wait(ms);
      return true;
    },
  };
}

/** How long the target wants to be left alone, ms: `retry_after` in seconds, or `retry_after_ms`. */
function askedFor({ error }: RpcCall): number {
  const [seconds, ms] = ["retry_after", "retry_after_ms"].map((name) =>
    Number(member(error?.data, name) ?? Number.NaN),
  );
  const asked = [ms, (seconds ?? Number.NaN) * 1000].find((one) => one !== undefined && one >= 0);
  return asked ?? unsaidMs;
}

const realWait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
