import { isJsonObject, type JsonObject } from "../ath/json.ts";

/**
 * The CRM's own message form: `application/x-www-form-urlencoded` with names like `address[street]` and `tags[0]`. It
 * knows text only: numbers and flags become text, null and what is empty becomes empty text.
 */

type Escape = (text: string) => string;

/** Text that may stand in a form, on either side of the equals sign. */
export function escapeForm(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** Brackets of a name of its own must not look like nesting. */
function namePart(name: string): string {
  return name.replace(/[[\]%]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function flatten(name: string, value: unknown): readonly (readonly [string, string])[] {
  const members = Array.isArray(value)
    ? value.map((item, at): [string, unknown] => [String(at), item])
    : isJsonObject(value)
      ? Object.entries(value)
      : undefined;
  if (members === undefined) return [[name, value === null ? "" : String(value)]];
  if (members.length === 0) return [[name, ""]];
  return members.flatMap(([member, item]) => flatten(`${name}[${namePart(member)}]`, item));
}

/** Fields as form text. */
export function formText(fields: JsonObject, safe: Escape = escapeForm): string {
  return Object.entries(fields)
    .flatMap(([name, value]) => flatten(namePart(name), value))
    .map(([name, value]) => `${safe(name)}=${safe(value)}`)
    .join("&");
}

/** A value on its way out of a form. */
type Branch = Map<string, Branch | string>;

/** Deeper names are taken as they stand. */
const MAX_DEPTH = 40;
const MAX_FIELDS = 20_000;

function pathOf(name: string): readonly string[] {
  const match = /^(?<first>[^[\]]*)(?<rest>(?:\[[^[\]]*\])*)$/.exec(name)?.groups;
  const rest = [...(match?.["rest"] ?? "").matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part ?? "");
  const path = match === undefined || rest.length > MAX_DEPTH ? [name] : [match["first"] ?? "", ...rest];
  return path.map((part) =>
    part.replace(/%(5b|5d|25)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16))),
  );
}

function plant(root: Branch, path: readonly string[], value: string): void {
  let branch = root;
  for (const part of path.slice(0, -1)) {
    const known = branch.get(part);
    const next: Branch = known instanceof Map ? known : new Map();
    branch.set(part, next);
    branch = next;
  }
  branch.set(path.at(-1) ?? "", value);
}

function harvest(value: Branch | string): unknown {
  if (typeof value === "string") return value;
  const isList = [...value.keys()].every((name, at) => name === String(at));
  const members = [...value].map(([name, item]): [string, unknown] => [name, harvest(item)]);
  return isList ? members.map(([, item]) => item) : Object.fromEntries(members);
}

/** Reads form text; what looks like a list becomes one. */
export function readForm(text: string): JsonObject {
  const root: Branch = new Map();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > MAX_FIELDS) break;
    plant(root, pathOf(name), value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, harvest(value)]));
}
