import { Refused } from "../refusal.ts";
import type { Breaker } from "../state.ts";
import type { BackendReply } from "./backend-client.ts";
import type { HandshakeContext } from "./context.ts";

const closed: Breaker = { failures: 0, openUntil: 0, probing: false, agentDid: "" };

/**
 * Runs a call to a backend. After several failures in a row the backend is left alone for a while; then one call tries
 * whether it is back. Throws {@link Refused} `backend-left-alone` without calling while it is left alone.
 */
export async function guarded(
  { rules, state, settings, clock }: HandshakeContext,
  { system, agentDid }: { readonly system: string; readonly agentDid: string },
  call: () => Promise<BackendReply>,
): Promise<BackendReply> {
  const { breakers } = state;
  const key = rules["breaker.key"]({ system });
  const before = breakers.get(key) ?? closed;
  const admitted = rules["breaker.admits"]({ breaker: before, agentDid, now: clock.now() });
  if (admitted === "refuse") {
    const left = Math.max(1, Math.ceil((before.openUntil - clock.now()) / 1000));
    throw new Refused("backend-left-alone", "the backend failed repeatedly and is left alone for a while", {
      headers: { "retry-after": String(left) },
    });
  }
  if (admitted === "probe") breakers.set(key, { ...before, probing: true });
  const failed = () => {
    const breaker = breakers.get(key) ?? closed;
    const { breakerFailures: failuresAllowed, breakerOpenS } = settings.limits;
    const openMs = breakerOpenS * 1000;
    breakers.set(key, rules["breaker.afterFailure"]({ breaker, agentDid, failuresAllowed, openMs, now: clock.now() }));
  };
  try {
    const reply = await call();
    if (reply.status >= 500) failed();
    else if (breakers.has(key)) breakers.delete(key);
    return reply;
  } catch (error) {
    failed();
    throw error;
  }
}
