import type { AuditEntry, AuditLine } from "../audit-entry.ts";

/** Secrets at hand when a decision is logged; an honest log never looks at them. */
export interface SecretsAtHand {
  readonly accessToken?: string;
  readonly clientSecret?: string;
  readonly attestation?: string;
}

export interface AuditRules {
  /** AUD-1, AUD-2: the line that is logged; undefined: none. */
  "audit.entry": (input: { readonly entry: AuditEntry; readonly secrets: SecretsAtHand }) => AuditLine | undefined;
}

export const honestAudit: AuditRules = {
  "audit.entry": ({ entry }) => entry,
};
