import type { AuditEvent } from "../audit-entry.ts";
import type { SecretsAtHand } from "../rules/audit.ts";
import { fault, foundBy } from "./fault.ts";

interface UnloggedEvent {
  readonly variant: string;
  readonly event: AuditEvent;
  readonly sentence: string;
}

const unlogged: readonly UnloggedEvent[] = [
  { variant: "agent-registered", event: "agent_registered", sentence: "Registrations are not logged." },
  {
    variant: "registration-denied",
    event: "agent_registration_denied",
    sentence: "Registrations that were denied are not logged.",
  },
  {
    variant: "attestation-failed",
    event: "attestation_failed",
    sentence: "Attestations that did not verify are not logged.",
  },
  {
    variant: "authorization-started",
    event: "authorization_started",
    sentence: "Authorizations that begin are not logged.",
  },
  { variant: "access-granted", event: "access_granted", sentence: "Tokens that are issued are not logged." },
  { variant: "access-denied", event: "access_denied", sentence: "Access that was denied is not logged." },
  { variant: "token-revoked", event: "token_revoked", sentence: "Revocations are not logged." },
  { variant: "proxy-request", event: "proxy_request", sentence: "Calls through the proxy are not logged." },
  { variant: "scope-violation", event: "scope_violation", sentence: "Calls beyond the granted scopes are not logged." },
];

interface LoggedSecret {
  readonly variant: string;
  readonly secret: keyof SecretsAtHand;
  readonly sentence: string;
}

const loggedSecrets: readonly LoggedSecret[] = [
  { variant: "token-logged", secret: "accessToken", sentence: "The audit log holds the tokens that were issued." },
  { variant: "client-secret-logged", secret: "clientSecret", sentence: "The audit log holds the client secrets." },
  {
    variant: "attestation-logged",
    secret: "attestation",
    sentence: "The audit log holds the attestations that did not verify.",
  },
];

/** What is written down (AUD-1, AUD-2). */
export const auditFaults = [
  ...unlogged.map(({ variant, event, sentence }) =>
    fault({
      id: `AUD-1.${variant}-not-logged`,
      requirement: "AUD-1",
      sentence,
      rule: "audit.entry",
      wrong: (honest) => (input) => (input.entry.event === event ? undefined : honest(input)),
      kills: foundBy("not-logged", `AUD-1.${variant}`),
    }),
  ),
  fault({
    id: "AUD-1.fields-missing",
    requirement: "AUD-1",
    sentence: "Entries of the audit log say what happened and to which agent, and neither when nor to whom.",
    rule: "audit.entry",
    wrong:
      () =>
      ({ entry: { timestamp: _, user_id: __, provider_id: ___, ...rest } }) =>
        rest,
    kills: foundBy("fields-missing", "AUD-1.fields"),
  }),
  ...loggedSecrets.map(({ variant, secret, sentence }) =>
    fault({
      id: `AUD-2.${variant}`,
      requirement: "AUD-2",
      sentence,
      rule: "audit.entry",
      wrong:
        () =>
        ({ entry, secrets }) => ({ ...entry, [secret]: secrets[secret] }),
      kills: foundBy("secret-logged", "AUD-2.no-secrets"),
    }),
  ),
];
