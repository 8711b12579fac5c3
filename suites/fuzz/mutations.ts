import type { Arbitrary } from "fast-check";
import type { Json } from "../engine/json.ts";
import { type JsonType, type Member, membersOf, resolved, typeOf, typesOf } from "./members.ts";
import type { Mutation, Mutations } from "./mutation.ts";
import { emptyValues, oddNumber, oddText, unknownNames, validValue, wrongTypes } from "./values.ts";

type FastCheck = typeof import("fast-check");

/** Deeper than any message, and less deep than what a reader may refuse to read. */
const deepest = 50;
const longest = 5000;
/** Members of one message that are mutated together. */
const atOnce = 3;

/**
 * The minimal mutations of a message with this schema. They say nothing of the valid message they are made on, so that a
 * seed gives the same ones in every run. What shrinks ends at one mutation with the shortest value.
 */
export function mutationsOf(fc: FastCheck, schema: unknown): Arbitrary<Mutations> {
  const members = membersOf(schema);
  const single = fc.constantFrom(...members).chain((one) => mutationOf(fc, one));
  const either = fc.oneof({ weight: 9, arbitrary: single }, { weight: 1, arbitrary: added(fc, schema) });
  // Filtered and not bounded from below, because only then can each single mutation remain alone when it shrinks.
  const several = fc
    .uniqueArray(either, { maxLength: atOnce, selector: ({ at: [name = ""] }) => name })
    .filter(({ length }) => length > 0);
  const generated = validValue(fc, schema).map((value): Mutations => [{ does: "put", at: [], value }]);
  return fc.oneof({ weight: 12, arbitrary: several }, { weight: 1, arbitrary: generated });
}

/** Each member that the schema demands, left out: these mutations are few, and what is found most often. */
export function omissionsOf(schema: unknown): readonly Mutations[] {
  return membersOf(schema).flatMap(({ path, demanded }): readonly Mutations[] =>
    demanded ? [[{ does: "drop", at: path }]] : [],
  );
}

function mutationOf(fc: FastCheck, { path, schema }: Member): Arbitrary<Mutation> {
  const put = (value: Json): Mutation => ({ does: "put", at: path, value });
  const types = typesOf(schema);
  const [wrong, empty] = [wrongTypes(schema), emptyValues(schema)];
  const drop: Mutation = { does: "drop", at: path };
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(drop) },
    ...(wrong.length === 0 ? [] : [{ weight: 4, arbitrary: fc.constantFrom(...wrong).map(put) }]),
    ...(empty.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...empty).map(put) }]),
    ...(types.includes("string") ? [{ weight: 4, arbitrary: oddText(fc).map(put) }, lengthened(fc, path)] : []),
    ...(types.includes("number") ? [{ weight: 4, arbitrary: oddNumber(fc).map(put) }] : []),
    ...(types.includes("object") ? [{ weight: 2, arbitrary: added(fc, schema, path) }] : []),
    { weight: 1, arbitrary: validValue(fc, schema).map(put) },
    { weight: 1, arbitrary: nested(fc, path) },
    { weight: 1, arbitrary: repeated(fc, { path, schema }) },
  );
}

function lengthened(fc: FastCheck, at: Mutation["at"]) {
  const arbitrary = fc.integer({ min: 1, max: longest }).map((length): Mutation => ({ does: "lengthen", at, length }));
  return { weight: 1, arbitrary };
}

function nested(fc: FastCheck, at: Mutation["at"]): Arbitrary<Mutation> {
  return depths(fc).map((depth) => ({ does: "nest", at, depth }));
}

function repeated(fc: FastCheck, { path, schema }: Pick<Member, "path" | "schema">): Arbitrary<Mutation> {
  const values = fc.oneof(fc.constantFrom<Json>(null, ...wrongTypes(schema)), validValue(fc, schema));
  return values.map((value) => ({ does: "repeat", at: path, value }));
}

/** A member that nobody knows; mostly small, sometimes deep. */
function added(fc: FastCheck, schema: unknown, at: Mutation["at"] = []): Arbitrary<Mutation> {
  const taken = new Set(membersOf(resolved(schema)).map(({ path: [name] }) => name));
  const names = unknownNames.filter((name) => !taken.has(name));
  const small = fc.constantFrom<Json>(null, 1, "x", [], {}, { polluted: true });
  const values = fc.oneof({ weight: 6, arbitrary: small }, { weight: 1, arbitrary: depths(fc).map(objectsInside) });
  return fc.tuple(fc.constantFrom(...names), values).map(([name, value]) => ({ does: "add", at, name, value }));
}

function depths(fc: FastCheck): Arbitrary<number> {
  return fc.integer({ min: 1, max: deepest });
}

function objectsInside(depth: number): Json {
  return Array.from({ length: depth }).reduce<Json>((inner) => ({ a: inner }), null);
}

/**
 * True when no conforming target can take the message: it lacks a member that the schema demands, or has one of a wrong
 * type there. Lengths, formats, unknown names and words are a target's own affair, and so is what a framework turns into
 * the right type by itself: a number into a text, a text into a list of one.
 */
export function mustBeRefused(schema: unknown, mutations: Mutations, harmless: readonly string[] = []): boolean {
  const members = membersOf(schema);
  return mutations.some((mutation) => {
    const [name = ""] = mutation.at;
    const place = mutation.at.join("/");
    const found = members.find(({ path }) => path.join("/") === place);
    if (found === undefined || !found.demanded || harmless.includes(String(name))) return false;
    const types = typesOf(found.schema);
    if (mutation.does === "drop") return true;
    if (mutation.does === "nest") return !types.includes("array");
    return mutation.does === "put" && !types.includes(typeOf(mutation.value)) && !isConvertible(mutation.value, types);
  });
}

function isConvertible(value: Json, types: readonly JsonType[]): boolean {
  const type = typeOf(value);
  if (type === "string") return types.includes("array");
  return (type === "number" || type === "boolean") && types.some((one) => scalars.includes(one));
}

const scalars: readonly JsonType[] = ["string", "number", "boolean"];
