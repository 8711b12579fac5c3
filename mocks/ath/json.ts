/** A JSON object as it came from outside: read own members only, by `own`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells a JSON object from arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member of this name; never one that the object inherits, such as `constructor`. */
export function own(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The member when it is a string that is not empty. */
export function ownText(object: JsonObject, name: string): string | undefined {
  const value = own(object, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The strings of a list member; anything else in it is left out. */
export function ownTexts(object: JsonObject, name: string): readonly string[] {
  const value = own(object, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
