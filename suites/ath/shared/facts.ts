import type { Evidence } from "../../engine/evidence.ts";

/** A number that the drive noted; undefined when it did not. */
export function factNumber({ facts }: Evidence, name: string): number | undefined {
  const value = facts[name];
  return typeof value === "number" ? value : undefined;
}

/** A string that the drive noted; undefined when it did not. */
export function factText({ facts }: Evidence, name: string): string | undefined {
  const value = facts[name];
  return typeof value === "string" ? value : undefined;
}
