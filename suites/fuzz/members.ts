import { schemas } from "../../schemas/index.ts";
import { isObject, type Json, member, strings, text } from "../engine/json.ts";

/** Where a member is in a message: names, and 0 for the first item of a list; empty: the message itself. */
export type Path = readonly (string | number)[];

/** The types that JSON has. */
export const jsonTypes = ["null", "boolean", "number", "string", "array", "object"] as const;
export type JsonType = (typeof jsonTypes)[number];

/** A place in a message that its schema describes. */
export interface Member {
  readonly path: Path;
  /** What it has to be; references are resolved. */
  readonly schema: unknown;
  /** Every object on the way demands it, and no list is on the way: without it the message says too little. */
  readonly demanded: boolean;
}

/** Every member of a message that its schema describes, the outer ones first. */
export function membersOf(schema: unknown): readonly Member[] {
  return below(resolved(schema), [], true);
}

function below(schema: unknown, path: Path, demanded: boolean): readonly Member[] {
  const properties = member(schema, "properties");
  const required = strings(member(schema, "required")) ?? [];
  const items = member(schema, "items");
  const named = isObject(properties) ? Object.entries(properties) : [];
  const inner: readonly Member[] = [
    ...named.map(([name, of]) => ({
      path: [...path, name],
      schema: resolved(of),
      demanded: demanded && required.includes(name),
    })),
    ...(items === undefined ? [] : [{ path: [...path, 0], schema: resolved(items), demanded: false }]),
  ];
  return inner.flatMap((one) => [one, ...below(one.schema, one.path, one.demanded)]);
}

/** What a reference of our schemas leads to; anything else is its own meaning. */
export function resolved(schema: unknown): unknown {
  const reference = text(schema, "$ref");
  if (reference === undefined) return schema;
  return Object.values(schemas).find(({ $id }) => $id.endsWith(`/${reference}`)) ?? schema;
}

/** The types of JSON that the schema takes. */
export function typesOf(schema: unknown): readonly JsonType[] {
  if (!isObject(schema)) return jsonTypes;
  const choices = alternatives(schema);
  if (choices.length > 0) return choices.flatMap((one) => typesOf(resolved(one)));
  const values = allowedValues(schema);
  if (values !== undefined) return values.map(typeOf);
  const { type } = schema;
  const named = typeof type === "string" ? [type] : strings(type);
  return named === undefined ? jsonTypes : jsonTypes.filter((one) => named.includes(one) || isInteger(one, named));
}

function isInteger(type: JsonType, named: readonly string[]): boolean {
  return type === "number" && named.includes("integer");
}

/** The schemas of which a value needs to keep one; empty where there is no choice. */
export function alternatives(schema: unknown): readonly unknown[] {
  const choices = member(schema, "anyOf") ?? member(schema, "oneOf");
  return Array.isArray(choices) ? choices : [];
}

/** The values that a schema lists; undefined where it lists none. */
export function allowedValues(schema: unknown): readonly Json[] | undefined {
  const [only, several] = [member(schema, "const"), member(schema, "enum")];
  const values: readonly unknown[] | undefined = only === undefined ? asList(several) : [only];
  return values?.filter(isScalar);
}

function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function isScalar(value: unknown): value is null | boolean | number | string {
  return value === null || ["boolean", "number", "string"].includes(typeof value);
}

/** The type that JSON gives a value. */
export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "string";
  return Array.isArray(value) ? "array" : "object";
}
