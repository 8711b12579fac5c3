import { isJsonObject, type JsonObject, type JsonSchema } from "./schema-type.ts";

/** A schema together with its path, relative to the generated file (`./ath/developer.schema.json`). */
export interface SchemaFile {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** A schema uses a keyword or form that the generator cannot turn into a type; silence would give a wrong type. */
export class UnknownSchemaFormError extends Error {
  readonly code = "UNKNOWN_SCHEMA_FORM";
}

/** Keywords that shape the TypeScript type. */
const SHAPING = ["type", "properties", "required", "additionalProperties", "items", "prefixItems", "enum", "const"];
/** Keywords that combine schemas. */
const COMBINING = ["anyOf", "oneOf", "$ref"];
/** Keywords that only narrow values or annotate; TypeScript cannot say them. */
const SILENT = [
  ...["$schema", "$id", "title", "description", "examples", "format", "pattern", "uniqueItems"],
  ...["minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
];
const KNOWN = new Set([...SHAPING, ...COMBINING, ...SILENT]);

const SCALARS: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
};

/** Where in the schema files the generator is, for error messages and for resolving references. */
interface Place {
  readonly schema: JsonSchema;
  readonly titles: ReadonlyMap<string, string>;
  readonly indent: string;
}

function fail(place: Place, problem: string): never {
  throw new UnknownSchemaFormError(`${place.schema.title}: ${problem}`);
}

/** The TypeScript module with all given schemas and their types, in the given order. */
export function typescriptOf(files: readonly SchemaFile[]): string {
  const titles = new Map(files.map(({ schema }) => [schema.$id, schema.title]));
  if (titles.size !== files.length || new Set(titles.values()).size !== files.length) {
    throw new UnknownSchemaFormError("two schema files share an $id or a title");
  }
  const names = files.map(({ schema }) => schema.title);
  const types = files.map(({ schema }) => declaration({ schema, titles, indent: "" }));
  return [
    "// Written by `npx tsx schemas/generate.ts` from the JSON Schema files; edit those instead.",
    'import type { JsonSchema } from "./schema-type.ts";',
    "",
    ...types.map((text) => `${text}\n`),
    "/** Every type by the title of its schema. */",
    "export interface Messages {",
    ...names.map((name) => `  ${name}: ${name};`),
    "}",
    "",
    "/** Every schema by its title; in this file, since loading one module is faster than loading one for each schema. */",
    "export const schemas: { readonly [Name in keyof Messages]: JsonSchema } = {",
    ...files.map(({ schema }) => `  ${schema.title}: ${JSON.stringify(schema)},`),
    "};",
    "",
  ].join("\n");
}

function declaration(place: Place): string {
  const type = typeOf(place.schema, place);
  const head = `${comment(place.schema, "")}export `;
  return type.startsWith("{")
    ? `${head}interface ${place.schema.title} ${type}`
    : `${head}type ${place.schema.title} = ${type};`;
}

function comment(schema: JsonObject, indent: string): string {
  const description = schema["description"];
  return typeof description === "string" ? `${indent}/** ${description.replaceAll("*/", "*\\/")} */\n` : "";
}

function typeOf(schema: unknown, place: Place): string {
  if (schema === true) return "unknown";
  if (schema === false) return "never";
  if (!isJsonObject(schema)) return fail(place, `${JSON.stringify(schema)} is no schema`);
  const unknown = Object.keys(schema).filter((keyword) => !KNOWN.has(keyword));
  if (unknown.length > 0) return fail(place, `keyword ${unknown.join(", ")} has no type here`);
  const forms = ["$ref", "anyOf", "oneOf", "enum", "const", "type"].filter((keyword) => keyword in schema);
  if (forms.length > 1) return fail(place, `${forms.join(" and ")} side by side have no type here`);
  const branches = schema["anyOf"] ?? schema["oneOf"];
  if (branches !== undefined) return union(list(branches, place).map((branch) => typeOf(branch, place)));
  if ("enum" in schema) return union(list(schema["enum"], place).map((value) => JSON.stringify(value)));
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if ("$ref" in schema) return reference(schema["$ref"], place);
  const types = schema["type"];
  if (types === undefined) return fail(place, "a schema without a type");
  return union((Array.isArray(types) ? types : [types]).map((type) => typeNamed(type, schema, place)));
}

function list(value: unknown, place: Place): readonly unknown[] {
  return Array.isArray(value) && value.length > 0 ? value : fail(place, "an empty or missing list of alternatives");
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(" | ");
}

/** References are to the `$id` of another file, absolute or relative to the `$id` of this one. */
function reference(target: unknown, place: Place): string {
  const id = typeof target === "string" ? new URL(target, place.schema.$id).href : String(target);
  return place.titles.get(id) ?? fail(place, `$ref ${String(target)} leads to no schema file`);
}

function typeNamed(type: unknown, schema: JsonObject, place: Place): string {
  if (type === "object") return objectType(schema, place);
  if (type === "array") return arrayType(schema, place);
  const scalar = typeof type === "string" ? SCALARS[type] : undefined;
  return scalar ?? fail(place, `type ${JSON.stringify(type)} is not known`);
}

function arrayType(schema: JsonObject, place: Place): string {
  const prefix = schema["prefixItems"];
  if (prefix === undefined) return `ReadonlyArray<${typeOf(schema["items"], place)}>`;
  const items = list(prefix, place);
  const closed = schema["items"] === false && schema["minItems"] === items.length;
  if (!closed) return fail(place, "prefixItems without `items: false` and a minItems that covers them");
  return `readonly [${items.map((item) => typeOf(item, place)).join(", ")}]`;
}

function objectType(schema: JsonObject, place: Place): string {
  const properties = schema["properties"] ?? {};
  const required = schema["required"] ?? [];
  if (!isJsonObject(properties) || !Array.isArray(required)) return fail(place, "ill-formed properties or required");
  const missing = required.filter((name) => !Object.hasOwn(properties, name));
  if (missing.length > 0) return fail(place, `required ${missing.join(", ")} has no property`);
  const inner = { ...place, indent: `${place.indent}  ` };
  const members = Object.entries(properties).map(([name, member]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    const note = isJsonObject(member) ? comment(member, inner.indent) : "";
    return `${note}${inner.indent}readonly ${key}${required.includes(name) ? "" : "?"}: ${typeOf(member, inner)};\n`;
  });
  const rest = schema["additionalProperties"];
  if (members.length === 0) {
    return rest === false
      ? "Readonly<Record<string, never>>"
      : `Readonly<Record<string, ${typeOf(rest ?? true, place)}>>`;
  }
  if (rest !== undefined && rest !== false) return fail(place, "properties beside an open additionalProperties");
  return `{\n${members.join("")}${place.indent}}`;
}
