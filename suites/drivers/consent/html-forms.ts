import { type DefaultTreeAdapterTypes, parse } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** A control of an HTML form. */
export interface Field {
  readonly kind: "hidden" | "text" | "password" | "checkbox" | "radio" | "select" | "submit";
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  /** What a person reads on a button, or beside a check box or radio button. */
  readonly label: string;
  /** What a select offers. */
  readonly options?: readonly Option[];
  /** Where a button of its own sends the form (formaction), and how (formmethod). */
  readonly action?: URL;
  readonly method?: Form["method"];
}

interface Option {
  readonly value: string;
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
  readonly links: readonly Link[];
}

export interface Link {
  /** Resolved; http(s) only. */
  readonly url: URL;
  /** What a person reads. */
  readonly label: string;
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
  const labels = new Map<string, string>();
  for (const label of elements.filter(({ tagName }) => tagName === "label")) {
    const named = attribute(label, "for");
    if (named !== undefined) labels.set(named, text(label));
  }
  const surroundings = { base, page, labels };
  return {
    forms: elements.filter(({ tagName }) => tagName === "form").flatMap((form) => readForm(form, surroundings) ?? []),
    links: elements.filter(({ tagName }) => tagName === "a").flatMap((a) => readLink(a, base) ?? []),
  };
}

/** What a form needs to know of its page. */
interface Surroundings {
  readonly base: URL;
  readonly page: URL;
  /** The texts of labels by the id of the control that they name. */
  readonly labels: ReadonlyMap<string, string>;
}

function readForm(form: Element, surroundings: Surroundings): Form | undefined {
  const action = addressOf(attribute(form, "action"), surroundings);
  if (action === undefined) return undefined;
  const fields = [...descendants(form)].flatMap((element) => readField(element, surroundings) ?? []);
  return { action, method: methodOf(attribute(form, "method")), fields };
}

function addressOf(action: string | undefined, { base, page }: Surroundings): URL | undefined {
  return action === undefined || action === "" ? page : resolve(action, base);
}

function methodOf(method: string | undefined): Form["method"] {
  return method?.toLowerCase() === "post" ? "POST" : "GET";
}

function readLink(a: Element, base: URL): Link | undefined {
  const url = resolve(attribute(a, "href"), base);
  return url && { url, label: text(a) };
}

const inputKinds: Readonly<Record<string, Field["kind"]>> = {
  hidden: "hidden",
  password: "password",
  checkbox: "checkbox",
  radio: "radio",
  submit: "submit",
  image: "submit",
};

function readField(element: Element, surroundings: Surroundings): Field | undefined {
  if (attribute(element, "disabled") !== undefined) return undefined;
  const name = attribute(element, "name") ?? "";
  const value = attribute(element, "value");
  const checked = attribute(element, "checked") !== undefined;
  if (element.tagName === "input") {
    const type = attribute(element, "type")?.toLowerCase() ?? "text";
    if (type === "reset" || type === "button" || type === "file") return undefined;
    const kind = inputKinds[type] ?? "text";
    if (kind === "checkbox" || kind === "radio") {
      return { kind, name, value: value ?? "on", checked, label: labelOf(element, surroundings) };
    }
    const label = value ?? attribute(element, "alt") ?? "";
    if (kind === "submit") return submitting({ kind, name, value: value ?? "", checked, label }, element, surroundings);
    return { kind, name, value: value ?? "", checked, label };
  }
  if (element.tagName === "button") {
    const type = attribute(element, "type")?.toLowerCase() ?? "submit";
    if (type !== "submit") return undefined;
    const label = text(element) || (attribute(element, "aria-label") ?? "");
    return submitting({ kind: "submit", name, value: value ?? "", checked, label }, element, surroundings);
  }
  if (element.tagName === "textarea") return { kind: "text", name, value: text(element), checked, label: "" };
  return element.tagName === "select" ? readSelect(element, name) : undefined;
}

/** A button with what it says about the submission; undefined when it leads where no browser of the kit goes. */
function submitting(field: Field, element: Element, surroundings: Surroundings): Field | undefined {
  const [formaction, formmethod] = [attribute(element, "formaction"), attribute(element, "formmethod")];
  if (formaction === undefined && formmethod === undefined) return field;
  const action = formaction === undefined ? undefined : addressOf(formaction, surroundings);
  if (formaction !== undefined && action === undefined) return undefined;
  return { ...field, ...(action && { action }), ...(formmethod === undefined ? {} : { method: methodOf(formmethod) }) };
}

function readSelect(element: Element, name: string): Field {
  const elements = [...descendants(element)].filter(({ tagName }) => tagName === "option");
  const optionOf = (option: Element) => ({ value: attribute(option, "value") ?? text(option), label: text(option) });
  const chosen = elements.find((option) => attribute(option, "selected") !== undefined) ?? elements[0];
  const value = chosen === undefined ? "" : optionOf(chosen).value;
  return { kind: "select", name, value, checked: false, label: "", options: elements.map(optionOf) };
}

/** The label that names a control or stands around it, otherwise the text behind it. */
function labelOf(element: Element, { labels }: Surroundings): string {
  const named = labels.get(attribute(element, "id") ?? "");
  if (named !== undefined) return named;
  for (let node = element.parentNode; node !== null && "tagName" in node; node = node.parentNode) {
    if (node.tagName === "label") return text(node);
    if (node.tagName === "form") break;
  }
  const siblings = element.parentNode?.childNodes ?? [];
  const behind = siblings[siblings.indexOf(element) + 1];
  if (behind !== undefined && "value" in behind) return behind.value.trim();
  return attribute(element, "aria-label") ?? "";
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
