/** The decisions that are logged (ATH 0.1 client/security § Audit). */
export type AuditEvent =
  | "agent_registered"
  | "agent_registration_denied"
  | "attestation_failed"
  | "authorization_started"
  | "access_granted"
  | "access_denied"
  | "token_revoked"
  | "proxy_request"
  | "scope_violation";

/** One line of the audit log; members that do not apply are left out. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly event: AuditEvent;
  readonly agent_id?: string;
  readonly user_id?: string;
  readonly provider_id?: string;
  readonly requested_scopes?: readonly string[];
  readonly effective_scopes?: readonly string[];
  readonly denied_scopes?: readonly string[];
  readonly denial_reason?: string;
}

/** A line as it stands in the log: an entry, unless a fault wrote something else. */
export type AuditLine = AuditEntry | Readonly<Record<string, unknown>>;
