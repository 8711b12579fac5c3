import { foundBy } from "../../ath/faults/fault.ts";
import { isJsonObject, type JsonObject } from "../../ath/json.ts";
import { type Fault, type FaultDefinition, faultsFor } from "../../core/rules.ts";
import type { AunRules } from "../rules.ts";

export { foundBy };

const row = faultsFor<AunRules>();

/** Makes a row: one wrong rule in the place of an honest one; the requirement is the beginning of the id. */
export function fault<Name extends keyof AunRules>(
  definition: Omit<FaultDefinition<AunRules, Name>, "requirement">,
): Fault<AunRules> {
  return row({ ...definition, requirement: definition.id.split(".")[0] ?? definition.id });
}

/** The object with the member at the path replaced; undefined takes it away. `identity.role` is a member of a member. */
export function put(object: JsonObject, path: string, value: unknown): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    const { [name]: _, ...others } = object;
    return value === undefined ? others : { ...object, [name]: value };
  }
  const inner = object[name];
  return { ...object, [name]: put(isJsonObject(inner) ? inner : {}, rest.join("."), value) };
}

/** The frame with the result or params changed by `change`. */
export function inMember(
  frame: JsonObject,
  name: "result" | "params" | "error",
  change: (value: JsonObject) => JsonObject,
) {
  const value = frame[name];
  return isJsonObject(value) ? { ...frame, [name]: change(value) } : frame;
}
