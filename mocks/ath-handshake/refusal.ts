import { CodedRefusal } from "../core/coded-refusal.ts";

/** Why something is refused, with the code and the status it travels under (401, 403, 408, 429 as the text names them). */
export const refusals = {
  "message-malformed": { code: "INVALID_MESSAGE", status: 400 },
  "message-too-large": { code: "MESSAGE_TOO_LARGE", status: 413 },
  "timestamp-off": { code: "TIMESTAMP_OUT_OF_RANGE", status: 400 },
  "version-unsupported": { code: "VERSION_NOT_SUPPORTED", status: 400 },
  "algorithm-unsupported": { code: "ALGORITHM_NOT_SUPPORTED", status: 400 },
  "key-malformed": { code: "INVALID_KEY", status: 400 },
  "key-changed": { code: "AGENT_IDENTITY_MISMATCH", status: 403 },
  "no-room": { code: "TOO_MANY_HANDSHAKES", status: 503 },
  "handshake-unknown": { code: "HANDSHAKE_NOT_FOUND", status: 404 },
  "handshake-expired": { code: "HANDSHAKE_TIMEOUT", status: 408 },
  "out-of-order": { code: "MESSAGE_OUT_OF_ORDER", status: 409 },
  "identity-failed": { code: "IDENTITY_VERIFICATION_FAILED", status: 401 },
  "credential-invalid": { code: "INVALID_CREDENTIAL", status: 403 },
  "user-denied": { code: "USER_DENIED", status: 403 },
  "confirmation-invalid": { code: "INVALID_CONFIRMATION", status: 403 },
  "confirmation-unknown": { code: "CONFIRMATION_NOT_FOUND", status: 404 },
  "confirmation-answered": { code: "CONFIRMATION_ALREADY_ANSWERED", status: 409 },
  "confirmation-timeout": { code: "CONFIRMATION_TIMEOUT", status: 408 },
  "key-exchange-invalid": { code: "INVALID_KEY_EXCHANGE", status: 400 },
  "token-invalid": { code: "TOKEN_INVALID", status: 401 },
  "token-expired": { code: "TOKEN_EXPIRED", status: 401 },
  "token-revoked": { code: "TOKEN_REVOKED", status: 401 },
  "operation-not-granted": { code: "SCOPE_NOT_APPROVED", status: 403 },
  "path-malformed": { code: "INVALID_PATH", status: 400 },
  restricted: { code: "ACCESS_RESTRICTED", status: 403 },
  "too-many-requests": { code: "RATE_LIMITED", status: 429 },
  "backend-left-alone": { code: "BACKEND_UNAVAILABLE", status: 503 },
  "backend-unreachable": { code: "BACKEND_UNREACHABLE", status: 502 },
  "backend-timeout": { code: "BACKEND_TIMEOUT", status: 504 },
  "backend-failed": { code: "BACKEND_FAILED", status: 502 },
  "route-unknown": { code: "NOT_FOUND", status: 404 },
  "method-unsupported": { code: "METHOD_NOT_ALLOWED", status: 405 },
  internal: { code: "INTERNAL_ERROR", status: 500 },
} as const;

export type RefusalReason = keyof typeof refusals;

/** A refusal on its way out: thrown anywhere, turned into an ATHError at the top. */
export class Refused extends CodedRefusal<RefusalReason> {}
