import { Refused } from "../ath/refusal.ts";
import type { Limits } from "../ath/settings.ts";
import type { Breaker } from "../ath/state.ts";
import type { Clock } from "../core/clock.ts";

export interface BreakerOptions {
  /** By provider id. */
  readonly breakers: Map<string, Breaker>;
  readonly limits: Pick<Limits, "breakerFailures" | "breakerSeconds">;
  readonly clock: Clock;
}

/**
 * Runs a call to a provider. After several failures in a row the provider is left alone for a while; then one call tries
 * whether it is back. Throws {@link Refused} `upstream-unreachable` without calling while it is left alone.
 */
export async function guarded<Result>(
  { breakers, limits, clock }: BreakerOptions,
  providerId: string,
  call: () => Promise<Result>,
): Promise<Result> {
  const breaker = breakers.get(providerId);
  if (breaker !== undefined && breaker.openUntil > 0) {
    const left = Math.ceil((breaker.openUntil - clock.now()) / 1000);
    if (left > 0) {
      throw new Refused("upstream-unreachable", "the provider failed repeatedly and is left alone for a while", {
        headers: { "retry-after": String(left) },
      });
    }
    // Half open: this call tries, others go on waiting until it is known.
    breaker.openUntil = clock.now() + limits.breakerSeconds * 1000;
  }
  try {
    const result = await call();
    if (breaker !== undefined) breakers.delete(providerId);
    return result;
  } catch (error) {
    const failing = breakers.get(providerId) ?? { failures: 0, openUntil: 0 };
    failing.failures += 1;
    if (failing.failures >= limits.breakerFailures) failing.openUntil = clock.now() + limits.breakerSeconds * 1000;
    breakers.set(providerId, failing);
    throw error;
  }
}
