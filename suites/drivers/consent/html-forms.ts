import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A control of an HTML form. */
export interface Field {
  readonly kind: "hidden" | "text" | "password" | "checkbox" | "radio" | "select" | "submit";
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  /** What a person reads on a button. */
  readonly label: string;
}

export interface Form {
  /** Resolved against the page. */
  readonly action: URL;
  readonly method: "GET" | "POST";
  readonly fields: readonly Field[];
}

export interface PageContent {
  readonly forms: readonly Form[];
  /** Targets of links, resolved, http(s) only. */
  readonly links: readonly URL[];
}

/** Reads forms and links out of a page (parse5 builds the tree as browsers do, whatever the markup). */
export function readPage(html: string, page: URL): PageContent {
  const elements = [...descendants(parse(html))];
  const base =
    resolve(
      attribute(
        elements.find(({ tagName }) => tagName === "base"),
        "href",
      ) ?? "",
      page,
    ) ?? page;
  return {
    forms: elements.filter(({ tagName }) => tagName === "form").flatMap((form) => readForm(form, base, page) ?? []),
    links: elements.filter(({ tagName }) => tagName === "a").flatMap((a) => resolve(attribute(a, "href"), base) ?? []),
  };
}

function readForm(form: Element, base: URL, page: URL): Form | undefined {
  const action = attribute(form, "action") ?? "";
  const url = action === "" ? page : resolve(action, base);
  if (url === undefined) return undefined;
  const method = attribute(form, "method")?.toLowerCase() === "post" ? "POST" : "GET";
  return { action: url, method, fields: [...descendants(form)].flatMap((element) => readField(element) ?? []) };
}

const inputKinds: Readonly<Record<string, Field["kind"]>> = {
  hidden: "hidden",
  password: "password",
  checkbox: "checkbox",
  radio: "radio",
  submit: "submit",
  image: "submit",
};

function readField(element: Element): Field | undefined {
  if (attribute(element, "disabled") !== undefined) return undefined;
  const name = attribute(element, "name") ?? "";
  const value = attribute(element, "value");
  const checked = attribute(element, "checked") !== undefined;
  if (element.tagName === "input") {
    const type = attribute(element, "type")?.toLowerCase() ?? "text";
    if (type === "reset" || type === "button" || type === "file") return undefined;
    const kind = inputKinds[type] ?? "text";
    const implied = kind === "checkbox" || kind === "radio" ? "on" : "";
    return { kind, name, value: value ?? implied, checked, label: value ?? "" };
  }
  if (element.tagName === "button") {
    const type = attribute(element, "type")?.toLowerCase() ?? "submit";
    return type === "submit" ? { kind: "submit", name, value: value ?? "", checked, label: text(element) } : undefined;
  }
  if (element.tagName === "textarea") return { kind: "text", name, value: text(element), checked, label: "" };
  if (element.tagName === "select") {
    const options = [...descendants(element)].filter(({ tagName }) => tagName === "option");
    const chosen = options.find((option) => attribute(option, "selected") !== undefined) ?? options[0];
    const chosenValue = chosen === undefined ? "" : (attribute(chosen, "value") ?? text(chosen));
    return { kind: "select", name, value: chosenValue, checked, label: "" };
  }
  return undefined;
}

function* descendants(node: Node): Generator<Element> {
  const pending: Node[] = [node];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if ("tagName" in current && current !== node) yield current;
    if ("childNodes" in current) pending.push(...current.childNodes.toReversed());
  }
}

function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((one) => one.name === name)?.value;
}

function text(element: Element): string {
  const parts: string[] = [];
  const pending: Node[] = [element];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    if ("value" in current) parts.push(current.value);
    if ("childNodes" in current) pending.push(...current.childNodes.toReversed());
  }
  return parts.join("").trim();
}

function resolve(href: string | undefined, base: URL): URL | undefined {
  if (href === undefined || !URL.canParse(href, base.href)) return undefined;
  const url = new URL(href, base);
  return url.protocol === "http:" || url.protocol === "https:" ? url : undefined;
}
