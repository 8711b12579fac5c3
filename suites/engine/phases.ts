import type { Settings } from "../drivers/settings.ts";
import type { Trait } from "./check.ts";
import type { Planned } from "./plan.ts";

/** What may run side by side, what must run alone, and what looks back on the whole run. */
export function phases<World>(planned: readonly Planned<World>[], { hooks }: Settings) {
  const has = ({ check }: Planned<World>, trait: Trait) => check.traits.includes(trait);
  const last = planned.filter((item) => has(item, "census"));
  // After all others: what they do to a wrong target may take a while to pass.
  const apart = planned.filter((item) => has(item, "apart"));
  const others = planned.filter((item) => !last.includes(item) && !apart.includes(item));
  const alone = others.filter((item) => has(item, "exclusive") || (has(item, "waits") && hooks.clock !== undefined));
  const waiting = others.filter((item) => has(item, "waits") && !alone.includes(item));
  const together = others.filter((item) => !alone.includes(item) && !waiting.includes(item));
  // Properties and models take longest, so they begin first and nobody waits for them in the end.
  const isLong = ({ check }: Planned<World>) => check.kind === "property" || check.kind === "model";
  return {
    together: [...together.filter(isLong), ...together.filter((item) => !isLong(item))],
    waiting,
    alone,
    apart,
    last,
  };
}

/** Works on all items, so many at a time, in their order. */
export async function inParallel<Item>(
  items: readonly Item[],
  jobs: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
}
