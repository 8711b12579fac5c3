import { isObject, parseJson } from "../../engine/json.ts";

/** Legacy systems put a document into a field of another one; nobody goes on with it for ever. */
const deepest = 3;

/**
 * The texts in a message of any of these forms, whatever holds them: texts and attributes of elements, form values, JSON
 * values, and those of a whole document that is such a value.
 */
export async function leavesOf(body: string, query = "", depth = 1): Promise<readonly string[]> {
  const leaves = [...new URLSearchParams(query).values(), ...(await valuesOf(body))];
  if (depth === deepest) return leaves;
  const documents = leaves.filter((leaf) => /^\s*[{[<]/.test(leaf));
  const within = await Promise.all(documents.map((leaf) => leavesOf(leaf, "", depth + 1)));
  return [...leaves, ...within.flat()];
}

async function valuesOf(body: string): Promise<readonly string[]> {
  const json = parseJson(body);
  if (json !== undefined) return jsonLeaves(json);
  return isXml(body) ? xmlLeaves(body) : [...new URLSearchParams(body).values()];
}

/** Whether a text begins as XML does. */
export function isXml(body: string): boolean {
  return /^\s*<[?!\w]/.test(body);
}

/** Every value in JSON, as text. */
export function jsonLeaves(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(jsonLeaves);
  if (isObject(value)) return Object.values(value).flatMap(jsonLeaves);
  return value === null ? [] : [String(value)];
}

async function xmlLeaves(body: string): Promise<readonly string[]> {
  const { XMLParser } = await import("fast-xml-parser");
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseAttributeValue: false,
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
  });
  try {
    return jsonLeaves(parser.parse(body, true)).filter((leaf) => leaf.trim() !== "");
  } catch {
    return [];
  }
}
