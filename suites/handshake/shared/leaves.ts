import { isObject, parseJson } from "../../engine/json.ts";

/**
 * The texts in a message of any of these forms, whatever holds them: texts and attributes of elements, form values, JSON
 * values, and what is in a whole document that is such a value.
 */
export async function leavesOf(body: string, query = ""): Promise<readonly string[]> {
  const asked = [...new URLSearchParams(query).values()];
  const own = (await documentLeaves(body)) ?? [...new URLSearchParams(body).values()];
  // Legacy systems put a document into a field of another one.
  const documents = [...asked, ...own].filter((leaf) => /^\s*[[{<]/.test(leaf));
  const within = await Promise.all(documents.map(documentLeaves));
  return [...asked, ...own, ...within.flatMap((leaves) => leaves ?? [])];
}

/** The texts in JSON or XML; undefined when it is neither. */
async function documentLeaves(text: string): Promise<readonly string[] | undefined> {
  const json = parseJson(text);
  if (json !== undefined) return jsonLeaves(json);
  return isXml(text) ? xmlLeaves(text) : undefined;
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

/** What is read of XML at most: UTF-16 code units, nested elements. A longer or deeper document has no leaves. */
const mostCharacters = 4_194_304;
const mostDepth = 200;

async function xmlLeaves(body: string): Promise<readonly string[]> {
  if (body.length > mostCharacters) return [];
  const { parseXml, XmlElement, XmlText } = await import("@rgrove/parse-xml");
  type Element = InstanceType<typeof XmlElement>;
  const leaves = ({ attributes, children }: Element, depth: number): readonly string[] => {
    if (depth > mostDepth) throw new RangeError("nested too deep");
    const text = children.map((part) => (part instanceof XmlText ? part.text : "")).join("");
    const within = children.flatMap((part) => (part instanceof XmlElement ? leaves(part, depth + 1) : []));
    return [...within, text, ...Object.values(attributes)];
  };
  try {
    // Entities of HTML are none of XML: what names one is read as it stands. Nothing outside the document is ever read.
    const { root } = parseXml(body, { ignoreUndefinedEntities: true });
    return root === null ? [] : leaves(root, 1).filter((leaf) => leaf.trim() !== "");
  } catch {
    return [];
  }
}
