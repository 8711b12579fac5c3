import type { ScopeGrant } from "../../drivers/handshake/agent.ts";
import { isObject, type Json, member } from "../../engine/json.ts";
import { notTested } from "../../engine/stop.ts";

/** What scope_result says of a restriction. Stops the check as not-tested when it says nothing. */
export function announcedRestriction({ reply }: ScopeGrant, name: string): Json {
  const found = member(member(reply.json, "restrictions"), name);
  if (found !== undefined && found !== null)
    return isObject(found) ? JSON.stringify(found) : JSON.parse(JSON.stringify(found));
  throw notTested("restriction-not-announced", `scope_result announces no ${name} to the agent that should have one`, {
    cause: "configuration",
    exchanges: [reply.exchange.id],
    mend: `see handshake.restrictions.${name}: the DIDs for which the target's policy has that restriction`,
  });
}
