import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";
import { isJsonObject, type JsonObject, own } from "../ath/json.ts";

/**
 * The OA's own message form: SOAP 1.1 envelopes with an operation and typed fields. Text that XML 1.0 cannot carry
 * (control characters, lone surrogates, carriage returns) travels as base64 of its UTF-16 code units.
 */

/** A message did not keep to the form. */
export class SoapError extends Error {
  readonly code = "MALFORMED_SOAP";
}

const carried = /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text that may stand in XML content and in quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

type Escape = (text: string) => string;

function base64Of(text: string): string {
  return Buffer.from(text, "utf16le").toString("base64");
}

function nameAttributes(name: string, safe: Escape): string {
  return carried.test(name) && !/[\t\n]/.test(name)
    ? ` name="${safe(name)}"`
    : ` name="${base64Of(name)}" name-encoding="base64"`;
}

function element(tag: string, attributes: string, value: unknown, safe: Escape): string {
  if (typeof value === "string") {
    return carried.test(value)
      ? `<${tag}${attributes}>${safe(value)}</${tag}>`
      : `<${tag}${attributes} encoding="base64">${base64Of(value)}</${tag}>`;
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => element("item", "", item, safe)).join("");
    return `<${tag}${attributes} type="list">${items}</${tag}>`;
  }
  if (isJsonObject(value)) return `<${tag}${attributes} type="object">${fieldsXml(value, safe)}</${tag}>`;
  return value === null
    ? `<${tag}${attributes} type="null"/>`
    : `<${tag}${attributes} type="${typeof value}">${String(value)}</${tag}>`;
}

/** The fields of an object, one element each. */
export function fieldsXml(fields: JsonObject, safe: Escape = escapeXml): string {
  return Object.entries(fields)
    .map(([name, value]) => element("field", nameAttributes(name, safe), value, safe))
    .join("");
}

/** An envelope around a body that is XML already. */
export function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:oa="urn:legacy-oa"><soap:Body>${body}</soap:Body></soap:Envelope>`
  );
}

/** An element as read: its local name, its attributes, its children and its text. */
interface Node {
  readonly tag: string;
  readonly attributes: JsonObject;
  readonly children: readonly Node[];
  readonly text: string;
}

/** What the OA reads at most, so that no message costs more than it is worth: UTF-16 code units, nested elements. */
const mostCharacters = 1_048_576;
const mostDepth = 100;

function nodeOf({ name, attributes, children }: XmlElement, depth: number): Node {
  if (depth > mostDepth) throw new SoapError(`elements nested deeper than ${mostDepth}`);
  return {
    tag: localName(name),
    attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [localName(key), value])),
    children: children.flatMap((part) => (part instanceof XmlElement ? [nodeOf(part, depth + 1)] : [])),
    text: children.map((part) => (part instanceof XmlText ? part.text : "")).join(""),
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function child({ children }: Node, tag: string): Node | undefined {
  return children.find((node) => node.tag === tag);
}

function decoded(text: string, encoding: unknown): string {
  return encoding === "base64" ? Buffer.from(text, "base64").toString("utf16le") : text;
}

function readValue(node: Node): unknown {
  const type = own(node.attributes, "type");
  if (type === undefined) return decoded(node.text, own(node.attributes, "encoding"));
  if (type === "list") return node.children.map(readValue);
  if (type === "object") return fieldsOf(node);
  if (type === "null") return null;
  if (type === "boolean") return node.text === "true";
  const number = Number(node.text);
  if (type !== "number" || !Number.isFinite(number)) throw new SoapError(`no value of type ${String(type)}`);
  return number;
}

function fieldsOf(node: Node): JsonObject {
  return Object.fromEntries(
    node.children.map((field) => {
      const name = own(field.attributes, "name");
      if (field.tag !== "field" || typeof name !== "string") throw new SoapError("a field without a name");
      return [decoded(name, own(field.attributes, "name-encoding")), readValue(field)];
    }),
  );
}

/** What an envelope holds. */
export type SoapMessage =
  | { readonly kind: "fault"; readonly text: string }
  | { readonly kind: "call" | "answer"; readonly operation: string; readonly fields: JsonObject };

function rootOf(xml: string): Node {
  if (xml.length > mostCharacters) throw new SoapError(`longer than ${mostCharacters} characters`);
  // No document type, so no entity but the five of XML.
  if (xml.includes("<!DOCTYPE")) throw new SoapError("a document type is not allowed");
  let root: XmlElement | null;
  try {
    root = parseXml(xml).root;
  } catch {
    // Not well-formed, or nested so deep that the parser ran out of stack.
    throw new SoapError("no well-formed XML");
  }
  if (root === null) throw new SoapError("no element");
  return nodeOf(root, 1);
}

function bodyOf(xml: string): Node {
  const root = rootOf(xml);
  const content = root.tag === "Envelope" ? child(root, "Body")?.children[0] : undefined;
  if (content === undefined) throw new SoapError("no SOAP envelope with a body");
  return content;
}

/** Reads an envelope. Throws {@link SoapError}. */
export function readEnvelope(xml: string): SoapMessage {
  const content = bodyOf(xml);
  if (content.tag === "Fault") return { kind: "fault", text: child(content, "faultstring")?.text ?? "" };
  const fields = child(content, "Fields");
  if ((content.tag !== "Call" && content.tag !== "Answer") || fields === undefined) {
    throw new SoapError("neither a call, an answer nor a fault");
  }
  return {
    kind: content.tag === "Call" ? "call" : "answer",
    operation: child(content, "Operation")?.text ?? "",
    fields: fieldsOf(fields),
  };
}
