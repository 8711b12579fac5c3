import { type Json, member, text } from "../engine/json.ts";
import type { Path } from "./members.ts";

/** One deviation from a valid message, as data. `at`: where; an empty path is the message itself. */
export type Mutation =
  /** The member is left out. */
  | { readonly does: "drop"; readonly at: Path }
  /** Another value in its place. */
  | { readonly does: "put"; readonly at: Path; readonly value: Json }
  /** A text of so many letters in its place. */
  | { readonly does: "lengthen"; readonly at: Path; readonly length: number }
  /** The value inside so many lists. */
  | { readonly does: "nest"; readonly at: Path; readonly depth: number }
  /** The member a second time, with this value; RFC 8259 § 4 leaves open which one counts. */
  | { readonly does: "repeat"; readonly at: Path; readonly value: Json }
  /** A member that the schema does not know, in the object at `at`. */
  | { readonly does: "add"; readonly at: Path; readonly name: string; readonly value: Json };

/** Mutations of one message; each concerns another member of it. */
export type Mutations = readonly Mutation[];

const deeds: readonly string[] = [
  "drop",
  "put",
  "lengthen",
  "nest",
  "repeat",
  "add",
] satisfies readonly Mutation["does"][];

/** Mutations as they stand in evidence; empty for anything else. */
export function readMutations(value: unknown): Mutations {
  return Array.isArray(value) ? value.filter(isMutation) : [];
}

function isMutation(value: unknown): value is Mutation {
  return deeds.includes(text(value, "does") ?? "") && Array.isArray(member(value, "at"));
}

/** A mutation, and what is left of its path from here. */
interface Edit {
  readonly rest: Path;
  readonly mutation: Mutation;
}

/**
 * The JSON text of a message with the mutations made. Text, since no object has a member twice or a member `__proto__` by
 * accident; lone surrogates are escaped, so that the text is always UTF-8.
 */
export function mutated(message: unknown, mutations: Mutations): string {
  return written(
    message,
    mutations.map((mutation) => ({ rest: mutation.at, mutation })),
  );
}

function written(value: unknown, edits: readonly Edit[]): string {
  const own = edits.filter(({ rest }) => rest.length === 0).map(({ mutation }) => mutation);
  const replacement = own.map((mutation) => replaced(value, mutation)).find((text) => text !== undefined);
  if (replacement !== undefined) return replacement;
  if (edits.length === 0) return JSON.stringify(value ?? null);
  const isList = Array.isArray(value) || edits.some(({ rest }) => typeof rest[0] === "number");
  return isList ? list(Array.isArray(value) ? value : [], edits) : object(value, edits);
}

/** What stands in the place of a value; undefined where the mutation leaves it there. */
function replaced(value: unknown, mutation: Mutation): string | undefined {
  switch (mutation.does) {
    case "put":
      return JSON.stringify(mutation.value);
    case "lengthen":
      return JSON.stringify("x".repeat(mutation.length));
    case "nest":
      return `${"[".repeat(mutation.depth)}${JSON.stringify(value ?? null)}${"]".repeat(mutation.depth)}`;
    default:
      return undefined;
  }
}

function object(value: unknown, edits: readonly Edit[]): string {
  const known = new Map<string | number, unknown>(
    typeof value === "object" && value !== null ? Object.entries(value).filter(([, one]) => one !== undefined) : [],
  );
  const named = edits.flatMap(({ rest: [name] }) => (name === undefined ? [] : [name]));
  const members = [...new Set([...known.keys(), ...named])].flatMap((name) => {
    const texts = occurrences(known.get(name), editsBelow(edits, name), known.has(name));
    return texts.map((text) => `${JSON.stringify(name)}:${text}`);
  });
  const added = edits.flatMap(({ rest, mutation }) =>
    rest.length === 0 && mutation.does === "add"
      ? [`${JSON.stringify(mutation.name)}:${JSON.stringify(mutation.value)}`]
      : [],
  );
  return `{${[...members, ...added].join(",")}}`;
}

function list(items: readonly unknown[], edits: readonly Edit[]): string {
  // Mutations speak of the first item only.
  const [first, ...others] = items;
  const texts = occurrences(first, editsBelow(edits, 0), items.length > 0);
  return `[${[...texts, ...others.map((item) => JSON.stringify(item ?? null))].join(",")}]`;
}

function editsBelow(edits: readonly Edit[], name: string | number): readonly Edit[] {
  return edits.flatMap(({ rest: [first, ...rest], mutation }) => (first === name ? [{ rest, mutation }] : []));
}

/** How often a member or an item is written, and what it is each time. */
function occurrences(value: unknown, edits: readonly Edit[], isThere: boolean): readonly string[] {
  const here = edits.filter(({ rest }) => rest.length === 0).map(({ mutation }) => mutation);
  const again = here.flatMap((mutation) => (mutation.does === "repeat" ? [JSON.stringify(mutation.value)] : []));
  if (here.some(({ does }) => does === "drop")) return again;
  return isThere || again.length === 0 ? [written(value, edits.filter(isNoRepetition)), ...again] : again;
}

function isNoRepetition({ rest, mutation }: Edit): boolean {
  return rest.length > 0 || mutation.does !== "repeat";
}
