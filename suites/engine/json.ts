/** A value that survives JSON: evidence holds nothing else, so that it can be judged again from a file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object, as far as `JSON.parse` can tell. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of an own property of a JSON object; undefined for anything else. */
export function member(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The own property of a JSON object when it is a string. */
export function text(value: unknown, name: string): string | undefined {
  const found = member(value, name);
  return typeof found === "string" ? found : undefined;
}

/** The strings of an array; undefined when the value is not an array of strings. */
export function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item): item is string => typeof item === "string") ? value : undefined;
}

/** A page or a form is seen at its beginning to be no JSON: an error of the parser costs more than many parsed texts. */
const beginning = /^\s*[{["\-\dtfn]/;

/** Parses JSON of unknown origin; undefined when it is none. */
export function parseJson(source: string | undefined): unknown {
  if (source === undefined || !beginning.test(source)) return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
