import type { AuditEvent } from "../audit-entry.ts";
import type { SecretsAtHand } from "../rules/traffic.ts";
import { fault, foundBy } from "./fault.ts";

const handshakeEvents: ReadonlySet<AuditEvent> = new Set([
  "handshake_started",
  "identity_verified",
  "confirmation_requested",
  "confirmation_answered",
  "scopes_granted",
  "token_issued",
]);
const refusalEvents: ReadonlySet<AuditEvent> = new Set(["handshake_refused", "call_refused"]);

interface Unlogged {
  readonly variant: string;
  readonly events: ReadonlySet<AuditEvent>;
  readonly sentence: string;
}

const unlogged: readonly Unlogged[] = [
  { variant: "handshake", events: handshakeEvents, sentence: "Handshakes are not logged." },
  { variant: "call", events: new Set(["call_forwarded"]), sentence: "Calls that are forwarded are not logged." },
  { variant: "refusal", events: refusalEvents, sentence: "Refusals are not logged." },
];

interface LoggedSecret {
  readonly variant: string;
  readonly secret: keyof SecretsAtHand;
  readonly sentence: string;
}

const loggedSecrets: readonly LoggedSecret[] = [
  { variant: "token-logged", secret: "access_token", sentence: "The audit log holds the tokens that were issued." },
  { variant: "credential-logged", secret: "credential", sentence: "The audit log holds the users' credentials." },
];

/** Restrictions and the audit log (GW-4, GW-5). */
export const recordFaults = [
  fault({
    id: "GW-4.ip-ignored",
    requirement: "GW-4",
    sentence: "A list of addresses is announced and not looked at.",
    rule: "restriction.addressFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "GW-4.ip-whitelist"),
  }),
  fault({
    id: "GW-4.claimed-address-believed",
    requirement: "GW-4",
    sentence: "A call comes from where it says in X-Forwarded-For.",
    rule: "restriction.addressFits",
    wrong: (honest) => (input) => honest({ ...input, address: input.claimed?.split(",")[0]?.trim() ?? input.address }),
    kills: foundBy("accepted", "GW-4.claimed-address"),
  }),
  fault({
    id: "GW-4.time-ignored",
    requirement: "GW-4",
    sentence: "Times of access are announced and not looked at.",
    rule: "restriction.timeFits",
    wrong: () => () => true,
    kills: foundBy("accepted", "GW-4.access-time"),
  }),
  fault({
    id: "GW-4.rate-ignored",
    requirement: "GW-4",
    sentence: "A rate is announced and not counted.",
    rule: "restriction.callsAllowed",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("accepted", "GW-4.rate-limit"),
  }),
  ...unlogged.map(({ variant, events, sentence }) =>
    fault({
      id: `GW-5.${variant}-not-logged`,
      requirement: "GW-5",
      sentence,
      rule: "audit.entry",
      wrong: (honest) => (input) => (events.has(input.entry.event) ? undefined : honest(input)),
      kills: foundBy("not-logged", `GW-5.${variant}-logged`),
    }),
  ),
  fault({
    id: "GW-5.fields-missing",
    requirement: "GW-5",
    sentence: "The audit log says what happened and to which agent, and neither for whom, where nor with which scopes.",
    rule: "audit.entry",
    wrong:
      () =>
      ({ entry: { user: _, backend: __, operation: ___, scopes: ____, requested_scopes: _____, ...rest } }) =>
        rest,
    kills: foundBy("fields-missing", "GW-5.fields"),
  }),
  ...loggedSecrets.map(({ variant, secret, sentence }) =>
    fault({
      id: `GW-5.${variant}`,
      requirement: "GW-5",
      sentence,
      rule: "audit.entry",
      wrong:
        () =>
        ({ entry, secrets }) => ({ ...entry, [secret]: secrets[secret] }),
      kills: foundBy("secret-logged", "GW-5.no-secrets"),
    }),
  ),
];

/** How much, and what failing backends lead to (GW-6, GW-7). */
export const trafficFaults = [
  fault({
    id: "GW-6.no-limit",
    requirement: "GW-6",
    sentence: "An agent may call as often as it likes.",
    rule: "rate.callsPerMinute",
    wrong: () => () => Number.POSITIVE_INFINITY,
    kills: foundBy("no-limit", "GW-6.burst"),
  }),
  fault({
    id: "GW-6.no-retry-after",
    requirement: "GW-6",
    sentence: "A refusal for too many calls does not say when to come again.",
    rule: "rate.headers",
    wrong: () => () => ({}),
    kills: foundBy("no-retry-after", "GW-6.retry-after"),
  }),
  fault({
    id: "GW-6.global-limit",
    requirement: "GW-6",
    sentence: "All agents share one limit, so that a busy one locks the others out.",
    rule: "rate.key",
    wrong: () => () => "everybody",
    kills: foundBy("others-limited", "GW-6.others-unaffected"),
  }),
  fault({
    id: "GW-7.no-breaker",
    requirement: "GW-7",
    sentence: "A backend that fails is called on and on.",
    rule: "breaker.admits",
    wrong: () => () => "call" as const,
    kills: foundBy("backend-called", "GW-7.opens"),
  }),
  fault({
    id: "GW-7.never-recovers",
    requirement: "GW-7",
    sentence: "A backend that failed is never called again for the agent whose call failed last.",
    rule: "breaker.admits",
    wrong: (honest) => (input) => {
      const { breaker, agentDid } = input;
      return breaker.openUntil > 0 && breaker.agentDid === agentDid ? "refuse" : honest(input);
    },
    kills: foundBy("stays-open", "GW-7.recovers"),
  }),
  fault({
    id: "GW-7.half-open-floods",
    requirement: "GW-7",
    sentence: "A call that tries a failed backend in vain lets all the others through.",
    rule: "breaker.afterFailure",
    wrong: (honest) => (input) =>
      input.breaker.probing ? { failures: 0, openUntil: 0, probing: false, agentDid: "" } : honest(input),
    kills: foundBy("backend-flooded", "GW-7.half-open"),
  }),
  fault({
    id: "GW-7.one-breaker-for-all",
    requirement: "GW-7",
    sentence: "When one backend fails, all are left alone.",
    rule: "breaker.key",
    wrong: () => () => "all",
    kills: foundBy("others-cut", "GW-7.others"),
  }),
];
