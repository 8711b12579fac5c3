import type { Check, Section } from "../../engine/check.ts";
import type { Exchange } from "../../engine/evidence.ts";
import { type ExchangeSketch, exchange, grantedRegistration } from "../../engine/testing/evidence.ts";

/** A check of a section by its id; throws when there is none. */
export function checkOf(section: Section, id: string): Check {
  const found = section.checks.find((check) => check.id === id);
  if (found === undefined) throw new RangeError(`no check ${id} in ${section.id}`);
  return found;
}

/** A registration that was granted. */
export function registered(id: number, members: Readonly<Record<string, unknown>> = {}): Exchange {
  return exchange(id, { purpose: "register", status: 201, json: { ...grantedRegistration, ...members } });
}

/** An authorization that was granted. */
export function authorized(id: number, members: Readonly<Record<string, unknown>> = {}): Exchange {
  const json = { authorization_url: "https://gw.example/consent/1", ath_session_id: "s-1", ...members };
  return exchange(id, { purpose: "authorize", status: 200, json });
}

/** A token that was granted. */
export function exchanged(id: number): Exchange {
  return exchange(id, { purpose: "token", status: 200, json: { access_token: "‹ath-token:000000000000:43›" } });
}

/** A refusal with an ATHError. */
export function refusedWith(id: number, status: number, code = "INVALID_ATTESTATION", sketch: ExchangeSketch = {}) {
  return exchange(id, { status, json: { code, message: "no" }, ...sketch });
}

/** Every section's evidence without anything in it gives no pass. */
export const emptyEvidence = { exchanges: [], marks: {}, facts: {} } as const;
