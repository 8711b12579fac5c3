import type { Character } from "./character.ts";
import { Refusal } from "./refusals.ts";
import type { Call, Json } from "./wire.ts";

const prototypeNames = /^(__proto__|constructor|prototype)$/;

/** The JSON object of a request, or a refusal. */
export function jsonObject(call: Call, { limits }: Pick<Character, "limits">, members: readonly string[]): Json {
  const type = call.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new Refusal("not-json", "the body has to be application/json");
  const text = call.body.toString("utf8");
  if (depthOf(text) > limits.depth) throw new Refusal("malformed", "nested too deeply");
  const value = parsed(text, limits.memberNames);
  if (!isObject(value)) throw new Refusal("malformed", "the body has to be a JSON object");
  if (limits.memberNames === "known-only" && Object.keys(value).some((name) => !members.includes(name))) {
    throw new Refusal("malformed", "the body has a member that is not known here");
  }
  return value;
}

function parsed(text: string, names: Character["limits"]["memberNames"]): unknown {
  try {
    return JSON.parse(text, (name: string, value: unknown) => {
      if (names !== "any" && prototypeNames.test(name)) throw new SyntaxError(`the name ${name}`);
      return value;
    });
  } catch {
    throw new Refusal("malformed", "the body is no JSON");
  }
}

/** Before parsing, so that no parser has to follow. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let place: "outside" | "string" | "escape" = "outside";
  for (const character of text) {
    if (place === "escape") place = "string";
    else if (place === "string") place = character === "\\" ? "escape" : character === '"' ? "outside" : "string";
    else if (character === '"') place = "string";
    else if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth -= 1;
  }
  return deepest;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A required string that is not empty. */
export function text(body: Json, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Refusal("malformed", `${name} has to be a string`);
}

export function optionalText(body: Json, name: string): string | undefined {
  return body[name] === undefined || body[name] === null ? undefined : text(body, name);
}

/** A list of strings, each once. */
export function texts(body: Json, name: string): readonly string[] {
  const value = body[name];
  const isText = (item: unknown): item is string => typeof item === "string" && item !== "";
  if (Array.isArray(value) && value.every(isText)) return [...new Set(value)];
  throw new Refusal("malformed", `${name} has to be a list of strings`);
}

export function uri(value: string, name: string): string {
  if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(value) && URL.canParse(value)) return value;
  throw new Refusal("malformed", `${name} has to be an absolute URI`);
}
