/** A range of protocol versions, both ends included. */
export interface VersionRange {
  readonly min: string;
  readonly max: string;
}

/** Numbers with dots between them. */
export function isVersion(text: string): boolean {
  return /^\d+(\.\d+)*$/.test(text);
}

/** Negative, zero or positive; number by number, so that 1.10 is above 1.9, and 1 is 1.0. */
export function compareVersions(one: string, other: string): number {
  const left = one.split(".").map(Number);
  const right = other.split(".").map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The highest version in both ranges (AUN docs 03 § 3.5); undefined when they do not meet. */
export function highestCommon(one: VersionRange, other: VersionRange): string | undefined {
  const lowest = compareVersions(one.min, other.min) > 0 ? one.min : other.min;
  const highest = compareVersions(one.max, other.max) < 0 ? one.max : other.max;
  return compareVersions(lowest, highest) <= 0 ? highest : undefined;
}
