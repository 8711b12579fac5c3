/** What was measured, by name, in the order in which it was. */
export const figures: Record<string, number | string> = {};

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** How often per second a thing can be done, for about so many milliseconds. */
export async function perSecond(ms: number, once: () => unknown): Promise<number> {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < ms) {
    await once();
    done += 1;
  }
  return (done * 1000) / (performance.now() - started);
}

/** Takes turns, so that a busy moment of the machine meets both, and gives the median of the ratios. */
export async function ratioOf(
  name: string,
  rounds: number,
  bare: () => Promise<number>,
  full: () => Promise<number>,
): Promise<void> {
  const ratios: number[] = [];
  const rates: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bareRate = await bare();
    const fullRate = await full();
    ratios.push(fullRate / bareRate);
    rates.push(`${Math.round(bareRate)}:${Math.round(fullRate)}`);
  }
  figures[`${name}, per second bare:mock`] = rates.join(" ");
  figures[`${name}, ratio, median`] = rounded(median(ratios));
}
