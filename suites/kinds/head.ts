import type { Check, CheckRow } from "../engine/check.ts";

/** What every check takes over from its row as it is. */
export function headOf(row: CheckRow): Pick<Check, "id" | "requirement" | "title" | "needs" | "traits" | "level"> {
  const { id, requirement, title, needs = [], traits = [], level } = row;
  return { id, requirement, title, needs, traits, ...(level !== undefined && { level }) };
}
