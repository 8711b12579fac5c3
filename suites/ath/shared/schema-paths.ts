import { type JsonSchema, type Messages, schemas } from "../../../schemas/index.ts";
import { isObject, type Json, member, text } from "../../engine/json.ts";
import type { Body, JsonEndpoint } from "./json-endpoints.ts";

/** Where a member is in a body: names, and 0 for the first item of a list. */
export type Path = readonly (string | number)[];

const messageOf = {
  register: "AgentRegistrationRequest",
  authorize: "AuthorizationRequest",
  token: "TokenExchangeRequest",
  revoke: "TokenRevocationRequest",
} as const satisfies Record<JsonEndpoint, keyof Messages>;

/** Every member of an endpoint's body that the schema describes, the outer ones first. */
export function membersOf(endpoint: JsonEndpoint): readonly Path[] {
  return below(schemas[messageOf[endpoint]], []);
}

/** The members that the schema demands of an endpoint's body. */
export function requiredOf(endpoint: JsonEndpoint): readonly string[] {
  const required = schemas[messageOf[endpoint]]["required"];
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
}

function below(schema: unknown, path: Path): readonly Path[] {
  const resolved = referenced(schema) ?? schema;
  const properties = member(resolved, "properties");
  const named = isObject(properties) ? Object.entries(properties) : [];
  const items = member(resolved, "items");
  const members: readonly (readonly [string | number, unknown])[] = items === undefined ? named : [[0, items]];
  return members.flatMap(([name, inner]) => [[...path, name], ...below(inner, [...path, name])]);
}

function referenced(schema: unknown): JsonSchema | undefined {
  const reference = text(schema, "$ref");
  return Object.values(schemas).find(({ $id }) => reference !== undefined && $id.endsWith(`/${reference}`));
}

/** A body with one member replaced. A path into a list that is not there makes the list. */
export function withMember(body: Body, [name, ...rest]: Path, value: Json): Body {
  return name === undefined ? body : { ...body, [name]: replaced(body[name], rest, value) };
}

function replaced(current: unknown, [name, ...rest]: Path, value: Json): unknown {
  if (name === undefined) return value;
  if (typeof name === "number") {
    const list: readonly unknown[] = Array.isArray(current) ? current : [];
    return [replaced(list[name], rest, value), ...list.slice(1)];
  }
  return { ...(isObject(current) ? current : {}), [name]: replaced(member(current, name), rest, value) };
}
