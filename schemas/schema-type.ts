/** A JSON Schema file of this folder: any keyword, but an `$id` and a `title` for certain. */
export interface JsonSchema {
  readonly $id: string;
  readonly title: string;
  readonly [keyword: string]: unknown;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Tells a JSON object from arrays, null and scalars. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells a schema file (object with `$id` and `title`) from other JSON. */
export function isJsonSchema(value: unknown): value is JsonSchema {
  return isJsonObject(value) && typeof value["$id"] === "string" && typeof value["title"] === "string";
}
