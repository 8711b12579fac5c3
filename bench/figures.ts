/** What was measured, by name, in the order in which it was. */
export const figures: Record<string, number | string> = {};

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/**
 * How often per second of this process's CPU time a thing can be done that waits for nothing, tried for about so many
 * milliseconds: what else the machine does meanwhile does not count.
 */
export async function perSecond(ms: number, once: () => unknown): Promise<number> {
  const started = performance.now();
  const before = process.cpuUsage();
  let done = 0;
  while (performance.now() - started < ms) {
    await once();
    done += 1;
  }
  const { user, system } = process.cpuUsage(before);
  return (done * 1_000_000) / (user + system);
}

/**
 * Takes turns, so that a busy moment of the machine meets both, and gives the median of the ratios. A first turn of each,
 * in which what they run is compiled, does not count.
 */
export async function ratioOf(
  name: string,
  rounds: number,
  bare: () => Promise<number>,
  full: () => Promise<number>,
): Promise<void> {
  const ratios: number[] = [];
  const rates: string[] = [];
  await bare();
  await full();
  for (let round = 0; round < rounds; round += 1) {
    const bareRate = await bare();
    const fullRate = await full();
    ratios.push(fullRate / bareRate);
    rates.push(`${Math.round(bareRate)}:${Math.round(fullRate)}`);
  }
  figures[`${name}, per second bare:mock`] = rates.join(" ");
  figures[`${name}, ratio, median`] = rounded(median(ratios));
}
