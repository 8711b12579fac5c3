import type { Check } from "../engine/check.ts";
import { type FuzzRow, fuzz } from "../kinds/fuzz.ts";
import { type JsonEndpoint, messageOf, post, validBody } from "./shared/json-endpoints.ts";

/** The row of one endpoint: its own valid message, posted. */
function endpoint(name: JsonEndpoint): Pick<FuzzRow, "message" | "send"> {
  return {
    message: messageOf[name],
    send: async (world, write) => post(world, name, write(await validBody(world, name))),
  };
}

/** A token takes a registration, an authorization and a consent; half as many tell as much in the time. */
const longWay: Pick<FuzzRow, "share" | "sign"> = { share: 0.5, sign: (world) => world.newAgent().register() };

/** Mutations of every request by its schema (ERR-1). */
export const fuzzChecks: readonly Check[] = [
  fuzz({
    id: "ERR-1.fuzz-register",
    requirement: "ERR-1",
    title: "no mutation of a registration crashes the target or registers an agent without what it must say",
    ...endpoint("register"),
  }),
  fuzz({
    id: "ERR-1.fuzz-authorize",
    requirement: "ERR-1",
    title: "no mutation of an authorization request crashes the target or starts a session without what it must say",
    ...endpoint("authorize"),
  }),
  fuzz({
    id: "ERR-1.fuzz-token",
    requirement: "ERR-1",
    title: "no mutation of a token exchange crashes the target or yields a token without what it must say",
    ...endpoint("token"),
    ...longWay,
    // A gateway redeems the provider's code itself; what its agents send is a placeholder (ATH 0.1 server/token).
    harmless: ["code"],
  }),
  fuzz({
    id: "ERR-1.fuzz-revoke",
    requirement: "ERR-1",
    title: "no mutation of a revocation crashes the target",
    ...endpoint("revoke"),
    ...longWay,
    // A revocation gives nothing, and a token that does not exist is answered by 200 as well (ATH 0.1 server/revocation).
    harmless: ["token"],
  }),
];
