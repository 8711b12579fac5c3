import type { Members } from "../../drivers/aun/world.ts";
import { isObject, type Json, member } from "../../engine/json.ts";
import { messageOf, type RpcCall } from "../../engine/rpc.ts";

/** The params of a request, as they are in the evidence; undefined when they are no JSON. */
export function sentParams({ request }: RpcCall): unknown {
  return member(messageOf(request), "params");
}

/** One of them. */
export function sentParam(call: RpcCall, name: string): unknown {
  return member(sentParams(call), name);
}

/** The params of a request to send it again as it was, or bent; empty when they are no object. */
export function sentMembers(call: RpcCall): Members {
  const params = sentParams(call);
  return isMembers(params) ? params : {};
}

/** What was parsed from JSON is JSON. */
function isMembers(value: unknown): value is { readonly [name: string]: Json } {
  return isObject(value);
}
