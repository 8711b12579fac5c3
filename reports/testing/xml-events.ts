/** One element of a parsed document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const entityText: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
// XML 1.0 § 2.2, as far as a UTF-16 string can be asked.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** Parses the XML that reports need, strictly: anything that is not well-formed throws. */
export function parseXml(source: string): XmlElement {
  if (forbidden.test(source)) throw new Error("a character that XML forbids");
  const root: XmlElement = { name: "#document", attributes: new Map(), children: [], text: "" };
  const open = [root];
  let rest = source.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>/, "");
  while (rest !== "") {
    const here = open.at(-1);
    if (here === undefined) throw new Error("closed too often");
    const token =
      /^<\/(?<close>[\w-]+)>/.exec(rest) ??
      /^<(?<start>[\w-]+)(?<attributes>(?:\s+[\w-]+="[^"<]*")*)\s*(?<empty>\/?)>/.exec(rest) ??
      /^(?<text>[^<]+)/.exec(rest);
    if (token === null) throw new Error(`not well-formed at ${JSON.stringify(rest.slice(0, 60))}`);
    rest = rest.slice(token[0].length);
    const { close, start, attributes = "", empty, text } = token.groups ?? {};
    if (text !== undefined) {
      if (text.includes("]]>")) throw new Error("]]> in text");
      here.text += decoded(text);
    } else if (close !== undefined) {
      if (here.name !== close) throw new Error(`</${close}> closes <${here.name}>`);
      open.pop();
    } else if (start !== undefined) {
      const element: XmlElement = { name: start, attributes: attributesOf(attributes), children: [], text: "" };
      here.children.push(element);
      if (empty === "") open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || only === undefined || others.length > 0) throw new Error("not exactly one root element");
  return only;
}

function attributesOf(source: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of source.matchAll(/([\w-]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`${name} is given twice`);
    attributes.set(name, decoded(value));
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:(\w+)|#(\d+));?/g, (whole, name: string | undefined, code: string | undefined) => {
    const character = name === undefined ? String.fromCodePoint(Number(code)) : entityText[name];
    if (character === undefined || !whole.endsWith(";")) throw new Error(`${whole} is no entity`);
    return character;
  });
}

/** The elements of this name, at any depth, in order. */
export function elementsOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}
