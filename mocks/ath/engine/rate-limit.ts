import { Refused } from "../refusal.ts";
import type { AthContext } from "./context.ts";

const WINDOW_MS = 60_000;

/** Counts a request of this agent. Throws {@link Refused} `too-many-requests` past the limit. */
export function countRequest({ rules, state, settings, clock }: AthContext, agentId: string): void {
  const now = clock.now();
  const key = rules["rate.key"]({ agentId });
  const known = state.rates.get(key);
  const window = known !== undefined && now - known.startedAt < WINDOW_MS ? known : { startedAt: now, count: 0 };
  if (window !== known) state.rates.set(key, window);
  window.count += 1;
  if (window.count <= rules["rate.requestsPerMinute"]({ configured: settings.limits.requestsPerMinute })) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((window.startedAt + WINDOW_MS - now) / 1000));
  throw new Refused(
    "too-many-requests",
    `too many requests of this agent; the limit resets in ${retryAfterSeconds} s`,
    {
      headers: rules["rate.headers"]({ retryAfterSeconds }),
    },
  );
}
