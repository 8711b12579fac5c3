import type { Arbitrary } from "fast-check";
import { isObject, type Json, member, strings, text } from "../engine/json.ts";
import { allowedValues, alternatives, type JsonType, resolved, typeOf, typesOf } from "./members.ts";

type FastCheck = typeof import("fast-check");

/** Pieces of text that have broken readers: the first ones are the tamest, and what shrinks ends there. */
const pieces = [
  "é",
  "\u0000",
  "\ud800",
  "\udfff",
  "\u202e",
  "\ufeff",
  "\u2028",
  "\r\n",
  "\u{1f469}\u200d\u{1f680}",
  "__proto__",
  "constructor",
  "%00",
  "%ff",
  "../",
  "<b>",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: sent as it is
  "${x}",
] as const;

/** Numbers at the borders of what readers can hold. */
const numbers = [0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308] as const;

/** One value of each type of JSON, and some that look like what they are not. */
const everyType: readonly Json[] = [null, [], {}, true, 7, "x", [null], { length: 1 }, { toString: 1 }];

/** Names that no schema has, and some that every object of many languages answers to. */
export const unknownNames = [
  "x_unknown",
  "",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\u0000",
  "\ud800",
] as const;

/** Text of one or a few odd pieces. */
export function oddText(fc: FastCheck): Arbitrary<string> {
  // Filtered and not bounded from below, because only then can each single piece remain alone when it shrinks.
  return fc
    .array(fc.constantFrom(...pieces), { maxLength: 4 })
    .filter(({ length }) => length > 0)
    .map((parts) => parts.join(""));
}

/** A number at a border. */
export function oddNumber(fc: FastCheck): Arbitrary<number> {
  return fc.constantFrom(...numbers);
}

/** Values of types that the schema does not take. */
export function wrongTypes(schema: unknown): readonly Json[] {
  const right = typesOf(schema);
  return everyType.filter((value) => !right.includes(typeOf(value)));
}

/** The empty values of the types that the schema takes. */
export function emptyValues(schema: unknown): readonly Json[] {
  const right = typesOf(schema);
  const empty: readonly Json[] = ["", [], {}];
  return empty.filter((value) => right.includes(typeOf(value)));
}

/** Values that the schema takes, made from it alone. Supports what our message schemas use. */
export function validValue(fc: FastCheck, schema: unknown): Arbitrary<Json> {
  const known = resolved(schema);
  const [choice, ...choices] = alternatives(known).map((one) => validValue(fc, one));
  if (choice !== undefined) return fc.oneof(choice, ...choices);
  const [value, ...values] = allowedValues(known) ?? [];
  if (value !== undefined) return fc.constantFrom(value, ...values);
  return fc.constantFrom(...typesOf(known)).chain((type) => validOf(fc, type, known));
}

function validOf(fc: FastCheck, type: JsonType, schema: unknown): Arbitrary<Json> {
  switch (type) {
    case "null":
      return fc.constant(null);
    case "boolean":
      return fc.boolean();
    case "number":
      return validNumber(fc, schema);
    case "string":
      return validText(fc, schema);
    case "array":
      return fc.array(validValue(fc, member(schema, "items") ?? true), {
        minLength: Number(member(schema, "minItems") ?? 0),
        maxLength: 3,
      });
    case "object":
      return validObject(fc, schema);
  }
}

function validNumber(fc: FastCheck, schema: unknown): Arbitrary<number> {
  const least = Number(member(schema, "minimum") ?? 0);
  const above = member(schema, "exclusiveMinimum");
  const most = Number(member(schema, "maximum") ?? 2 ** 31);
  return fc.integer({ min: above === undefined ? least : Math.floor(Number(above)) + 1, max: most });
}

/** A target may look up what it is given, so that no URI leads anywhere. */
function validText(fc: FastCheck, schema: unknown): Arbitrary<string> {
  if (text(schema, "format") === "uri") return fc.nat(999).map((number) => `urn:example:${number}`);
  return oddText(fc);
}

function validObject(fc: FastCheck, schema: unknown): Arbitrary<Json> {
  const properties = member(schema, "properties");
  const required = strings(member(schema, "required")) ?? [];
  const members = isObject(properties) ? Object.entries(properties) : [];
  const pairs = members.map(([name, of]) => {
    const value = validValue(fc, of);
    return [name, required.includes(name) ? value : fc.option(value, { nil: undefined })] as const;
  });
  const named = fc.tuple(
    ...pairs.map(([name, value]) => value.map((made) => (made === undefined ? [] : [[name, made] as const]))),
  );
  return named.map((made) => Object.fromEntries(made.flat()));
}
