import type { ErrorCode } from "../../specs/index.ts";
import { CodedRefusal } from "../core/coded-refusal.ts";

/**
 * Why something is refused, finer than the codes of ATH 0.1, with the code each reason travels under.
 *
 * The standard lists no code for a malformed request, wrong client credentials, a wrong grant_type or an unregistered
 * redirect URI; they take the listed code that is nearest, so that code and status keep to the table (ERR-2, ERR-3).
 * Duplicate registrations, rate limits and unknown routes lie outside the table and have codes of our own.
 */
export const refusalCodes = {
  "malformed-request": "STATE_MISMATCH",
  "attestation-invalid": "INVALID_ATTESTATION",
  "attestation-of-another": "AGENT_IDENTITY_MISMATCH",
  "agent-registered-already": "AGENT_ALREADY_REGISTERED",
  "client-unknown": "AGENT_NOT_REGISTERED",
  "credentials-wrong": "AGENT_IDENTITY_MISMATCH",
  "caller-unauthenticated": "INVALID_ATTESTATION",
  "registration-of-another": "AGENT_IDENTITY_MISMATCH",
  "agent-unapproved": "AGENT_UNAPPROVED",
  "provider-unapproved": "PROVIDER_NOT_APPROVED",
  "scope-unapproved": "SCOPE_NOT_APPROVED",
  "redirect-uri-unregistered": "STATE_MISMATCH",
  "state-unknown": "STATE_MISMATCH",
  "state-used": "STATE_MISMATCH",
  "browser-unbound": "STATE_MISMATCH",
  "grant-type-unsupported": "STATE_MISMATCH",
  "session-unknown": "SESSION_NOT_FOUND",
  "session-of-another": "SESSION_NOT_FOUND",
  "session-used": "SESSION_NOT_FOUND",
  "session-expired": "SESSION_EXPIRED",
  "code-of-another-session": "STATE_MISMATCH",
  "user-denied": "USER_DENIED",
  "consent-not-completed": "STATE_MISMATCH",
  "nothing-granted": "SCOPE_NOT_APPROVED",
  "bridge-failed": "OAUTH_ERROR",
  "refresh-failed": "OAUTH_ERROR",
  "upstream-unreachable": "OAUTH_ERROR",
  "token-invalid": "TOKEN_INVALID",
  "token-expired": "TOKEN_EXPIRED",
  "token-revoked": "TOKEN_REVOKED",
  "agent-header-wrong": "AGENT_IDENTITY_MISMATCH",
  "provider-mismatch": "PROVIDER_MISMATCH",
  "path-outside-provider": "SCOPE_NOT_APPROVED",
  "operation-not-granted": "SCOPE_NOT_APPROVED",
  "too-many-requests": "RATE_LIMITED",
  "route-unknown": "NOT_FOUND",
  "method-unsupported": "METHOD_NOT_ALLOWED",
  internal: "INTERNAL_ERROR",
} as const satisfies Readonly<Record<string, ErrorCode | OwnCode>>;

/** Codes for what the standard gives no code. */
export type OwnCode = "AGENT_ALREADY_REGISTERED" | "RATE_LIMITED" | "NOT_FOUND" | "METHOD_NOT_ALLOWED";

export type RefusalReason = keyof typeof refusalCodes;

/** A refusal on its way out: thrown anywhere, turned into an ATHError at the top. */
export class Refused extends CodedRefusal<RefusalReason> {}
