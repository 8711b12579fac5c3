import { createHash } from "node:crypto";
import { header } from "../../engine/evidence.ts";
import { type Arrival, jsonAnswer, type KitAnswer } from "../kit-server.ts";
import { type Witnesses, witnessCall } from "../witness.ts";
import { bearerAccess, invalidToken } from "./account-endpoints.ts";
import type { Customer, Ledger, UpstreamAnswer } from "./ledger.ts";

export const apiPath = "/api";

export interface UpstreamOptions {
  readonly ledger: Ledger;
  readonly witnesses: Witnesses;
  /** The customer of a witness; undefined for checks that do not use the provider. */
  readonly customers: ReadonlyMap<string, Customer>;
  readonly origin: string;
  readonly now: () => number;
}

/** True when a request target leads into the API however dot segments and backslashes are read by an upstream server. */
function insideApi(target: string, origin: string): boolean {
  if (!URL.canParse(target, origin)) return false;
  const url = new URL(target, origin);
  return url.origin === origin && (url.pathname === apiPath || url.pathname.startsWith(`${apiPath}/`));
}

/**
 * The upstream API below /api, and whatever else a proxied call may reach on this server. Calls are written down for the
 * check that made them: by the marker in the query, else by the provider token.
 */
export function upstreamApi(arrival: Arrival, options: UpstreamOptions): KitAnswer {
  const { witnesses, customers, origin, now } = options;
  const at = now();
  const inside = insideApi(arrival.target, origin);
  const access = bearerAccess(arrival, options);
  const caller = access?.authorization.customer;
  const witness = witnesses.of(arrival.target) ?? caller?.witness;
  const customer = customers.get(witness?.marker ?? "") ?? caller;
  const answer = inside
    ? access === undefined
      ? invalidToken()
      : answerOf(arrival, customer?.answer ?? {})
    : jsonAnswer(404, { error: "not_found" });
  if (witness !== undefined) {
    const user = access === undefined ? {} : { user: access.authorization.user };
    witnessCall(witness, { arrival, answer, origin, at, to: inside ? "upstream" : "other", ...user });
  }
  return answer;
}

/** What a check wants to be answered; otherwise an echo of the request without its headers, which hold credentials. */
function answerOf(arrival: Arrival, { status = 200, headers = {}, body }: UpstreamAnswer): KitAnswer {
  if (body === undefined) {
    const bytes = arrival.body;
    const echo = jsonAnswer(status, {
      method: arrival.method,
      target: arrival.target,
      contentType: header(arrival, "content-type") ?? null,
      bodyBytes: bytes.length,
      bodySha256: createHash("sha256").update(bytes).digest("hex"),
    });
    return { ...echo, headers: merged(echo.headers, headers) };
  }
  const type = typeof body === "string" ? "text/plain; charset=utf-8" : "application/octet-stream";
  return { status, headers: merged({ "Content-Type": type }, headers), body: Buffer.from(body) };
}

function merged(defaults: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>) {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const kept = Object.entries(defaults).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...own };
}
