/** Every error code of ATH 0.1 with the HTTP status it travels with (ATH 0.1 schema § error codes). */
export const errorStatus = {
  SESSION_NOT_FOUND: 400,
  SESSION_EXPIRED: 400,
  STATE_MISMATCH: 400,
  INVALID_ATTESTATION: 401,
  TOKEN_INVALID: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_REVOKED: 401,
  AGENT_NOT_REGISTERED: 403,
  AGENT_UNAPPROVED: 403,
  PROVIDER_NOT_APPROVED: 403,
  SCOPE_NOT_APPROVED: 403,
  AGENT_IDENTITY_MISMATCH: 403,
  PROVIDER_MISMATCH: 403,
  USER_DENIED: 403,
  OAUTH_ERROR: 502,
  INTERNAL_ERROR: 500,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/**
 * The status of a repeated registration. The text names the status and no code for it, so that any code may travel with
 * it (ATH 0.1 server/registration § Behavior).
 */
export const DUPLICATE_REGISTRATION_STATUS = 409;

/** Whether the code is one that ATH 0.1 lists. */
export function isListedCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatus, code);
}
