import { XMLParser, XMLValidator } from "fast-xml-parser";
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

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
});

function nodesOf(parsed: unknown): readonly Node[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.filter(isJsonObject).flatMap((entry) => {
    const tag = Object.keys(entry).find((name) => name !== ":@" && name !== "#text");
    const content = tag === undefined ? undefined : own(entry, tag);
    if (tag === undefined || !Array.isArray(content)) return [];
    const attributes = own(entry, ":@");
    const texts = content.map((part: unknown) => (isJsonObject(part) ? own(part, "#text") : undefined));
    return [
      {
        tag,
        attributes: isJsonObject(attributes) ? attributes : {},
        children: nodesOf(content),
        text: texts.filter((text) => typeof text === "string").join(""),
      },
    ];
  });
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
      return [decoded(typeof name === "string" ? name : "", own(field.attributes, "name-encoding")), readValue(field)];
    }),
  );
}

/** What an envelope holds. */
export type SoapMessage =
  | { readonly kind: "fault"; readonly text: string }
  | { readonly kind: "call" | "answer"; readonly operation: string; readonly fields: JsonObject };

function bodyOf(xml: string): Node {
  // No document type, so no entity but the five of XML.
  if (xml.includes("<!DOCTYPE") || XMLValidator.validate(xml) !== true) throw new SoapError("no well-formed XML");
  let parsed: unknown;
  try {
    parsed = parser.parse(xml);
  } catch {
    throw new SoapError("no XML that can be read");
  }
  const root = nodesOf(parsed).find(({ tag }) => tag === "Envelope");
  const body = root === undefined ? undefined : child(root, "Body");
  const content = body?.children[0];
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
