import { isObject, parseJson } from "../../engine/json.ts";

/** The texts in a message of any of these forms, whatever holds them: element texts, form values, JSON values. */
export async function leavesOf(body: string, query = ""): Promise<readonly string[]> {
  const asked = [...new URLSearchParams(query).values()];
  const json = parseJson(body);
  if (json !== undefined) return [...asked, ...jsonLeaves(json)];
  if (isXml(body)) return [...asked, ...(await xmlLeaves(body))];
  return [...asked, ...new URLSearchParams(body).values()];
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
  const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false, htmlEntities: true });
  try {
    return jsonLeaves(parser.parse(body, true)).filter((leaf) => leaf.trim() !== "");
  } catch {
    return [];
  }
}
