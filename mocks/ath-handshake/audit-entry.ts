/** The decisions that are logged. */
export type AuditEvent =
  | "handshake_started"
  | "handshake_refused"
  | "identity_verified"
  | "confirmation_requested"
  | "confirmation_answered"
  | "scopes_granted"
  | "token_issued"
  | "call_forwarded"
  | "call_refused"
  | "token_revoked"
  | "user_revoked";

/** One line of the audit log; members that do not apply are left out. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly timestamp: string;
  readonly event: AuditEvent;
  readonly outcome: "success" | "refused" | "failed";
  readonly handshake_id?: string;
  readonly agent?: string;
  readonly user?: string;
  readonly backend?: string;
  readonly operation?: string;
  readonly requested_scopes?: readonly string[];
  readonly scopes?: readonly string[];
  readonly status?: number;
  readonly reason?: string;
}

/** A line as it stands in the log: an entry, unless a fault wrote something else. */
export type AuditLine = AuditEntry | Readonly<Record<string, unknown>>;
