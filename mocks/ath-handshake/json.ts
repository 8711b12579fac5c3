import { type JsonObject, own } from "../ath/json.ts";

/** The number of a member; undefined when it is missing or no finite number. */
export function ownNumber(object: JsonObject, name: string): number | undefined {
  const value = own(object, name);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The text of a member, also when it is empty. */
export function ownString(object: JsonObject, name: string): string | undefined {
  const value = own(object, name);
  return typeof value === "string" ? value : undefined;
}
