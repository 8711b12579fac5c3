/** How often and when a fault took a decision in the place of the honest rule. */
export interface FiredFault {
  readonly id: string;
  /** The rule whose decision it took. */
  readonly rule: string;
  readonly count: number;
  /** ISO 8601, the time of the machine and not that of the mock's own clock; the first ones. */
  readonly times: readonly string[];
  readonly last: string;
}

/** Keeps when faults fired. */
export interface FiringLog {
  fired(id: string, rule: PropertyKey): void;
  entries(): readonly FiredFault[];
  clear(): void;
}

/** So many times are kept of each fault; all of them are counted. */
const mostTimes = 50;

interface Entry {
  readonly rule: string;
  count: number;
  readonly times: number[];
  last: number;
}

/** A log of its own for one board of faults. */
export function firingLog(now: () => number = Date.now): FiringLog {
  const entries = new Map<string, Entry>();
  return {
    fired(id, rule) {
      const at = now();
      const entry = entries.get(id) ?? { rule: String(rule), count: 0, times: [], last: at };
      entry.count += 1;
      entry.last = at;
      if (entry.times.length < mostTimes) entry.times.push(at);
      entries.set(id, entry);
    },
    entries: () =>
      [...entries].map(([id, { rule, count, times, last }]) => ({
        id,
        rule,
        count,
        times: times.map((at) => new Date(at).toISOString()),
        last: new Date(last).toISOString(),
      })),
    clear: () => entries.clear(),
  };
}
