import { schemas } from "../../../schemas/index.ts";
import { isObject, type Json, member } from "../../engine/json.ts";
import { membersOf as describedMembers, type Path } from "../../fuzz/members.ts";
import { type Body, type JsonEndpoint, messageOf } from "./json-endpoints.ts";

/** Every member of an endpoint's body that the schema describes, the outer ones first. */
export function membersOf(endpoint: JsonEndpoint): readonly Path[] {
  return describedMembers(schemas[messageOf[endpoint]]).map(({ path }) => path);
}

/** The members that the schema demands of an endpoint's body. */
export function requiredOf(endpoint: JsonEndpoint): readonly string[] {
  const required = schemas[messageOf[endpoint]]["required"];
  return Array.isArray(required) ? required.filter((name) => typeof name === "string") : [];
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
