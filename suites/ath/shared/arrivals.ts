import type { UpstreamCall } from "../../drivers/behind.ts";
import type { World } from "../../drivers/world.ts";
import type { Evidence, Exchange } from "../../engine/evidence.ts";

/** What was done, and which calls reached the API behind the target meanwhile. */
export interface Watched<Result> {
  readonly result: Result;
  readonly arrived: readonly UpstreamCall[];
}

/** Does something and tells what arrived upstream because of it; nothing is seen when the provider is not the kit's. */
export async function watchUpstream<Result>(world: World, act: () => Promise<Result>): Promise<Watched<Result>> {
  if (world.settings.consent.driver !== "provider") return { result: await act(), arrived: [] };
  const before = world.provider.upstreamCalls().length;
  const result = await act();
  return { result, arrived: world.provider.upstreamCalls().slice(before) };
}

/** The exchanges whose ids a fact lists. */
export function exchangesIn(evidence: Evidence, fact: string): readonly Exchange[] {
  const listed = evidence.facts[fact];
  const ids = new Set(Array.isArray(listed) ? listed : []);
  return evidence.exchanges.filter(({ id }) => ids.has(id));
}
