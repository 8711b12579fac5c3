import { BlockList, isIP } from "node:net";
import type { AuditEntry, AuditLine } from "../audit-entry.ts";
import { addAddress } from "../settings.ts";
import type { Breaker } from "../state.ts";

/** Secrets at hand when a decision is logged; an honest log never looks at them. */
export interface SecretsAtHand {
  readonly access_token?: string;
  readonly credential?: string;
}

/** Restrictions, audit log and traffic (GW-4 to GW-7). */
export interface TrafficRules {
  /** GW-4: calls come from these addresses only. */
  "restriction.addressFits": (input: {
    readonly whitelist: readonly string[];
    readonly address: string | undefined;
    /** What the caller says of it (X-Forwarded-For): anybody can say anything. */
    readonly claimed: string | undefined;
  }) => boolean;
  /** GW-4: calls come at these times of the day only, UTC. Milliseconds. */
  "restriction.timeFits": (input: { readonly accessTime: string; readonly now: number }) => boolean;
  /** GW-4: how many calls the announced rate allows. */
  "restriction.callsAllowed": (input: { readonly announced: number }) => number;
  /** GW-5: the line that is logged; undefined: none. */
  "audit.entry": (input: { readonly entry: AuditEntry; readonly secrets: SecretsAtHand }) => AuditLine | undefined;
  /** GW-6: how many calls one agent may make in a minute. */
  "rate.callsPerMinute": (input: { readonly configured: number }) => number;
  /** GW-6: calls with the same key share a limit. */
  "rate.key": (input: { readonly agentDid: string }) => string;
  /** GW-6: header fields of the refusal. */
  "rate.headers": (input: { readonly retryAfterSeconds: number }) => Readonly<Record<string, string>>;
  /** GW-7: backends with the same key are left alone together. */
  "breaker.key": (input: { readonly system: string }) => string;
  /** GW-7: whether a call goes to the backend; `probe`: to try whether it is back. */
  "breaker.admits": (input: {
    readonly breaker: Breaker;
    readonly agentDid: string;
    readonly now: number;
  }) => "call" | "probe" | "refuse";
  /** GW-7: how it stands after a failure. Milliseconds. */
  "breaker.afterFailure": (input: {
    readonly breaker: Breaker;
    readonly agentDid: string;
    readonly failuresAllowed: number;
    readonly openMs: number;
    readonly now: number;
  }) => Breaker;
}

/** Minutes of the day. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

export const honestTraffic: TrafficRules = {
  "restriction.addressFits": ({ whitelist, address }) => {
    const plain = address?.replace(/^::ffff:(?=\d+\.)/, "") ?? "";
    const family = isIP(plain);
    if (family === 0) return false;
    const list = new BlockList();
    for (const entry of whitelist) addAddress(list, entry);
    return list.check(plain, family === 6 ? "ipv6" : "ipv4");
  },
  "restriction.timeFits": ({ accessTime, now }) => {
    const [from = 0, until = 0] = accessTime.split("-").map(minutesOf);
    const minute = Math.floor(now / 60_000) % (24 * 60);
    // A window over midnight is outside of its opposite.
    return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
  },
  "restriction.callsAllowed": ({ announced }) => announced,
  "audit.entry": ({ entry }) => entry,
  "rate.callsPerMinute": ({ configured }) => configured,
  "rate.key": ({ agentDid }) => agentDid,
  "rate.headers": ({ retryAfterSeconds }) => ({ "retry-after": String(retryAfterSeconds) }),
  "breaker.key": ({ system }) => system,
  "breaker.admits": ({ breaker, now }) => {
    if (breaker.openUntil === 0) return "call";
    return now < breaker.openUntil || breaker.probing ? "refuse" : "probe";
  },
  "breaker.afterFailure": ({ breaker, agentDid, failuresAllowed, openMs, now }) => {
    const failures = breaker.failures + 1;
    const opens = breaker.probing || failures >= failuresAllowed;
    return { failures, openUntil: opens ? now + openMs : 0, probing: false, agentDid };
  },
};
