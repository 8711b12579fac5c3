/** Stops what was to happen; harmless when it has happened. */
export type Cancel = () => void;

/** What is to happen at a time. */
interface Entry {
  dueAt: number;
  /** Breaks ties: what was set first comes first. */
  readonly order: number;
  /** Undefined once it ran or was cancelled. */
  run: (() => void) | undefined;
}

/** Things to happen, soonest first: one heap for all, so that five thousand waiting connections cost one timer. */
export interface Agenda {
  add(dueAt: number, run: () => void): Cancel;
  /** When the soonest is due; undefined when nothing is to happen. */
  soonest(): number | undefined;
  /** Takes the soonest out when it is due by `time`. */
  take(time: number): { readonly dueAt: number; readonly run: () => void } | undefined;
  /** Moves everything to an earlier time. */
  rebase(byMs: number): void;
}

function before(one: Entry, other: Entry): boolean {
  return one.dueAt === other.dueAt ? one.order < other.order : one.dueAt < other.dueAt;
}

/** Cancelled entries stay in the heap until they are due or outnumber the others. */
const sweepFrom = 64;

export function agenda(): Agenda {
  let heap: Entry[] = [];
  let cancelled = 0;
  let count = 0;

  const up = (from: number) => {
    let at = from;
    for (let child = heap[at]; child !== undefined && at > 0; ) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !before(child, parent)) return;
      heap[at] = parent;
      heap[above] = child;
      at = above;
    }
  };
  const down = (from: number) => {
    let at = from;
    for (let parent = heap[at]; parent !== undefined; ) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const least = right !== undefined && left !== undefined && before(right, left) ? 2 * at + 2 : 2 * at + 1;
      const child = heap[least];
      if (child === undefined || !before(child, parent)) return;
      heap[at] = child;
      heap[least] = parent;
      at = least;
    }
  };
  const pop = () => {
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    down(0);
  };
  const sweep = () => {
    if (heap.length < sweepFrom || cancelled * 2 < heap.length) return;
    heap = heap.filter(({ run }) => run !== undefined);
    cancelled = 0;
    for (let at = heap.length >> 1; at >= 0; at -= 1) down(at);
  };
  const dropCancelled = () => {
    while (heap[0] !== undefined && heap[0].run === undefined) {
      pop();
      cancelled -= 1;
    }
  };

  return {
    add(dueAt, run) {
      count += 1;
      const entry: Entry = { dueAt, order: count, run };
      heap.push(entry);
      up(heap.length - 1);
      return () => {
        if (entry.run === undefined) return;
        entry.run = undefined;
        cancelled += 1;
        sweep();
      };
    },
    soonest() {
      dropCancelled();
      return heap[0]?.dueAt;
    },
    take(time) {
      dropCancelled();
      const [entry] = heap;
      if (entry?.run === undefined || entry.dueAt > time) return undefined;
      const { dueAt, run } = entry;
      entry.run = undefined;
      pop();
      return { dueAt, run };
    },
    rebase(byMs) {
      for (const entry of heap) entry.dueAt -= byMs;
    },
  };
}
